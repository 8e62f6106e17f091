import { headlessNameOf, hostOf } from './names';
import type { SettledService } from './settle';

/** What a service waits for when a fleet is rolled out, in one environment. */
export interface Dependency {
  /** The services that have to be there before it, sorted. There is no circle among them. */
  readonly after: readonly string[];
  /** How many services stand before it, one after the other: 0 where it waits for none. */
  readonly wave: number;
}

/**
 * The order in which services are rolled out: each after those that it cannot work without. That is whom it calls, unless the call is
 * optional, and the services that run its stores, its Kafka or what it knows as external. Services that wait for each other come together.
 */
export function dependenciesOf(services: readonly SettledService[]): Readonly<Record<string, Dependency>> {
  const hosts = new Map(services.flatMap(({ name, namespace, identity, facts: { clusterDomain } }) => (
    [identity.service, headlessNameOf(identity.service)].map(service => [hostOf(service, namespace, clusterDomain), name] as const))));
  const needs = new Map(services.map(service => [service.name, neededBy(service, hosts)]));
  const circles = circlesOf(needs);
  const after = new Map([...needs].map(([name, needed]) => [name, needed.filter(other => circles.get(other) !== circles.get(name))]));
  const waves = new Map<string, number>();
  // Whoever is in a circle waits for all that somebody in it waits for, so that the circle has one wave.
  const members = new Map<string, string[]>();
  for (const [name, circle] of circles) members.set(circle, [...members.get(circle) ?? [], name]);
  const waveOf = (circle: string): number => {
    const known = waves.get(circle);
    if (known !== undefined) return known;
    const before = (members.get(circle) ?? []).flatMap(name => after.get(name) ?? []).map(name => circles.get(name) ?? name);
    const wave = Math.max(-1, ...[...new Set(before)].map(waveOf)) + 1;
    waves.set(circle, wave);
    return wave;
  };
  return Object.fromEntries([...needs.keys()].sort().map(name => [name, { after: after.get(name) ?? [], wave: waveOf(circles.get(name) ?? name) }]));
}

/** The services of the fleet behind the addresses that a service cannot do without, by name. */
function neededBy({ name, calls, stores, topics }: SettledService, hosts: ReadonlyMap<string, string>): string[] {
  const reached = [...Object.values(calls).filter(({ optional }) => !optional), ...Object.values(stores), ...(topics?.at === 'kafka' ? [topics] : [])];
  const found = new Set(reached.map(({ host }) => hosts.get(host)).filter(service => service !== undefined && service !== name));
  return [...found].filter(service => service !== undefined).sort();
}

/**
 * For each service the circle it belongs to, called after the first of its members by name; one that is in none is a circle of its own.
 *
 * @see https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 */
function circlesOf(edges: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles = new Map<string, string>();
  const visit = (name: string): number => {
    const number = numbers.size;
    numbers.set(name, number);
    lowest.set(name, number);
    open.push(name);
    for (const next of edges.get(name) ?? []) {
      const met = numbers.get(next);
      if (met !== undefined && circles.has(next)) continue;
      lowest.set(name, Math.min(lowest.get(name) ?? number, met ?? visit(next)));
    }
    const low = lowest.get(name) ?? number;
    if (low === number) {
      const circle = open.splice(open.indexOf(name));
      const [first] = [...circle].sort();
      circle.forEach(member => circles.set(member, first));
    }
    return low;
  };
  for (const name of [...edges.keys()].sort()) if (!numbers.has(name)) visit(name);
  return circles;
}
