import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { since, type Fact, type Finding } from './facts';
import { described, formed, type Described } from './formation';
import { timeOf } from './membership';
import { watchPauses } from './pauses';
import type { PlatformKafka } from './platform-kafka';
import type { FoundJudge } from '../../judges/judge';
import type { Traffic } from '../traffic/traffic';

/** A zone comes with a broker, which gets its share of all copies, and goes again, by the plans and while messages flow. */
export async function zoneComesAndGoes(kafka: PlatformKafka, traffic: Traffic): Promise<Finding> {
  const zones = kafka.petstore().cluster.spec.zones;
  const began = Date.now();
  const pause = watchPauses(traffic);
  const come = await kafka.plan({ zones: [...zones, 'zone-d'] }).follow();
  const with4 = await described(kafka);
  const copies = Object.values(with4.copies);
  const came = formed(kafka, with4);
  const { steps, follow } = kafka.plan({ zones: [...zones] });
  const go = await follow();
  const with3 = await described(kafka);
  return {
    facts: [
      ...came, ...formed(kafka, with3),
      ['the brokers that have copies with a zone more', Object.keys(with4.copies), ['0', '1', '2', '3']],
      ['whether the share of each is the same, but for one', Math.max(...copies) - Math.min(...copies) <= 1, true],
      ['the brokers that have copies without it', Object.keys(with3.copies), ['0', '1', '2']],
      ['copies that were lost on the way', total(with4) - total(with3), 0],
      ['pods that were deleted', steps.flatMap(({ commands }) => commands).filter(command => command.includes('delete pod')), []],
    ],
    remarks: [
      `all in ${since(began)}; copies with a zone more: ${JSON.stringify(with4.copies)}; longest pause of acknowledgements ${pause()} ms`,
      ...come.map(timeOf), ...go.map(timeOf),
    ],
  };
}

const total = ({ copies }: Described) => Object.values(copies).reduce((sum, each) => sum + each, 0);

const rounds = 5_000;

/** Which broker keeps which copies, for clusters made by chance. The seed is told. */
export async function spread({ cluster }: PlatformKafka, judge: FoundJudge): Promise<Finding> {
  const classes = join(cluster.kubelet.folder, 'spread-proof');
  const tool = join(__dirname, '../../../../src/kafka/node/marty-kafka.jar');
  const seed = Date.now() % 1_000_000;
  mkdirSync(classes, { recursive: true });
  execFileSync('javac', ['-J-XX:TieredStopAtLevel=1', '-nowarn', '-cp', `${tool}:${join(judge.path, '*')}`, '-d', classes, join(__dirname, '../java/martymsf/kafka/SpreadProof.java')]);
  const { code, stdout, stderr } = await cluster.kubelet.tool({ main: 'martymsf.kafka.SpreadProof', args: [String(rounds), String(seed)], classpath: [classes, tool] });
  const found: Fact[] = [['what is wrong', stdout.trim(), '{"problems": []}'], ['the exit code', code, 0]];
  return { facts: found, remarks: [`${rounds} clusters, seed ${seed}${stderr ? `: ${stderr}` : ''}`] };
}
