import { lineOf } from '../kubelet/replacements';
import { lostBrokerDisk, lostControllerDisk } from '../scenario/disks';
import { problemsOf, since, type Finding } from '../scenario/facts';
import { connected } from '../scenario/connect';
import { asked, lagTold } from '../scenario/lag';
import { provisionedFromOutside } from '../scenario/existing';
import { provisioned } from '../scenario/formation';
import { activeController, broker, twoBrokers } from '../scenario/kills';
import { jobFacts, restartsOf } from '../scenario/by-themselves';
import { fewerControllers, moreControllers, timeOf } from '../scenario/membership';
import { nothingLost, startMessages } from '../scenario/messages';
import { permitted } from '../scenario/permissions';
import { createPlatformKafka, type PlatformKafka } from '../scenario/platform-kafka';
import { quorumLost } from '../scenario/quorum-loss';
import { guarded } from '../scenario/security';
import { spread, zoneComesAndGoes } from '../scenario/zones';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import type { FoundJudge } from '../../judges/judge';
import type { Traffic } from '../traffic/traffic';

const zones = ['zone-a', 'zone-b', 'zone-c'];

/** Acknowledged in the whole, at least. */
const messages = 50_000;

/** What happens to it while messages flow, in this order. */
const events: readonly (readonly [subject: string, happen: (kafka: PlatformKafka, traffic: Traffic) => Promise<Finding>])[] = [
  ['the active controller is killed', activeController],
  ['a broker is killed', asked(broker)],
  ['two brokers are killed, one after the other', twoBrokers],
  ['the quorum is lost and comes back', quorumLost],
  ['a broker loses its disk', lostBrokerDisk],
  ['a controller loses its disk', lostControllerDisk],
  ['a zone comes and goes', zoneComesAndGoes],
  ['three controllers become five', moreControllers],
  ['five become three, and every node restarts', fewerControllers],
];

/** The petstore on a Kafka of its own: six JVMs that run what was rendered, and everything that may happen to them. */
export const clusterCheck: Check = {
  name: 'cluster',
  judges: ['kafka'],
  run: async function* (context) {
    const judge = context.judge('kafka');
    const quotas = { producerBytesPerSecond: 50_000_000, consumerBytesPerSecond: 100_000_000 };
    const kafka = await createPlatformKafka({ version: '4.3.1', zones, formed: false, quotas }, [judge], 'kafka');
    try {
      const began = Date.now();
      const done = await kafka.create();
      const booted = since(began);
      const made = await provisioned(kafka);
      yield verdict(judge, 'quorum, racks, and what was provisioned', { ...made, remarks: [`ready after ${booted}`, ...done.map(timeOf), ...made.remarks] });
      yield verdict(judge, 'TLS, certificates and passwords', await guarded(kafka));
      yield verdict(judge, 'copies are spread over brokers and zones', await spread(kafka, judge));
      const traffic = await startMessages(kafka, 150);
      const [allowed, told] = await Promise.all([permitted(kafka), lagTold(kafka)]);
      yield verdict(judge, 'each service does what it declared, and nothing else', allowed);
      yield verdict(judge, 'how far groups are behind', told);
      yield verdict(judge, 'somebody else has it as a Kafka that exists', await provisionedFromOutside(kafka));
      yield verdict(judge, 'connectors use what was declared for them, and nothing else', await connected(kafka));
      for (const [subject, happen] of events) yield verdict(judge, subject, await happen(kafka, traffic));
      const { acked, facts, remarks } = await nothingLost(kafka, traffic, messages);
      const jobs = await jobFacts(kafka);
      const replaced = kafka.cluster.kubelet.replacements().map(each => `replaced ${lineOf(each)}`);
      yield verdictOf(judge, 'no message is lost', acked, problemsOf([...facts, ...jobs]), [...remarks, ...restartsOf(kafka), `all in ${since(began)}`, ...replaced].join('\n'));
      await kafka.cluster.stopAll();
    } finally {
      await kafka.cluster.close();
    }
  },
};

function verdict(judge: FoundJudge, subject: string, { facts, remarks }: Finding): Verdict {
  return verdictOf(judge, subject, facts.length, problemsOf(facts), remarks.join('\n'));
}
