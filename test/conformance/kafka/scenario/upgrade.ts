import { setTimeout as sleep } from 'node:timers/promises';
import { since, type Fact, type Finding } from './facts';
import { described } from './formation';
import { timeOf } from './membership';
import { watchPauses } from './pauses';
import type { KafkaWritten } from './petstore';
import type { PlatformKafka } from './platform-kafka';
import { isMartyError } from '../../../../src/errors';
import type { Traffic } from '../traffic/traffic';

/** The release that is to run. */
type Release = Pick<KafkaWritten, 'version' | 'metadataVersion'>;

/** The features that a cluster has switched on, by the level of the records that it writes. */
const levelOf = async (kafka: PlatformKafka) => (await described(kafka)).features['metadata.version'];

/** All nodes get another release by the plan, one after the other under traffic; what is switched on stays as it is. */
export async function released(kafka: PlatformKafka, traffic: Traffic, change: Release): Promise<Finding> {
  const before = await levelOf(kafka);
  const pause = watchPauses(traffic);
  const began = Date.now();
  const done = await kafka.plan(change).follow();
  const took = since(began);
  await traffic.more(500, 60_000);
  return {
    facts: [
      ...kafka.cluster.kubelet.pods().map(({ name }): Fact => [`the release that ${name} runs`, releaseOf(kafka, name), change.version]),
      ['the level of metadata.version', await levelOf(kafka), before],
    ],
    remarks: [`${change.version} on every node after ${took}; longest pause of acknowledgements ${pause()} ms`, ...done.map(timeOf)],
  };
}

/** What the node itself said when it started last. */
function releaseOf({ cluster: { kubelet } }: PlatformKafka, pod: string): string | undefined {
  return [...kubelet.logOf(pod).matchAll(/Kafka version: (\S+)/g)].at(-1)?.[1];
}

/** The features of the new release are switched on by the plan: its dry run first. */
export async function finalised(kafka: PlatformKafka, metadataVersion: KafkaWritten['metadataVersion']): Promise<Finding> {
  const before = await levelOf(kafka);
  const done = await kafka.plan({ metadataVersion }).follow();
  const after = await levelOf(kafka);
  return {
    facts: [['whether the level of metadata.version has risen', after > before, true]],
    remarks: [`metadata.version from level ${before} to ${after}`, ...done.map(timeOf)],
  };
}

/** After that there is no way back: the plan says so, and a broker of the old release that is started all the same never comes back. */
export async function noWayBack(kafka: PlatformKafka, traffic: Traffic, before: Release): Promise<Finding> {
  const { kubelet } = kafka.cluster;
  const refusal = refusalOf(() => kafka.plan(before));
  const [{ name }] = kafka.cluster.brokers();
  const { version, metadataVersion } = kafka.petstore().cluster.spec;
  await kubelet.stop(name, { preStop: false });
  await kafka.force(before);
  await kubelet.start(name);
  const began = Date.now();
  let ready = false;
  // Twice as long as a broker needs that can.
  while (Date.now() - began < 20_000 && !ready) {
    await sleep(500);
    ready = (await kubelet.probe(name, 'readiness')).ok;
  }
  const waited = since(began);
  const said = kubelet.logOf(name).split('\n').findLast(line => /No MetadataVersion with feature level|UnsupportedVersion/.test(line));
  await kubelet.kill(name);
  await kafka.force({ version, metadataVersion });
  await kubelet.start(name);
  await kubelet.untilReady([name], 120_000);
  await traffic.more(500, 60_000);
  return {
    facts: [
      ['what the plan back is refused with', refusal, 'KAFKA_PLAN_REFUSED'],
      ['whether a broker of the old release becomes ready', ready, false],
      ['whether it says why', said !== undefined, true],
    ],
    remarks: [`${name} with ${before.version}: not ready in ${waited}; ${said?.trim().slice(0, 200) ?? ''}`],
  };
}

function refusalOf(make: () => unknown): string {
  try {
    make();
    return 'nothing';
  } catch (error) {
    return isMartyError(error) ? error.code : String(error);
  }
}
