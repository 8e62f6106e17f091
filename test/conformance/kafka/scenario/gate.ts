import { setTimeout as sleep } from 'node:timers/promises';
import { nodes } from '../../../../src/kafka/cluster';
import { toolCommand } from '../../../../src/kafka/pods';
import type { KafkaNode } from '../../../../src/spec/kafka';
import type { PlatformKafka } from './platform-kafka';

/** A node of the Kafka as it is described. */
export function nodeOf({ petstore }: PlatformKafka, pod: string): KafkaNode {
  const found = nodes(petstore().cluster).find(each => each.pod === pod);
  if (!found) throw new Error(`node ${pod}: there is none, expected one of those that are described`);
  return found;
}

/** What the gate says. */
export interface Passage { readonly passes: boolean; readonly reasons: readonly string[] }

/** What the gate says of restarting a node, asked in another pod of its kind. */
export async function gate(kafka: PlatformKafka, pod: string, from: string, waitSeconds = 0): Promise<Passage> {
  const { id, role } = nodeOf(kafka, pod);
  const wait = waitSeconds > 0 ? ['--wait', String(waitSeconds)] : [];
  const command = toolCommand('Gate', '/etc/kafka/config/admin.properties', role, String(id), ...wait);
  const { code, stdout, stderr } = await kafka.cluster.kubelet.exec(from, command, { timeoutMs: (waitSeconds + 60) * 1000 });
  return { passes: code === 0, reasons: `${stdout}\n${stderr}`.split('\n').filter(line => line.trim() !== '') };
}

/** Asks until it is so. @returns after how many milliseconds; nothing when it never was in time */
export async function until(isSo: () => Promise<boolean>, timeoutMs: number): Promise<number | undefined> {
  const began = Date.now();
  while (Date.now() - began < timeoutMs) {
    if (await isSo()) return Date.now() - began;
    await sleep(100);
  }
  return undefined;
}

/** Which of these pods are ready. */
export async function readyOf({ cluster: { kubelet } }: PlatformKafka, pods: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(pods.map(async pod => ({ pod, ok: kubelet.isRunning(pod) && (await kubelet.probe(pod, 'readiness')).ok })));
  return answers.filter(({ ok }) => ok).map(({ pod }) => pod);
}
