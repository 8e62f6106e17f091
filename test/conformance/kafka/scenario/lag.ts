import { setTimeout as sleep } from 'node:timers/promises';
import { since, type Fact, type Finding } from './facts';
import { until } from './gate';
import type { PlatformKafka } from './platform-kafka';
import { adminSettings } from './security';
import type { Traffic } from '../traffic/traffic';

const topic = 'lag.conformance';
/** Groups, and how far each stands before the end of every partition. The first has a member. */
const behind: Readonly<Record<string, number>> = { 'lag.done': 0, 'lag.some': 7 };
const groups = Object.keys(behind);
const longestMs = 20_000;

/** What Prometheus would read. */
interface Page {
  /** When it was asked for, how long that took, and when the round began that it tells of. */
  readonly at: number;
  readonly ms: number;
  readonly roundAt: number;
  readonly status: number;
  /** A name with the values of its labels, in alphabetical order of these. */
  readonly samples: ReadonlyMap<string, number>;
}

async function page({ cluster: { kubelet } }: PlatformKafka): Promise<Page> {
  const [{ name }] = kubelet.deployed('kafka-lag');
  const at = Date.now();
  const { status, body } = await kubelet.get(name, 'metrics', '/metrics');
  const samples = new Map([...body.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, metric, labels = '', value]) => {
    const values = [...labels.matchAll(/(\w+)="([^"]*)"/g)].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([, , each]) => each);
    return [[metric, ...values].join(' '), Number(value)];
  }));
  return { at, ms: Date.now() - at, status, samples, roundAt: at - 1000 * (samples.get('marty_lag_age_seconds') ?? Infinity) };
}

/** What a page says of one number of these groups, partition by partition. */
const of = ({ samples }: Page, metric: 'lag' | 'current_offset', group: string) => (
  [...samples].filter(([name]) => name.startsWith(`kafka_consumergroup_${metric} ${group} `) && name.endsWith(` ${topic}`)).map(([, value]) => value));
const isComplete = (each: Page, partitions: number) => groups.every(group => of(each, 'lag', group).length === partitions);

/** Groups that stand where they are told to: the rendered pod tells so, and so does Kafka's own tool. */
export async function lagTold(kafka: PlatformKafka): Promise<Finding> {
  const { kubelet, settings, client, servers } = kafka.cluster;
  const began = Date.now();
  const { 'bootstrap.servers': _servers, ...admin } = adminSettings(kafka.cluster);
  const file = settings('behind', 'replication', admin);
  const ends = await client('Behind', [file, topic, '90', ...groups.map(group => `${group}=${behind[group]}`)]) as Readonly<Record<string, number>>;
  const placed = Date.now();
  const partitions = Object.keys(ends).length;
  let last = await page(kafka);
  const [toldMs, tool] = await Promise.all([
    until(async () => {
      last = await page(kafka);
      // Topics that are just being made are not told of yet, and counted.
      return last.roundAt > placed && isComplete(last, partitions) && last.samples.get('marty_lag_failures') === 0;
    }, longestMs),
    kubelet.tool({ main: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', args: ['--bootstrap-server', servers('replication'), '--command-config', file, '--describe', ...groups.flatMap(group => ['--group', group])] }),
  ]);
  const rows = [...tool.stdout.matchAll(/^(\S+)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s/gm)].map(([, group, where, ...numbers]) => [group, where, ...numbers.map(Number)].join(' ')).sort();
  const expected = groups.flatMap(group => Object.entries(ends).map(([partition, end]) => [group, topic, partition, end - behind[group], end, behind[group]].join(' '))).sort();
  const found = groups.flatMap(group => Object.keys(ends).map(partition => {
    const [offset, lag] = ['current_offset', 'lag'].map(metric => last.samples.get(`kafka_consumergroup_${metric} ${group} ${partition} ${topic}`));
    return [group, topic, partition, offset, last.samples.get(`kafka_topic_partition_current_offset ${partition} ${topic}`), lag].join(' ');
  })).sort();
  return {
    facts: [
      ['whether a round after that tells of all groups, and leaves nothing out', toldMs !== undefined, true],
      ['what groups have done, by the pod', found, expected], ['what groups have done, by Kafka\'s own tool', rows, expected],
      ['members of the groups', groups.map(group => last.samples.get(`kafka_consumergroup_members ${group}`)), groups.map((_, index) => (index === 0 ? 1 : 0))],
      ['brokers', last.samples.get('kafka_brokers'), kafka.cluster.brokers().length],
    ],
    remarks: [`told ${toldMs} ms after it was so, by a round of ${last.samples.get('marty_lag_round_seconds')} s; a page came in ${last.ms} ms; all in ${since(began)}`],
  };
}

/** What happens while something is away, which may wait with its end until lag was told meanwhile. */
type Happening = (kafka: PlatformKafka, traffic: Traffic, toldMeanwhile: () => Promise<unknown>) => Promise<Finding>;

/** The same event, while Prometheus goes on to ask: it is always answered, with right numbers or none. */
export const asked = (happen: Happening) => async (kafka: PlatformKafka, traffic: Traffic): Promise<Finding> => {
  const pages: (Page & { readonly away: boolean })[] = [];
  const isAway = () => kafka.cluster.brokers().some(({ name }) => !kafka.cluster.kubelet.isRunning(name));
  const away: number[] = [];
  const partitions = of(await page(kafka), 'lag', groups[0]).length;
  let goesOn = true;
  const asking = (async () => {
    for (; goesOn; await sleep(500)) {
      if (isAway()) away.push(Date.now());
      pages.push({ ...await page(kafka), away: isAway() });
    }
  })();
  const meanwhile = () => pages.map(({ roundAt }) => roundAt).filter(at => at > (away[0] ?? Infinity) && at < (away.at(-1) ?? -Infinity));
  const found = await happen(kafka, traffic, () => until(async () => meanwhile().length > 0, longestMs)).finally(() => { goesOn = false; });
  await asking;
  const again = await until(async () => isComplete(await page(kafka), partitions), longestMs);
  const rounds = new Set(meanwhile().map(at => Math.round(at / 1000)));
  const wrong = pages.flatMap(each => groups.flatMap(group => of(each, 'lag', group).filter(lag => lag !== behind[group])));
  return {
    facts: [
      ...found.facts,
      ['pages of lag that did not come', pages.filter(({ status }) => status !== 200).length, 0],
      ['wrong numbers in pages of lag', wrong, []],
      ['whether lag was told anew while the broker was away', rounds.size > 0, true],
      ['whether all of it is told again', partitions > 0 && again !== undefined, true],
    ] satisfies Fact[],
    remarks: [...found.remarks, `lag: ${pages.length} pages, the slowest in ${Math.max(...pages.map(({ ms }) => ms))} ms; ${rounds.size} rounds began while the broker was away, ${pages.filter(each => each.away && isComplete(each, partitions)).length} of ${pages.filter(each => each.away).length} pages meanwhile told of all groups`],
  };
};
