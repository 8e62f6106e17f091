import { setTimeout as sleep } from 'node:timers/promises';
import { since, type Fact, type Finding } from './facts';
import { gate, nodeOf, readyOf, until } from './gate';
import { watchPauses } from './pauses';
import type { PlatformKafka } from './platform-kafka';
import type { Traffic } from '../traffic/traffic';

const readyMs = 120_000;
const leads = /^kafka_controller_kafkacontroller_activecontrollercount(\{[^}]*\})? 1(\.0)?$/m;

/** SIGKILL of the controller that leads: another one leads, the gate keeps its hands off the others, and it comes back. */
export async function activeController(kafka: PlatformKafka, traffic: Traffic): Promise<Finding> {
  const { kubelet } = kafka.cluster;
  const killed = (await kafka.cluster.leader()).name;
  const others = kafka.cluster.controllers().map(({ name }) => name).filter(name => name !== killed);
  const pause = watchPauses(traffic);
  const began = Date.now();
  await kubelet.kill(killed);
  const metrics = () => Promise.all(others.map(async pod => (await kubelet.get(pod, 'metrics', '/metrics')).body));
  const leaderMs = await until(async () => (await metrics()).some(text => leads.test(text)), 30_000);
  const refused = await gate(kafka, others[0], others[1]);
  const rest = kubelet.pods().map(({ name }) => name).filter(name => name !== killed);
  const ready = await readyOf(kafka, rest);
  await traffic.more(300, 60_000);
  await kubelet.start(killed);
  await kubelet.untilReady([killed], readyMs);
  const back = since(began);
  const { leader } = await kafka.cluster.quorum();
  return {
    facts: [
      ['whether another controller leads', leaderMs !== undefined && leader !== nodeOf(kafka, killed).id, true],
      ['whether the gate lets another controller restart meanwhile', refused.passes, false],
      ['the nodes that stay ready', ready, rest],
    ],
    remarks: [`${killed}: another one leads after ${leaderMs} ms, it was ready again after ${back}; longest pause of acknowledgements ${pause()} ms`, `the gate: ${refused.reasons.join('; ')}`],
  };
}

/** SIGKILL of a broker: the others stay ready, and the gate lets none of them go until it has caught up. */
export async function broker(kafka: PlatformKafka, traffic: Traffic, toldMeanwhile: () => Promise<unknown>): Promise<Finding> {
  const { kubelet } = kafka.cluster;
  const [killed, next, from] = kafka.cluster.brokers().map(({ name }) => name);
  const healthy = await gate(kafka, next, from, 60);
  const pause = watchPauses(traffic);
  const began = Date.now();
  await kubelet.kill(killed);
  const early = await gate(kafka, next, from);
  await traffic.more(1000, 60_000);
  const rest = kubelet.pods().map(({ name }) => name).filter(name => name !== killed);
  const late = await gate(kafka, next, from);
  const ready = await readyOf(kafka, rest);
  await toldMeanwhile();
  await kubelet.start(killed);
  await kubelet.untilReady([killed], readyMs);
  const back = since(began);
  const passes = await gate(kafka, next, from, 90);
  return {
    facts: [
      ['whether the gate lets a broker of a healthy cluster restart', healthy.passes, true],
      ['whether it does right after another was killed', early.passes, false],
      ['whether it does while that one is away', late.passes, false],
      ['whether it does when that one has caught up', passes.passes, true],
      ['the nodes that stay ready', ready, rest],
    ],
    remarks: [
      `${killed}: it was ready again after ${back}, and the gate passed after ${since(began)}; longest pause of acknowledgements ${pause()} ms`,
      `the gate at once: ${early.reasons[0] ?? ''}; while it is away: ${late.reasons[0] ?? ''} (${late.reasons.length} lines)`,
    ],
  };
}

/** SIGKILL of a second broker while the first is away: nothing is acknowledged until one is back. */
export async function twoBrokers(kafka: PlatformKafka, traffic: Traffic): Promise<Finding> {
  const { kubelet } = kafka.cluster;
  const [left, ...killed] = kafka.cluster.brokers().map(({ name }) => name);
  const pause = watchPauses(traffic);
  const began = Date.now();
  await kubelet.kill(killed[0]);
  await sleep(1000);
  await kubelet.kill(killed[1]);
  await sleep(1000);
  const before = traffic.acked();
  // Longer than the session of a broker: when both are known to be gone, only what a write needs holds it back.
  await sleep(11_000);
  const [ready] = await readyOf(kafka, [left]);
  const meanwhile = traffic.acked() - before;
  await Promise.all(killed.map(name => kubelet.start(name)));
  await kubelet.untilReady(killed, readyMs);
  const back = since(began);
  await traffic.more(1000, 60_000);
  const passes = await gate(kafka, left, killed[0], 90);
  return {
    facts: [
      ['acknowledged with one copy of three', meanwhile, 0],
      ['the broker that is left, ready', ready, left],
      ['whether the gate lets it restart when all have caught up', passes.passes, true],
    ] satisfies Fact[],
    remarks: [`${killed.join(', ')}: both were ready again after ${back}, and the gate passed after ${since(began)}; longest pause of acknowledgements ${pause()} ms`],
  };
}
