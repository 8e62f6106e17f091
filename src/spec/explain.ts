import { didYouMean, MartyError } from '../errors';
import { isPlain, layersFor, merge } from './configuration';
import { chainOf, factsOf } from './environments';
import { isPerEnvironment, settle } from './varying';
import type { MicroserviceSpec } from './microservice';

/** One place that says, or could have said, a value. */
export interface Layer {
  /** Who says it: `default`, an environment, the team's defaults, the service, or the built-in default. */
  readonly name: string;
  readonly value: unknown;
  /** Whether it is the one that counts. */
  readonly wins: boolean;
}

export interface Explanation {
  readonly value: unknown;
  /** Every layer that says something, the one that counts last. */
  readonly layers: readonly Layer[];
}

/**
 * Tells which layer set a value of a service, or of an environment, in one environment.
 *
 * @param path `orders.scale.max`, `orders.config.limits.weekly`, or `environment.zones`.
 * @throws USAGE when there is nothing at the path.
 */
export function explain(services: readonly MicroserviceSpec[], environment: string, path: string): Explanation {
  const [subject, ...keys] = path.split('.').filter(Boolean);
  const { platform } = services[0];
  factsOf(platform, environment);
  const chain = chainOf(platform.environments, environment);
  if (subject === 'environment') return explainFact(services[0], environment, chain, keys);
  const service = services.find(({ name }) => name === subject);
  const names = services.map(({ name }) => name);
  if (!service) throw new MartyError('USAGE', `path: begins with "${subject ?? ''}", expected environment or one of ${names.join(', ')}${didYouMean(subject ?? '', ['environment', ...names])}`);
  const found = keys[0] === 'config' ? configLayers(service, chain, keys.slice(1)) : fieldLayers(service, chain, keys);
  if (!found.length) throw new MartyError('USAGE', `path: nothing is said at "${path}"; ${service.name} has ${Object.keys(service.data).join(', ')}${didYouMean(keys[0] ?? '', Object.keys(service.data))}`);
  return explanation(found, keys[0] === 'config');
}

interface Said { readonly name: string; readonly value: unknown }

type Plain = Readonly<Record<string, unknown>>;

/** @param merges whether layers are laid over each other, as those of configuration are; elsewhere the last one stands alone. */
function explanation(said: readonly Said[], merges = false): Explanation {
  const layers = said.map((layer, index) => ({ ...layer, wins: index === said.length - 1 }));
  const last = layers[layers.length - 1].value;
  const laid = () => said.reduce<Plain>((below, { value }) => (isPlain(value) ? merge(below, value) : below), {});
  return { value: merges && isPlain(last) ? laid() : last, layers };
}

function explainFact(service: MicroserviceSpec, environment: string, chain: readonly string[], keys: readonly string[]): Explanation {
  const { environments } = service.platform;
  const said = [...chain].reverse().flatMap(name => saidAt(name, environments[name], keys));
  const value = valueAt(factsOf(service.platform, environment), keys);
  if (value === undefined) throw new MartyError('USAGE', `path: the environment ${environment} names no fact "${keys.join('.')}"${didYouMean(keys[0] ?? '', Object.keys(factsOf(service.platform, environment)))}`);
  return explanation(said.length ? said : [{ name: 'built-in default', value }]);
}

function configLayers(service: MicroserviceSpec, chain: readonly string[], keys: readonly string[]): Said[] {
  return layersFor(service.data.config?.values ?? {}, chain).flatMap(({ name, values }) => saidAt(name, values, keys));
}

/** Walks down to the value; where it branches by environment, each branch that counts is a layer. */
function fieldLayers(service: MicroserviceSpec, chain: readonly string[], keys: readonly string[]): Said[] {
  const by = service.data.inherited.includes(keys[0]) ? "the team's defaults" : 'the service';
  const written = layersAt(service.written, keys, chain, by);
  if (written.length) return written;
  const value = valueAt(settle(service.data, chain), keys);
  return value === undefined ? [] : [{ name: 'built-in default', value }];
}

function layersAt(value: unknown, keys: readonly string[], chain: readonly string[], by: string): Said[] {
  if (isPerEnvironment(value)) {
    const { perEnvironment } = value;
    return ['default', ...[...chain].reverse()].filter(name => name in perEnvironment)
      .flatMap(name => layersAt(perEnvironment[name], keys, chain, `${name}, said by ${by}`));
  }
  if (keys.length === 0) return value === undefined ? [] : [{ name: by, value: settle(value, chain) }];
  return isPlain(value) ? layersAt(value[keys[0]], keys.slice(1), chain, by) : [];
}

function saidAt(name: string, value: unknown, keys: readonly string[]): Said[] {
  const found = valueAt(value, keys);
  return found === undefined ? [] : [{ name, value: found }];
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (isPlain(at) ? at[key] : undefined), value);
}
