import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createCluster, type Cluster } from '../cluster';
import { lineOf } from '../kubelet/replacements';
import { sampleObjects } from '../sample';
import { passwordSettings } from '../traffic/clients';
import { verdictOf, type Check } from '../../runner/check';

const tool = resolve(__dirname, '../../../../src/kafka/node/marty-kafka.jar');

/** The harness itself: three controllers and three brokers written by hand boot, talk as they are told to, and lose nothing when one is killed. */
export const bootChecks: readonly Check[] = ['kafka', 'kafka-3.9'].map(name => ({
  name: `boot/${name}`,
  judges: [name],
  run: async function* (context) {
    const judge = context.judge(name);
    if (!existsSync(tool)) throw new Error(`${tool} is missing, expected the node tool`);
    const cluster = await createCluster({ objects: sampleObjects({ version: judge.version, tool: readFileSync(tool) }), judges: [judge] });
    try {
      const { startedMs, readyMs } = await cluster.boot();
      const remark = [
        `containers ran after ${startedMs} ms, all were ready after ${readyMs} ms`,
        ...cluster.kubelet.ended().map(each => `ended by itself, and was started again: ${each}`),
        ...cluster.kubelet.replacements().map(each => `replaced ${lineOf(each)}`),
      ];
      const facts = [...await formed(cluster), ...await authenticated(cluster, judge.version)];
      yield verdictOf(judge, 'three controllers and three brokers', facts.length, problemsOf(facts), remark.join('\n'));
      const survived = await survivesKill(cluster);
      yield verdictOf(judge, 'a broker is killed under traffic', survived.acked, survived.problems, survived.remark);
      await cluster.stopAll();
    } finally {
      await cluster.close();
    }
  },
}));

type Fact = readonly [what: string, found: unknown, expected: unknown];

const problemsOf = (facts: readonly Fact[]): string[] => facts.flatMap(([what, found, expected]) => (
  JSON.stringify(found) === JSON.stringify(expected) ? [] : [`${what} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`]));

async function formed(cluster: Cluster): Promise<Fact[]> {
  const { voters, observers } = await cluster.quorum();
  const first = await cluster.kubelet.runJob('topics');
  const again = await cluster.kubelet.runJob('topics');
  const { stdout } = await cluster.admin('org.apache.kafka.tools.TopicCommand', ['--describe', '--topic', 'orders']);
  return [
    ['the voters', voters, [100, 101, 102]],
    ['the observers', observers, [0, 1, 2]],
    ['the exit code of the Job', first.code, 0],
    ['the exit code of the Job, run again', again.code, 0],
    ['the partitions', /PartitionCount:\s*(\d+)/.exec(stdout)?.[1], '6'],
    ['the replication', /ReplicationFactor:\s*(\d+)/.exec(stdout)?.[1], '3'],
    ['a probe of a healthy node', (await cluster.kubelet.probe('kafka-broker-a-0', 'liveness')).status, 200],
  ];
}

async function authenticated(cluster: Cluster, version: string): Promise<Fact[]> {
  const { kubelet } = cluster;
  const password = kubelet.secret('orders').password.toString();
  const acls = version.startsWith('3.') ? 'kafka.admin.AclCommand' : 'org.apache.kafka.tools.AclCommand';
  const user = await cluster.admin('kafka.admin.ConfigCommand', ['--alter', '--add-config', `SCRAM-SHA-512=[iterations=8192,password=${password}]`, '--entity-type', 'users', '--entity-name', 'orders']);
  const acl = await cluster.admin(acls, ['--add', '--allow-principal', 'User:orders', '--topic', 'orders', '--operation', 'Read', '--operation', 'Write', '--operation', 'Describe']);
  const list = async (name: string, listener: 'client' | 'replication', properties: Readonly<Record<string, string>>) => {
    const settings = cluster.settings(name, listener, { ...properties, 'default.api.timeout.ms': '8000', 'request.timeout.ms': '4000' });
    const servers = /^bootstrap.servers=(.*)$/m.exec(readFileSync(settings, 'utf8'))?.[1] ?? '';
    const { stdout } = await kubelet.tool({ main: 'org.apache.kafka.tools.TopicCommand', args: ['--bootstrap-server', servers, '--command-config', settings, '--list'] });
    return stdout.split('\n').includes('orders');
  };
  const right = passwordSettings(kubelet, 'orders', password, 'kafka-admin-tls');
  const { 'sasl.jaas.config': _password, 'sasl.mechanism': _mechanism, ...trusting } = right;
  return [
    ['the exit code of the user', user.code, 0],
    ['the exit code of the permission', acl.code, 0],
    ['what the right password sees', await list('right', 'client', right), true],
    ['what a wrong password sees', await list('wrong', 'client', passwordSettings(kubelet, 'orders', 'wrong', 'kafka-admin-tls')), false],
    ['what no certificate sees', await list('none', 'replication', { ...trusting, 'security.protocol': 'SSL' }), false],
  ];
}

async function survivesKill(cluster: Cluster): Promise<{ readonly acked: number; readonly problems: readonly string[]; readonly remark: string }> {
  const { kubelet } = cluster;
  const settings = cluster.settings('orders', 'client', passwordSettings(kubelet, 'orders', kubelet.secret('orders').password.toString(), 'kafka-admin-tls'));
  const traffic = await cluster.traffic({ properties: settings, topic: 'orders', maxSeconds: 120 });
  await traffic.more(1000, 60_000);
  const killed = Date.now();
  await kubelet.kill('kafka-broker-b-0');
  await traffic.more(3000, 60_000);
  await kubelet.start('kafka-broker-b-0');
  await kubelet.untilReady(['kafka-broker-b-0'], 60_000);
  const backMs = Date.now() - killed;
  await traffic.more(1000, 60_000);
  const { sent, acked, failed, unfinished, maxLatencyMs, errors } = await traffic.stop();
  const { complete, lost, duplicated, outOfOrder, examples } = await traffic.verify();
  const facts: Fact[] = [
    ['everything was read', complete, true], ['lost', lost, 0], ['duplicated', duplicated, 0], ['out of order', outOfOrder, 0], ['failed', failed, 0], ['unfinished', unfinished, 0],
  ];
  const problems = problemsOf(facts);
  return { acked, problems: problems.length > 0 ? [...problems, examples, errors] : [], remark: `${sent} sent, the slowest took ${maxLatencyMs} ms; the broker was ready again after ${backMs} ms` };
}
