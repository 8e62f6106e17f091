import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { since, type Finding } from './facts';
import { readyOf, until } from './gate';
import { watchPauses } from './pauses';
import type { PlatformKafka } from './platform-kafka';
import type { Traffic } from '../traffic/traffic';

/**
 * Two controllers of three go: no node that is left has a leader, and none says that it is ready. The third is then started alone, the
 * case that a probe of the port takes for a healthy one: it listens, but leads and follows nobody.
 */
export async function quorumLost(kafka: PlatformKafka, traffic: Traffic): Promise<Finding> {
  const { kubelet } = kafka.cluster;
  const [left, ...killed] = kafka.cluster.controllers();
  const brokers = kafka.cluster.brokers().map(({ name }) => name);
  const pause = watchPauses(traffic);
  const began = Date.now();
  await Promise.all(killed.map(({ name }) => kubelet.kill(name)));
  const unreadyMs = await until(async () => (await readyOf(kafka, [left.name])).length === 0, 60_000);
  const brokersMs = await until(async () => (await readyOf(kafka, brokers)).length === 0, 60_000);
  const acked = traffic.acked();
  await kubelet.stop(left.name, { preStop: false });
  await kubelet.start(left.name);
  const listensMs = await until(() => listens(left.address, 9093), 60_000);
  await sleep(5000);
  const listening = await listens(left.address, 9093);
  const alone = await kubelet.probe(left.name, 'readiness');
  const meanwhile = traffic.acked() - acked;
  const returned = Date.now();
  await kubelet.startAll();
  await kubelet.untilReady(kubelet.pods().map(({ name }) => name), 120_000);
  const back = since(returned);
  await traffic.more(1000, 60_000);
  return {
    facts: [
      ['whether the controller that is left says that it is not ready', unreadyMs !== undefined, true],
      ['whether brokers say that they are not ready', brokersMs !== undefined, true],
      ['whether a controller started alone listens on its port', listening && listensMs !== undefined, true],
      ['its readiness', alone.status, 503],
      ['whether messages were acknowledged without a quorum', meanwhile > 0, true],
    ],
    remarks: [
      `${killed.map(({ name }) => name).join(', ')}: ${left.name} was not ready after ${unreadyMs} ms, brokers ${brokersMs} ms later; ${meanwhile} messages acknowledged without a quorum`,
      `${left.name}, started alone: port 9093 is open, so that a probe of the port says ready; /ready says ${alone.status}: ${alone.body.trim().split('\n').join('; ')}`,
      `all were ready ${back} after the controllers were started again, after ${since(began)} in all; longest pause of acknowledgements ${pause()} ms`,
    ],
  };
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
