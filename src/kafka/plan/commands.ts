import { kafkaPorts } from '../../spec/kafka';
import { brokersOf, controllersOf, paths, type KafkaCluster } from '../cluster';
import { toolCommand } from '../pods';
import type { KafkaNode } from '../../spec/kafka';

/** Seconds that a gate, or a node that starts, is waited for. */
const patience = 1800;
/** Seconds that data which move are waited for. */
const day = 86_400;

const quoted = (words: readonly string[]) => words.map(word => (/^[\w./:=@+,-]+$/.test(word) ? word : `'${word}'`)).join(' ');

/** The commands by which somebody works on a Kafka, each to be run as it stands. */
export function commandsFor(cluster: KafkaCluster) {
  const { namespace } = cluster;
  const kubectl = (...words: readonly string[]) => quoted(['kubectl', '--namespace', namespace, ...words]);
  const inside = (pod: string, words: readonly string[]) => `${kubectl('exec', pod, '--container', 'kafka', '--')} ${quoted(words)}`;
  const [controller] = controllersOf(cluster);
  const [broker] = brokersOf(cluster);
  const admin = `${paths.config}/admin.properties`;
  const java = (pod: string, program: string, ...words: readonly string[]) => inside(pod, ['java', '-Xmx128m', '-cp', `${paths.libs}/*`, program, ...words]);
  const quorum = (...words: readonly string[]) => java(controller.pod, 'org.apache.kafka.tools.MetadataQuorumCommand',
    '--bootstrap-controller', `${controller.host}:${kafkaPorts.controller}`, '--command-config', admin, ...words);
  const atBrokers = (program: string, ...words: readonly string[]) => java(broker.pod, program,
    '--bootstrap-server', `${broker.host}:${kafkaPorts.replication}`, '--command-config', admin, ...words);
  const ready = (pod: string) => kubectl('wait', '--for=condition=Ready', `pod/${pod}`, `--timeout=${patience}s`);
  return {
    apply: (folder: string) => `kubectl apply --server-side --kustomize ${folder}`,
    ready,
    quorum,
    atBrokers,
    takeVote: (id: number) => inside(controller.pod, toolCommand('Voters', admin, 'remove', String(id))),
    /** Dealing all partitions out among some brokers. */
    move: (among: readonly KafkaNode[]) => inside(broker.pod, toolCommand('Move', admin, among.map(({ id }) => id).join(','), '--wait', String(day))),
    /** Taking a node away and waiting until it is back, when nobody is hurt by it. */
    restart: ({ id, pod, role }: KafkaNode) => [
      // A node that is everything is missed whenever it goes.
      ...(role === 'combined' ? [] : [inside(pod, toolCommand('Gate', admin, role === 'controller' ? 'controller' : 'broker', String(id), '--wait', String(patience)))]),
      kubectl('delete', 'pod', pod, '--wait=true'),
      ready(pod),
    ],
    /** A node with a new disk. */
    renew: ({ pod }: KafkaNode) => [kubectl('delete', 'persistentvolumeclaim', `data-${pod}`, '--wait=false'), kubectl('delete', 'pod', pod, '--wait=true'), ready(pod)],
    /** Making a controller that waits a voter, from the pod whose disk it is. */
    addController: (pod: string) => inside(pod, toolCommand('Voters', admin, 'add', `${paths.run}/server.properties`)),
    unregister: ({ id }: KafkaNode) => java(broker.pod, 'org.apache.kafka.tools.ClusterTool',
      'unregister', '--bootstrap-server', `${broker.host}:${kafkaPorts.replication}`, '--config', admin, '--id', String(id)),
    remove: (pod: string) => kubectl('delete', 'persistentvolumeclaim', `data-${pod}`),
  };
}

export type Commands = ReturnType<typeof commandsFor>;
