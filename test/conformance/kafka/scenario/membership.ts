import { since, type Finding } from './facts';
import { described, formed } from './formation';
import { watchPauses } from './pauses';
import type { DoneStep, PlatformKafka } from './platform-kafka';
import type { Traffic } from '../traffic/traffic';

/** Controllers come, by the plan. Its last step restarts all others, which is left to the next plan that ends with the same. */
export async function moreControllers(kafka: PlatformKafka): Promise<Finding> {
  const began = Date.now();
  const { steps, follow } = kafka.plan({ controllers: 5 });
  const done = await follow({ wanted: step => step !== steps.at(-1) });
  const found = await described(kafka);
  return { facts: formed(kafka, found), remarks: [`5 voters after ${since(began)}: ${done.map(timeOf).join('; ')}`] };
}

/** Controllers go, by the plan, which then restarts every node that is left, one after the other and each through the gate. */
export async function fewerControllers(kafka: PlatformKafka, traffic: Traffic): Promise<Finding> {
  const began = Date.now();
  const pause = watchPauses(traffic);
  const waited = new Set<string>();
  const { follow } = kafka.plan({ controllers: 3 });
  // One of them waits before it stops, as all do in a cluster.
  const preStop = (pod: string) => waited.size === 0 && pod.startsWith('kafka-controller') && waited.add(pod) !== undefined;
  const done = await follow({ preStop });
  const found = await described(kafka);
  return { facts: formed(kafka, found), remarks: [`3 voters and every node restarted after ${since(began)}; longest pause of acknowledgements ${pause()} ms`, ...done.map(timeOf)] };
}

/** Figures of a step. */
export const timeOf = ({ title, ms }: DoneStep): string => `${title}: ${(ms.reduce((sum, each) => sum + each, 0) / 1000).toFixed(1)} s (${ms.map(each => (each / 1000).toFixed(1)).join(', ')})`;
