import { kafkaCluster } from '../support/kafka';
import { objectsOf } from '../../src/kafka/objects';
import { quotaUseOf } from '../../src/spec/quota';

const source = { alias: 'old', at: { namespace: 'kafka' }, user: 'mirror' };
const beside = { schemaRegistry: true, ui: true };

interface Asking { readonly requests?: Readonly<Record<string, string>> }
/** What may ask for something, in whatever kind of object it stands. */
interface Fields { readonly [field: string]: unknown }

const number = (text = '0') => Number.parseInt(text, 10);
const requests = (resources: unknown) => (resources as Asking | undefined)?.requests ?? {};

/** What the pods of one object ask for: how many there are, and the resources of the containers that run together in each. */
function podsOf({ kind, spec }: Fields & { readonly kind: string }): { readonly pods: number; readonly each: readonly Asking['requests'][] }[] {
  const { replicas = 1, resources, template, entityOperator, kafkaExporter } = (spec ?? {}) as Record<string, never>;
  switch (kind) {
    case 'StatefulSet': case 'Deployment': case 'Job': return [{ pods: replicas, each: ((template as { spec: { containers: Fields[] } }).spec.containers).map(container => requests(container.resources)) }];
    case 'KafkaNodePool': case 'KafkaConnect': case 'KafkaMirrorMaker2': return [{ pods: replicas, each: [requests(resources)] }];
    case 'Kafka': return [
      { pods: 1, each: ['topicOperator', 'userOperator'].map(name => requests((entityOperator as Record<string, Fields>)[name].resources)) }, ...(kafkaExporter ? [{ pods: 1, each: [requests((kafkaExporter as Fields).resources)] }] : []),
    ];
    default: return [];
  }
}

test.each<[string, object, object?]>([
  ['whose consumers nobody watches', { beside: { lag: false } }], ['that nobody watches', {}, { monitoring: 'none' }], ['of Strimzi that nobody watches', { operator: 'strimzi' }, { monitoring: 'none' }],
  ['of one node', { controllers: 'combined' }], ['without an operator', { zones: ['a', 'b', 'c'] }], ['without an operator, with programs beside it', { beside, connect: { replicas: 3 }, mirror: { source, memoryMiB: 700 } }],
  ['of Strimzi', { operator: 'strimzi', zones: ['a', 'b', 'c'] }], ['of Strimzi, with programs beside it', { operator: 'strimzi', beside, connect: { replicas: 3 }, mirror: { source, memoryMiB: 700 } }],
])('a quota counts every pod of a Kafka %s', (_, kafka, facts = {}) => {
  const cluster = kafkaCluster({ version: '4.3.1', ...kafka } as never, facts);
  const pods = objectsOf(cluster).flatMap(object => podsOf(object as never));
  const sum = (of: (asked: Readonly<Record<string, string>>) => number) => (
    pods.reduce((total, { pods: count, each }) => total + count * each.reduce((all, asked) => all + of(asked ?? {}), 0), 0));
  const [, counted] = quotaUseOf(cluster.services).lasting.find(([name]) => name === 'kafka') ?? [];
  expect(counted).toMatchObject({
    pods: pods.reduce((total, { pods: count }) => total + count, 0),
    cpu: sum(asked => number(asked.cpu)), memoryGiB: sum(asked => number(asked.memory)),
  });
});
