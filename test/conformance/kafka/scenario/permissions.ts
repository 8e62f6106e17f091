import { attempt, type Wanted } from './attempts';
import type { Fact, Finding } from './facts';
import type { PlatformKafka } from './platform-kafka';
import { adminSettings, serviceSettings } from './security';
import type { SettledService } from '../../../../src/spec/settle';

/** A topic that no service has declared. */
const undeclared = 'nobody.declared';

interface Case extends Wanted {
  /** Whether it was declared. */
  readonly allowed: boolean;
  /** The message would be found in its topic. */
  readonly sends: boolean;
}

/** Each service that uses topics does exactly what it declared: everything else is tried, and refused by name. */
export async function permitted({ cluster, petstore }: PlatformKafka): Promise<Finding> {
  const services = petstore().cluster.services.filter(({ topics }) => topics);
  const topics = [...new Set(services.flatMap(declared).map(({ topic }) => topic)), undeclared];
  const cases = services.flatMap(service => {
    const settings = serviceSettings(cluster, service.name);
    return casesOf(service, services.filter(other => other !== service), topics).map((each): Case => ({ ...each, settings }));
  });
  const admin = adminSettings(cluster);
  const as = (name: string, action: Wanted['action'], topic = undeclared): Wanted => ({ name, action, topic, settings: admin });
  const seeds = topics.map(topic => as(`seed of ${topic}`, 'produce', topic));
  const readers = topics.map(topic => as(`all of ${topic}`, 'read', topic));
  const tried = await attempt(cluster, [[as('its topic', 'create')], seeds, cases, readers]);
  const errorOf = (name: string) => tried.get(name)?.error ?? 'no answer';
  const found = (topic: string) => tried.get(`all of ${topic}`)?.values;
  const expected = (topic: string) => [`seed of ${topic}`, ...cases.filter(each => each.sends && each.allowed && each.topic === topic).map(({ name }) => name)].sort();
  return {
    facts: [
      ...['its topic', ...seeds.map(({ name }) => name)].map((name): Fact => [`the administrator's attempt ${name}`, errorOf(name), '']),
      ...cases.map(({ name, allowed }): Fact => [`${name}`, outcomeOf(errorOf(name)), allowed ? 'allowed' : 'refused']),
      ...topics.map((topic): Fact => [`messages in ${topic}`, found(topic), expected(topic)]),
      ...services.map((service): Fact => [`topics that ${service.name} sees`, tried.get(`${service.name} lists topics`)?.values, [...new Set(declared(service).map(({ topic }) => topic))].sort()]),
    ],
    remarks: [`${cases.filter(({ allowed }) => allowed).length} attempts allowed, ${cases.filter(({ allowed }) => !allowed).length} refused: ${[...new Set(cases.map(({ name }) => errorOf(name)).filter(Boolean))].sort().join(', ')}`],
  };
}

const declared = ({ topics }: SettledService) => Object.values({ ...topics?.produces, ...topics?.consumes });

/** Every action on every topic, under names of its own and of others. */
function casesOf({ name, topics: used }: SettledService, others: readonly SettledService[], topics: readonly string[]): Omit<Case, 'settings'>[] {
  const names = (of: Readonly<Record<string, { readonly topic: string }>> = {}) => Object.values(of).map(({ topic }) => topic);
  const [produced, consumed] = [names(used?.produces), names(used?.consumes)];
  const own = (id: string) => id === name || id.startsWith(`${name}.`);
  const ids = [name, `${name}.night`, `${name}night`, ...others.map(other => other.name)];
  return [
    { name: `${name} lists topics`, action: 'list', allowed: true, sends: false },
    { name: `${name} makes a topic`, action: 'create', topic: `${name}.made`, allowed: false, sends: false },
    { name: `${name} reads permissions`, action: 'permissions', allowed: false, sends: false },
    ...topics.flatMap((topic): Omit<Case, 'settings'>[] => [
      { name: `${name} sends to ${topic}`, action: 'produce', topic, allowed: produced.includes(topic), sends: true },
      { name: `${name} reads ${topic}`, action: 'consume', topic, allowed: consumed.includes(topic), sends: false },
      ...ids.flatMap((id): Omit<Case, 'settings'>[] => [
        { name: `${name} reads ${topic} in the group ${id}`, action: 'group', topic, group: id, allowed: consumed.includes(topic) && own(id), sends: false },
        { name: `${name} sends to ${topic} in a transaction of ${id}`, action: 'transaction', topic, transactionalId: id, allowed: produced.includes(topic) && own(id), sends: true },
      ]),
    ]),
  ];
}

/** Refused is only what was refused for want of permission; whatever else went wrong is told. */
function outcomeOf(error: string): string {
  if (error === '') return 'allowed';
  return /^(Topic|Group|TransactionalId|Cluster)AuthorizationException$/.test(error) ? 'refused' : error;
}
