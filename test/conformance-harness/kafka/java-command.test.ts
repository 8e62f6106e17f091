import { boundAgent, boundListeners } from '../../conformance/kafka/kubelet/bindings';
import { javaArguments } from '../../conformance/kafka/kubelet/java-command';
import { createReplacements, lineOf } from '../../conformance/kafka/kubelet/replacements';

const place = { hostsFile: '/h', address: '127.2.1.1', temporary: '/t', largestHeap: 256 };
const unrecorded = { record: () => undefined };

test.each([['-Xmx1g', '-Xmx256m'], ['-Xms6144m', '-Xms256m'], ['-Xmx128m', '-Xmx128m'], ['-Xmx256M', '-Xmx256M'], ['-Xmx268435457', '-Xmx256m'], ['-Xss4m', '-Xss4m']])('of heap %s becomes %s', (from, to) => {
  expect(javaArguments(['java', from, 'Main'], place, unrecorded)).toContain(to);
});

test('what the machine needs stands before what was rendered, which stays as it is', () => {
  const rendered = ['-XX:+UseG1GC', '-cp', 'a:b', 'kafka.Kafka', '/run/server.properties'];
  const args = javaArguments(['java', ...rendered], place, unrecorded);
  expect(args.slice(-5)).toEqual(rendered);
  expect(args).toEqual(expect.arrayContaining(['-Djdk.net.hosts.file=/h', '-Djava.io.tmpdir=/t']));
  expect(args).not.toContain('-XX:+UseSerialGC');
  expect(javaArguments(['java', 'Main'], place, unrecorded)).toContain('-XX:+UseSerialGC');
});

test('a shell, a script and the entrypoint of an image are refused', () => {
  for (const command of [['sh', '-c', 'java Main'], ['/opt/kafka/bin/kafka-server-start.sh'], []]) expect(() => javaArguments(command, place, unrecorded)).toThrow('expected java');
});

test('listeners bind the pod only, and nothing else changes', () => {
  const text = 'listeners=CLIENT://:9092,REPLICATION://0.0.0.0:9094\nadvertised.listeners=CLIENT://x:9092\n#listeners\ncontroller.listener.names=CONTROLLER\n';
  expect(boundListeners(text, 'pod.x', unrecorded)).toBe(text.replace('CLIENT://:9092', 'CLIENT://pod.x:9092').replace('REPLICATION://0.0.0.0:9094', 'REPLICATION://pod.x:9094'));
  expect(boundListeners('listeners = A://other:1\n', 'pod.x', unrecorded)).toBe('listeners = A://other:1\n');
});

test('an agent, or a program, binds the pod only, unless it says where it listens', () => {
  expect(boundAgent('port=9404,config=/c', '127.2.1.1', unrecorded)).toBe('port=9404,config=/c,host=127.2.1.1');
  expect(boundAgent('-javaagent:/a.jar=port=9404', '127.2.1.1', unrecorded)).toBe('-javaagent:/a.jar=port=9404,host=127.2.1.1');
  for (const other of ['-javaagent:/a.jar', '-javaagent:/a.jar=port=1,host=h', '-Dport=1', 'port=1,host=h', 'report=1']) expect(boundAgent(other, '127.2.1.1', unrecorded)).toBe(other);
});

test('each replacement is told once', () => {
  const replacements = createReplacements();
  for (const argument of ['-Xmx1g', '-Xmx1g', '-Xmx2g']) javaArguments(['java', argument, '-XX:+UseG1GC', 'Main'], place, replacements);
  expect(replacements.list().filter(({ kind }) => kind === 'heap size').map(lineOf)).toEqual(['heap size: -Xmx1g -> -Xmx256m', 'heap size: -Xmx2g -> -Xmx256m']);
  replacements.record('jars', 'same', 'same');
  expect(replacements.list().filter(({ kind }) => kind === 'jars')).toEqual([]);
});
