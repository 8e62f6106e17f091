import { problemsOf, since, type Finding } from '../scenario/facts';
import { jobFacts, restartsOf } from '../scenario/by-themselves';
import { timeOf } from '../scenario/membership';
import { nothingLost, startMessages } from '../scenario/messages';
import { createPlatformKafka, type PlatformKafka } from '../scenario/platform-kafka';
import { finalised, noWayBack, released } from '../scenario/upgrade';
import { verdictOf, type Check } from '../../runner/check';
import type { Traffic } from '../traffic/traffic';

const zones = ['zone-a', 'zone-b', 'zone-c'];
const messages = 20_000;
const old = { version: '3.9.2', metadataVersion: '3.9' } as const;
const next = { version: '4.3.1', metadataVersion: '3.9' } as const;

const events: readonly (readonly [subject: string, happen: (kafka: PlatformKafka, traffic: Traffic) => Promise<Finding>])[] = [
  ['3.9.2 becomes 4.3.1', (kafka, traffic) => released(kafka, traffic, next)],
  ['and 3.9.2 again', (kafka, traffic) => released(kafka, traffic, old)],
  ['and 4.3.1 for good', (kafka, traffic) => released(kafka, traffic, next)],
  ['its features are switched on', kafka => finalised(kafka, '4.3')],
  ['there is no way back', (kafka, traffic) => noWayBack(kafka, traffic, old)],
];

/** From one release to the next under traffic, by the plan: there, back, there again, and then for good. */
export const upgradeCheck: Check = {
  name: 'upgrade',
  judges: ['kafka-3.9', 'kafka'],
  run: async function* (context) {
    const [before, after] = [context.judge('kafka-3.9'), context.judge('kafka')];
    const kafka = await createPlatformKafka({ ...old, zones, formed: false }, [before, after], 'kafka-upgrade');
    try {
      const began = Date.now();
      const done = await kafka.create();
      const booted = since(began);
      const facts = await jobFacts(kafka);
      yield verdictOf(before, 'a Kafka of the old release', facts.length, problemsOf(facts), [`ready after ${booted}`, ...done.map(timeOf)].join('\n'));
      const traffic = await startMessages(kafka, 120);
      for (const [subject, happen] of events) {
        const found = await happen(kafka, traffic);
        yield verdictOf(after, subject, found.facts.length, problemsOf(found.facts), found.remarks.join('\n'));
      }
      const lost = await nothingLost(kafka, traffic, messages);
      const jobs = await jobFacts(kafka);
      yield verdictOf(after, 'no message is lost by an upgrade', lost.acked, problemsOf([...lost.facts, ...jobs]), [...lost.remarks, ...restartsOf(kafka), `all in ${since(began)}`].join('\n'));
      await kafka.cluster.stopAll();
    } finally {
      await kafka.cluster.close();
    }
  },
};
