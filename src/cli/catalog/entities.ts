import { createHash } from 'node:crypto';
import { isForeign } from '../../spec/contract';
import { chainOf, factsOf, type PlatformSpec } from '../../spec/environments';
import { isExternal } from '../../spec/external';
import { hostOf, instanceLabel } from '../../spec/names';
import { inOrder } from '../../spec/order';
import { settle } from '../../spec/varying';
import { definitionOf } from './definition';
import type { MicroserviceSpec } from '../../spec/microservice';

/** One entity of a Backstage catalogue. @see https://backstage.io/docs/features/software-catalog/descriptor-format */
export interface Entity {
  readonly apiVersion: 'backstage.io/v1alpha1';
  readonly kind: 'API' | 'Component' | 'Location' | 'Resource' | 'System';
  readonly metadata: {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly tags?: readonly string[];
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

export interface CatalogOptions {
  /** Who answers for what belongs to no service: the system, topics, external things. @default - the team with the most services */
  readonly owner?: string;
  /** How mature everything is. @default 'production' */
  readonly lifecycle?: string;
}

/** The entities of a platform: those of each service, and those that services share. */
export interface Catalog {
  readonly shared: readonly Entity[];
  readonly services: Readonly<Record<string, readonly Entity[]>>;
}

/** What services are in a catalogue: components, the APIs that they offer, the stores, topics and external things that they use. */
export function catalogOf(services: readonly MicroserviceSpec[], options: CatalogOptions = {}): Catalog {
  const { owner = mostOf(services), lifecycle = 'production' } = options;
  const { platform } = services[0];
  const common = { system: platform.name, lifecycle };
  const topics = [...new Set(services.flatMap(service => Object.keys(service.topics)))].sort();
  const externals = new Map(services.flatMap(service => Object.values(service.targets).filter(isExternal)).map(target => [target.name, target]));
  const description = `${services.length} services in ${Object.keys(platform.environments).join(', ')}`;
  const system = entity('System', platform.name, { owner: groupOf(owner) }, { description });
  return {
    shared: inOrder([
      system,
      ...topics.map(name => entity('Resource', topicNameOf(name), { type: topicTypeOf(platform), owner: groupOf(owner), system: common.system }, { title: name })),
      ...[...externals.keys()].sort().map(name => entity('Resource', name, { type: 'external', owner: groupOf(owner), system: common.system })),
    ]),
    services: Object.fromEntries([...services].sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(service => [service.name, inOrder(entitiesOf(service, common))])),
  };
}

/** Topics are in a Kafka somewhere, or in AWS everywhere. */
function topicTypeOf(platform: PlatformSpec): string {
  const facts = Object.keys(platform.environments).map(environment => factsOf(platform, environment));
  return facts.some(({ topics }) => topics) && !facts.some(({ kafka }) => kafka) ? 'sns-topic' : 'kafka-topic';
}

interface Common { readonly system: string; readonly lifecycle: string }

function entitiesOf(service: MicroserviceSpec, { system, lifecycle }: Common): Entity[] {
  const { name, data, topics } = service;
  const owner = groupOf(data.team);
  const apis = isCallable(service) ? Object.entries(data.ports) : [];
  const called = Object.entries(service.targets).map(([alias, target]) => ({ target, port: data.calls[alias].port }));
  const own = called.filter(({ target }) => !isExternal(target))
    .map(({ target, port }) => ({ name: isForeign(target) ? target.service : target.name, port }));
  const resources = [
    ...Object.keys(data.stores).map(alias => storeNameOf(name, alias)),
    ...Object.keys(topics).map(topicNameOf),
    ...called.filter(({ target }) => isExternal(target)).map(({ target }) => target.name),
  ];
  const dependsOn = distinct([...own.map(target => `component:default/${target.name}`), ...resources.map(resource => `resource:default/${resource}`)]);
  return [
    entity('Component', name, {
      type: typeOf(service), lifecycle, owner, system, ...some('dependsOn', dependsOn),
      ...some('providesApis', apis.map(([port]) => apiNameOf(name, port))),
      ...some('consumesApis', distinct(own.map(target => apiNameOf(target.name, target.port)))),
    }, { annotations: { 'backstage.io/kubernetes-id': name, 'backstage.io/kubernetes-label-selector': `${instanceLabel}=${name}` }, tags: [`tier-${data.tier}`] }),
    ...apis.map(([port, { protocol, port: number }]) => entity('API', apiNameOf(name, port), {
      type: protocol === 'http' ? 'openapi' : protocol, lifecycle, owner, system,
      definition: definitionOf({ service: name, port, number, protocol, hosts: hostsOf(service) }),
    }, { title: `${name} ${port}` })),
    ...Object.entries(data.stores).map(([alias, { kind }]) => entity('Resource', storeNameOf(name, alias), {
      type: { bucket: 'bucket', postgres: 'database', redis: 'cache' }[kind], owner, system,
    }, { title: `${alias} of ${name}`, tags: [kind] })),
  ];
}

function entity(kind: Entity['kind'], name: string, spec: Entity['spec'], more: Omit<Entity['metadata'], 'name'> = {}): Entity {
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, ...more }, spec };
}

const groupOf = (team: string) => `group:default/${team}`;
const some = (field: string, values: readonly string[]) => (values.length ? { [field]: values } : {});
const distinct = (values: readonly string[]) => [...new Set(values)].sort();

export const apiNameOf = (service: string, port: string) => bounded(`${service}.${port}`);
const storeNameOf = (service: string, alias: string) => bounded(`${service}.${alias}`);
/** Topics are marked, since one may be called like a store. */
const topicNameOf = (topic: string) => bounded(`topic.${topic}`);

/** A name that Backstage takes: of at most 63 characters, with a single separator between two words. Others end in a digest of the whole. */
function bounded(name: string): string {
  if (name.length <= 63 && /^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/.test(name)) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 54).replace(/-$/, '')}-${digest}`;
}

/** A component that is called, that works by itself, or that comes and goes. */
function typeOf({ data: { workload, ports } }: MicroserviceSpec): string {
  const { kind } = Object(workload) as { kind?: string };
  if (kind === 'schedule' || kind === 'job') return 'job';
  return Object.keys(ports).length ? 'service' : 'worker';
}

function isCallable({ data, platform }: MicroserviceSpec): boolean {
  return Object.keys(platform.environments).some(environment => settle(data.exposure, chainOf(platform.environments, environment)) !== 'none');
}

/** The address of a service in each environment. */
function hostsOf({ name, platform }: MicroserviceSpec): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(platform.environments).map(environment => {
    const { namespace = platform.name, clusterDomain } = factsOf(platform, environment);
    return [environment, hostOf(name, namespace, clusterDomain)];
  }));
}

/** The team with the most services; of several the first by name. */
function mostOf(services: readonly MicroserviceSpec[]): string {
  const counts = new Map<string, number>();
  for (const { data: { team } } of services) counts.set(team, (counts.get(team) ?? 0) + 1);
  const [[team]] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return team;
}
