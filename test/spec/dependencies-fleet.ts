import { hostOf } from '../../src/spec/names';
import type { SettledService } from '../../src/spec';

export { dependenciesOf } from '../../src/spec/dependencies';

const hostIn = (service: string) => hostOf(service, 'shop', 'cluster.local');

/**
 * As much of settled services as their order depends on: `b` is called, `b?` too but can be missed, `database:b` is a store, `kafka:b`
 * carries topics.
 */
export function settledServices(calls: Readonly<Record<string, readonly string[]>>): SettledService[] {
  return Object.entries(calls).map(([name, needed]) => {
    const called = needed.filter(other => !other.includes(':'));
    const behind = (prefix: string) => needed.filter(other => other.startsWith(prefix)).map(other => ({ host: hostIn(other.slice(prefix.length)) }));
    const service = {
      name, namespace: 'shop', facts: { clusterDomain: 'cluster.local' }, identity: { service: name },
      calls: Object.fromEntries(called.map(other => [other, { host: hostIn(other.replace('?', '')), optional: other.endsWith('?') }])),
      stores: Object.fromEntries(behind('database:').entries()),
      topics: behind('kafka:').map(({ host }) => ({ at: 'kafka', host }))[0],
    };
    return service as unknown as SettledService;
  });
}
