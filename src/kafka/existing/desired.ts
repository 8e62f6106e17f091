import { accessOf, inOrder, quotasOf, secretOf, topicOf } from '../desired';
import type { Provisioning } from '../provisioning';
import type { ExistingKafka } from './kafka';

/**
 * What a Kafka that exists has to hold for services. Topics that others send are theirs to make, and what nobody says of a topic of ours
 * stays as it is there.
 */
export function existingDesiredOf({ spec, services }: ExistingKafka): Provisioning['desired'] {
  const users = services.filter(({ topics }) => topics);
  const nameOf = (service: string) => (Object.hasOwn(spec.principals, service) ? spec.principals[service] : service);
  const names = users.map(({ name }) => nameOf(name));
  const { replication, minInsync } = spec.topics;
  const usual = { replication, minInsync: minInsync ?? (replication === undefined ? undefined : Math.max(1, replication - 1)) };
  const topics = users.flatMap(({ topics: used }) => Object.values(used?.produces ?? {}))
    .map(topic => [topic.topic, topicOf(topic, usual, topic.described)] as const);
  return {
    topics: inOrder(new Map(topics)),
    users: spec.users ? users.map(service => ({ name: service.name, secret: secretOf(service) })) : [],
    ...(spec.acls ? { acls: users.flatMap(service => accessOf(service, nameOf(service.name))) } : {}),
    ...(spec.quotas ? { quotas: quotasOf(spec.quotas, names) } : {}),
    principals: names.map(name => `User:${name}`),
    shared: true,
  };
}
