import { kafkaPorts } from '../../spec/kafka';
import { brokersOf, controllersOf, paths, type KafkaCluster } from '../cluster';
import { toolCommand } from '../pods';
import type { KafkaNode } from '../../spec/kafka';

/** Seconds that a gate, or a node that starts, is waited for. */
const patience = 1800;
/** Seconds that data which move are waited for. */
const day = 86_400;

const quoted = (words: readonly string[]) => words.map(word => (/^[\w./:=@+,-]+$/.test(word) ? word : `'${word}'`)).join(' ');

/**
 * The commands by which somebody works on a Kafka, each to be run as it stands.
 *
 * @param lost a pod in which nothing can be run
 */
export function commandsFor(cluster: KafkaCluster, lost?: string) {
  const { namespace } = cluster;
  const kubectl = (...words: readonly string[]) => quoted(['kubectl', '--namespace', namespace, ...words]);
  const inside = (pod: string, words: readonly string[]) => `${kubectl('exec', pod, '--container', 'kafka', '--')} ${quoted(words)}`;
  const firstOf = (all: readonly KafkaNode[]) => all.find(({ pod }) => pod !== lost) ?? all[0];
  const [controller, broker] = [firstOf(controllersOf(cluster)), firstOf(brokersOf(cluster))];
  const admin = `${paths.config}/admin.properties`;
  const java = (pod: string, program: string, ...words: readonly string[]) => inside(pod, ['java', '-Xmx128m', '-cp', `${paths.libs}/*`, program, ...words]);
  const quorum = (...words: readonly string[]) => java(controller.pod, 'org.apache.kafka.tools.MetadataQuorumCommand',
    '--bootstrap-controller', `${controller.host}:${kafkaPorts.controller}`, '--command-config', admin, ...words);
  const atBrokers = (program: string, ...words: readonly string[]) => java(broker.pod, program,
    '--bootstrap-server', `${broker.host}:${kafkaPorts.replication}`, '--command-config', admin, ...words);
  const ready = (pod: string) => kubectl('wait', '--for=condition=Ready', `pod/${pod}`, `--timeout=${patience}s`);
  /** A pod that is not there yet cannot be waited for in any other way. */
  const started = (pod: string) => [kubectl('wait', '--for=create', `pod/${pod}`, `--timeout=${patience}s`), ready(pod)];
  /** Waiting until nobody is hurt when a node is away. */
  const gate = ({ id, role, pod }: KafkaNode, from = pod) => (
    inside(from, toolCommand('Gate', admin, role === 'controller' ? 'controller' : 'broker', String(id), '--wait', String(patience))));
  return {
    apply: (folder: string) => `kubectl apply --server-side --kustomize ${folder}`,
    ready,
    started,
    gate,
    quorum,
    atBrokers,
    takeVote: (id: number) => inside(controller.pod, toolCommand('Voters', admin, 'remove', String(id))),
    /** Dealing all partitions out among some brokers. */
    move: (among: readonly KafkaNode[]) => inside(broker.pod, toolCommand('Move', admin, among.map(({ id }) => id).join(','), '--wait', String(day))),
    /** Taking a node away and waiting until it is back, when nobody is hurt by it. */
    restart: (node: KafkaNode) => [
      // A node that is everything is missed whenever it goes.
      ...(node.role === 'combined' ? [] : [gate(node)]),
      kubectl('delete', 'pod', node.pod, '--wait=true'),
      ...started(node.pod),
    ],
    /** A node with a new disk, when others have what the old one had. */
    renew: (node: KafkaNode) => [
      gate(node, node.role === 'controller' ? controller.pod : broker.pod),
      kubectl('delete', 'persistentvolumeclaim', `data-${node.pod}`, '--wait=false'), kubectl('delete', 'pod', node.pod, '--wait=true'), ...started(node.pod),
    ],
    /** Making a controller that waits a voter, from the pod whose disk it is. */
    addController: (pod: string) => inside(pod, toolCommand('Voters', admin, 'add', `${paths.run}/server.properties`)),
    unregister: ({ id }: KafkaNode) => java(broker.pod, 'org.apache.kafka.tools.ClusterTool',
      'unregister', '--bootstrap-server', `${broker.host}:${kafkaPorts.replication}`, '--config', admin, '--id', String(id)),
    /** Asking for more of a disk that a pod has. */
    grow: (pod: string, storage: string) => kubectl('patch', 'persistentvolumeclaim', `data-${pod}`, '--type', 'merge', '--patch', JSON.stringify({ spec: { resources: { requests: { storage } } } })),
    /** Taking a StatefulSet away without its pods. */
    orphan: (set: string) => kubectl('delete', 'statefulset', set, '--cascade=orphan'),
    remove: (pod: string) => kubectl('delete', 'persistentvolumeclaim', `data-${pod}`),
  };
}

export type Commands = ReturnType<typeof commandsFor>;
