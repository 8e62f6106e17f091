import { MartyError, type Problem } from '../errors';
import { isForeign } from './contract';
import { chainOf, type PlatformSpec } from './environments';
import { overlapOf, type RouteSpec } from './exposure';
import { isExternal } from './external';
import { messagingProblems } from './messaging';
import { canonical } from './runtime-config';
import { nameOfStore } from './stores';
import { settle } from './varying';
import type { Caller } from './access';
import type { Contract } from './calls';
import type { MicroserviceSpec } from './microservice';
import type { Ports } from './ports';
import type { SettledService } from './settle';

/**
 * What is wrong with services together that are each right alone.
 *
 * @param nameOf how a service is called in paths.
 */
export function fleetProblems(services: readonly MicroserviceSpec[], nameOf = ({ name }: MicroserviceSpec, _index: number) => name): Problem[] {
  const byName = new Map(services.map(service => [service.name, service]));
  const problems: Problem[] = [];
  services.forEach((service, index) => {
    const at = nameOf(service, index);
    if (services.findIndex(other => other.name === service.name) !== index) problems.push({ path: `${at}.name`, message: 'is the name of two services; each needs one of its own' });
    if (!samePlatform(service.platform, services[0].platform)) problems.push({ path: at, message: `belongs to the platform ${service.platform.name}, not to ${services[0].platform.name}` });
    for (const [alias, target] of Object.entries(service.targets)) {
      const path = `${at}.calls.${alias}`;
      const called = byName.get(target.name);
      const { port } = service.data.calls[alias];
      if (isForeign(target)) {
        if (called) problems.push({ path, message: `calls ${target.service} of ${target.platform} under a name that a service of this fleet has; give it another one: contractFrom(…, { name })` });
      } else if (isExternal(target)) {
        if (called) problems.push({ path, message: `calls ${target.name} as an external thing, but a service of this fleet has the name` });
      } else if (!called) {
        problems.push({ path, message: `calls ${target.name}, which is none of the services; add it to them, or describe it as external` });
      } else if (called === service) {
        problems.push({ path, message: 'calls the service itself' });
      } else if (!isSamePort(called.data.ports, target.ports, port)) {
        problems.push({ path, message: `relies on a contract with ${target.name} whose port ${port} is not the one that ${target.name} has` });
      } else if (canonical(adoptedBy(target)) !== canonical(called.data.adopt)) {
        problems.push({ path, message: `relies on a contract with ${target.name} that does not say the same under adopt as ${target.name} does` });
      } else {
        const closed = closedIn(called);
        if (closed.length) problems.push({ path, message: `calls ${target.name}, whose exposure is "none" in ${closed.join(', ')}` });
      }
    }
  });
  return [...problems, ...contradictions(services, nameOf)];
}

/** What a service, or a contract, says that the service takes over. */
const adoptedBy = (target: Contract) => (target as Partial<MicroserviceSpec>).data?.adopt ?? target.adopt ?? 'none';

/** The environments in which a service lets nobody call it. */
function closedIn({ platform, data }: MicroserviceSpec): string[] {
  return Object.keys(platform.environments).filter(environment => settle(data.exposure, chainOf(platform.environments, environment)) === 'none');
}

function isSamePort(ports: Ports, others: Ports, name: string): boolean {
  return Object.hasOwn(ports, name) && ports[name].port === others[name].port && ports[name].protocol === others[name].protocol;
}

/**
 * Checks services that are to run together.
 *
 * @throws PLATFORM_INVALID with every problem.
 */
export function checkFleet(services: readonly MicroserviceSpec[]): void {
  const problems = services.length ? fleetProblems(services) : [{ path: 'services', message: 'is empty, expected at least one service' }];
  if (problems.length) throw new MartyError('PLATFORM_INVALID', 'the services do not fit together:', { problems });
}

/** The services that call one service, with the port that each calls. */
export function callersOf(name: string, services: readonly SettledService[]): Caller[] {
  return services.flatMap(service => Object.values(service.calls)
    .filter(call => call.service === name && call.peer.kind === 'pods' && call.peer.namespace === service.namespace)
    .map(call => ({
      name: service.name, namespace: service.namespace, port: call.portName,
      ...(service.identity.adopted ? { labels: service.identity.selector } : {}),
    })));
}

/** Two copies of a module describe one platform when they say the same of it. */
function samePlatform(one: PlatformSpec, other: PlatformSpec): boolean {
  if (one.environments === other.environments) return one.name === other.name;
  return one.name === other.name && JSON.stringify(one.environments) === JSON.stringify(other.environments);
}

/** What several services say, and do not say alike: a topic, an external thing; and databases or buckets that would be one. */
function contradictions(services: readonly MicroserviceSpec[], nameOf: (service: MicroserviceSpec, index: number) => string): Problem[] {
  const meanings = new Map<string, { by: number; meaning: string }>();
  const differs = (key: string, by: number, meaning: unknown) => {
    const text = canonical(meaning);
    const first = meanings.get(key) ?? { by, meaning: text };
    meanings.set(key, first);
    return first.meaning === text ? undefined : services[first.by].name;
  };
  return services.flatMap((service, index): Problem[] => {
    const at = nameOf(service, index);
    return [
      ...Object.values(service.topics).flatMap(topic => {
        const other = differs(`topic ${topic.name}`, index, { ...topic, message: undefined });
        return other === undefined ? [] : [{ path: at, message: `describes the topic ${topic.name} otherwise than ${other} does` }];
      }),
      ...Object.entries(service.targets).filter(([, target]) => isExternal(target) || isForeign(target)).flatMap(([alias, target]) => {
        const other = differs(`external ${target.name}`, index, target);
        return other === undefined ? [] : [{ path: `${at}.calls.${alias}`, message: `describes ${target.name} otherwise than ${other} does` }];
      }),
      ...Object.entries(service.data.stores).flatMap(([alias, { kind }]) => {
        const named = nameOfStore(service.name, alias, kind);
        const other = named && differs(`${named.what} ${named.name}`, index, `${service.name}.${alias}`);
        return !named || other === undefined || other === service.name ? []
          : [{ path: `${at}.stores.${alias}`, message: `makes the ${named.what} ${named.name}, which a store of ${other} makes too; choose another name` }];
      }),
    ];
  });
}

/**
 * Checks routes of services that run in one environment: two that claim the same requests would share them by chance.
 *
 * @throws PLATFORM_INVALID with every pair.
 */
export function checkRoutes(services: readonly SettledService[], environment: string): void {
  const byHost = new Map<string, { name: string; route: RouteSpec }[]>();
  const problems: Problem[] = [];
  for (const { name, route } of services) {
    if (!route) continue;
    for (const earlier of new Set(route.hosts.flatMap(host => byHost.get(host) ?? []))) {
      const place = overlapOf(earlier.route, route);
      if (place !== undefined) problems.push({ path: `${name}.exposure`, message: `claims ${place} like that of ${earlier.name}; give one of them another host or path` });
    }
    const entry = { name, route };
    for (const host of route.hosts) byHost.set(host, [...byHost.get(host) ?? [], entry]);
  }
  if (problems.length) throw new MartyError('PLATFORM_INVALID', `routes overlap in ${environment}:`, { problems });
}

/**
 * Checks topics of services that are in AWS in one environment: two whose names AWS takes for one would share their messages.
 *
 * @throws PLATFORM_INVALID with every pair.
 */
export function checkMessaging(services: readonly SettledService[], environment: string): void {
  const messengers = services.flatMap(({ name, topics }) => (topics?.at === 'aws' ? [{ name, ...topics }] : []));
  const problems = messengers.length ? messagingProblems(messengers[0].prefix, messengers) : [];
  if (problems.length) throw new MartyError('PLATFORM_INVALID', `topics cannot be in AWS as they are in ${environment}:`, { problems });
}
