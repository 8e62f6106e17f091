import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { since, type Fact, type Finding } from './facts';
import type { PlatformKafka } from './platform-kafka';
import { workerPort } from '../../../../src/spec/kafka';

const pod = 'kafka-connect-0';
/** A topic that connectors are said to use, and one that is there and that they are not. */
const [declared, undeclared] = ['orders.placed', 'nobody.declared'];
const lines = ['from a file', 'and from its second line'];
const longestMs = 60_000;

interface Task { readonly state: string; readonly trace?: string }
type Statuses = Readonly<Record<string, { readonly status: { readonly tasks: readonly Task[] } }>>;

/** A worker of Connect runs as it was rendered: its connectors move messages by the topic that was declared, and by no other. */
export async function connected({ cluster: { kubelet }, petstore, force }: PlatformKafka): Promise<Finding> {
  const began = Date.now();
  await force({ connect: { replicas: 1, memoryMiB: 512, cpuMillis: 100, reads: [declared], writes: [declared] } });
  const job = await kubelet.runJob(petstore().objects.find(({ kind }) => kind === 'Job')?.metadata.name ?? '');
  await kubelet.start(pod);
  await kubelet.untilReady([pod], longestMs);
  const ready = since(began);
  const [file, copy] = ['lines', 'copy'].map(name => join(kubelet.folder, name));
  writeFileSync(file, `${lines.join('\n')}\n`);
  await ask('/connectors', connectorOf('reader', 'Source', { file, topic: declared }));
  await ask('/connectors', connectorOf('writer', 'Sink', { file: copy, topics: declared }));
  await ask('/connectors', connectorOf('astray', 'Source', { file, topic: undeclared }));
  const found = await settled();
  const metrics = (await kubelet.get(pod, 'metrics', '/metrics')).body;
  const password = kubelet.secret('kafka-users')['kafka-connect'].toString();
  const told = kubelet.logOf(pod).includes(password);
  const { killed } = await kubelet.stop(pod);
  await force({ connect: undefined });
  const facts: Fact[] = [
    ['the exit code of the Job that lets it in', job.code, 0],
    ['what it says of its health', found.health, 'healthy'],
    ['the connectors that move messages', [found.reader, found.writer].map(task => task?.state), ['RUNNING', 'RUNNING']],
    [`what came through ${declared}`, found.came, lines],
    [`why nothing goes to ${undeclared}`, /\bTopicAuthorizationException\b/.exec(found.astray?.trace ?? found.astray?.state ?? '')?.[0], 'TopicAuthorizationException'],
    ['the failed tasks that Prometheus hears of', /^kafka_connect_connect_worker_metrics_connector_failed_task_count\{connector="astray"\} (\d+)/m.exec(metrics)?.[1], '1'],
    ['whether its password stands in its log', told, false],
    ['whether it had to be killed', killed, false],
  ];
  return { facts, remarks: [`ready after ${ready}, all in ${since(began)}`] };

  async function ask(path: string, body?: object): Promise<unknown> {
    const [{ address }] = kubelet.pods('kafka-connect');
    const posted = body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {};
    const answer = await fetch(`http://${address}:${workerPort}${path}`, { ...posted, signal: AbortSignal.timeout(longestMs) });
    if (!answer.ok) throw new Error(`${pod}: ${path} is answered with ${answer.status}\n${await answer.text()}`);
    return answer.json();
  }

  /** When all lines have come and the connector without permission has failed, or when time is over. */
  async function settled() {
    for (const deadline = Date.now() + longestMs; ; await sleep(500)) {
      const [{ status: health }, statuses] = await Promise.all([ask('/health') as Promise<{ status: string }>, ask('/connectors?expand=status') as Promise<Statuses>]);
      const task = (name: string): Task | undefined => statuses[name]?.status.tasks[0];
      const came = existsSync(copy) ? readFileSync(copy, 'utf8').split('\n').filter(line => lines.includes(line)).sort((a, b) => lines.indexOf(a) - lines.indexOf(b)) : [];
      const result = { health, came, reader: task('reader'), writer: task('writer'), astray: task('astray') };
      if (Date.now() > deadline || (came.length === lines.length && result.astray?.state === 'FAILED')) return result;
    }
  }
}

function connectorOf(name: string, direction: 'Source' | 'Sink', config: Readonly<Record<string, string>>) {
  const text = 'org.apache.kafka.connect.storage.StringConverter';
  return { name, config: { 'connector.class': `FileStream${direction}`, 'tasks.max': '1', 'key.converter': text, 'value.converter': text, ...config } };
}
