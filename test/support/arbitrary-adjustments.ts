import type { Description } from '../../src/spec/description';
import type { Kind } from './arbitrary-operation';
import type { Dice } from './dice';

type Service = Description['services'][number];
type Plain<K extends keyof Service> = Exclude<NonNullable<Service[K]>, { perEnvironment: unknown }>;

/** Services of other repositories that may call. */
export function arbitraryCallers(dice: Dice, ports: readonly string[]): Plain<'callers'> {
  return Array.from({ length: dice.count(1, 2) }, () => ({
    name: dice.label('caller', 63),
    ...(dice.maybe() ? { namespace: `far-${dice.label('far', 20)}` } : {}),
    ...(dice.maybe() ? { labels: { app: dice.label('caller-app', 30) } } : {}),
    ports: ports.slice(0, dice.count(1, ports.length)),
  }));
}

/** A live workload, with labels and names that nothing else has. */
export function arbitraryAdoption(dice: Dice, kind: Kind, volumes: NonNullable<Service['volumes']> = {}, ports: NonNullable<Service['ports']> = {}): Plain<'adopt'> {
  if (dice.pick('adopt', ['none', 'live']) === 'none') return 'none';
  return {
    selector: { app: dice.label('live', 40) },
    ...(dice.maybe() ? { name: `${dice.label('live-workload', 40)}${kind === 'deployment' || kind === 'daemon' ? '.live' : '-live'}` } : {}),
    ...(dice.maybe() ? { service: `${dice.label('live-service', 40)}-live` } : {}),
    ...(dice.maybe() ? { container: dice.label('live-container', 40) } : {}),
    ...(kind === 'stateful' && dice.maybe() ? { headless: `${dice.label('live-headless', 40)}-live` } : {}),
    ...(dice.maybe() ? { claims: Object.fromEntries(Object.keys(volumes).filter(alias => volumes[alias].kind === 'claim').map(alias => [alias, `live-${dice.label('live-claim', 40)}`])) } : {}),
    ...(dice.maybe() ? { servicePorts: Object.fromEntries(Object.keys(ports).slice(0, 1).map(name => [name, dice.int(1, 1023)])) } : {}),
  };
}

/** Patches of objects that every service has. */
export function arbitraryPatches(dice: Dice, kind: Kind): NonNullable<Service['patches']> {
  const patch = { metadata: { annotations: { 'acme.example/note': dice.pick('note', ['plain', '', 'two\nlines']) } } };
  return { [dice.pick('patched', [...(kind === 'deployment' ? ['Deployment'] : []), 'ServiceAccount', 'ConfigMap'])]: patch };
}

/** Objects of kinds whose schema is known, and of others. */
export function arbitraryObjects(dice: Dice): Plain<'objects'> {
  const name = () => `raw-${dice.label('raw', 40)}`;
  return Array.from({ length: dice.count(1, 2) }, () => (dice.pick('raw-kind', ['ConfigMap', 'Widget']) === 'ConfigMap'
    ? { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name(), ...(dice.maybe() ? { namespace: 'kube-public' } : {}), ...(dice.maybe() ? { annotations: {} } : {}) }, data: { key: 'value' } }
    : { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: name() }, spec: { deep: [{ empty: {} }] } }));
}

export function arbitraryWaivers(dice: Dice): Plain<'waivers'> {
  return [{ rule: dice.pick('rule', ['container-cpu-limit', 'autoscaler-minimum'] as const), reason: dice.pick('reason', ['bursts at the start of every hour', 'ten chars!']) }];
}
