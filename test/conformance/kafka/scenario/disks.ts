import { since, type Finding } from './facts';
import { gate, until } from './gate';
import { watchPauses } from './pauses';
import type { DoneStep, PlatformKafka } from './platform-kafka';
import type { Traffic } from '../traffic/traffic';

/** A broker that lost its disk begins empty, by the plan, and catches up. */
export async function lostBrokerDisk(kafka: PlatformKafka, traffic: Traffic): Promise<Finding> {
  const { brokers, kubelet } = kafka.cluster;
  const [from, lost] = brokers().map(({ name }) => name);
  const pause = watchPauses(traffic);
  const began = Date.now();
  await kubelet.kill(lost);
  const { steps, follow } = kafka.plan({}, { replace: lost });
  await follow({ wanted: step => step !== steps.at(-1) });
  const back = since(began);
  // The last step says to look until nothing is printed.
  let looked: readonly DoneStep[] = [];
  const caughtUpMs = await until(async () => {
    looked = await follow({ wanted: step => step === steps.at(-1) });
    return looked.every(({ printed }) => printed.every(text => text.trim() === ''));
  }, 120_000);
  const passes = await gate(kafka, from, lost, 60);
  return {
    facts: [['whether its copies are in sync again', caughtUpMs !== undefined, true], ['whether the gate lets another broker restart', passes.passes, true]],
    remarks: [`${lost}: ready with an empty disk after ${back}, in sync after ${since(began)}; longest pause of acknowledgements ${pause()} ms`],
  };
}

/** A controller that lost its disk joins as a new one, by the plan, and takes the vote of the old. */
export async function lostControllerDisk(kafka: PlatformKafka): Promise<Finding> {
  const { kubelet, leader, quorum } = kafka.cluster;
  const lost = (await leader()).name;
  const began = Date.now();
  await kubelet.kill(lost);
  await kafka.plan({}, { replace: lost }).follow();
  const back = since(began);
  const { voters, leader: now } = await quorum();
  return { facts: [['the voters', voters, [100, 101, 102]]], remarks: [`${lost}, which led, votes with a new disk after ${back}; now ${now} leads`] };
}
