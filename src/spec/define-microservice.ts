import { z } from 'zod';
import { MartyError, type Problem } from '../errors';
import { callerProblems } from './callers';
import { configurationSchema, isPlain, layersFor, merge } from './configuration';
import { chainOf, environmentProblems, type PlatformSpec } from './environments';
import { evictable, type Disruption } from './disruption';
import { exposureProblems } from './exposure';
import { frozen } from './frozen';
import { dataOf, microserviceSchema, type MicroserviceData, type MicroserviceSpec } from './microservice';
import { operationProblems } from './operation-problems';
import { metricsProblems } from './metrics';
import { problemsOfIssues, tellingFields } from './problems';
import { fewestReplicas, type ScaleSpec } from './scale';
import { isSchema, schemaProblems, type Schema } from './schema';
import { looksSecret } from './secrets';
import { storeNameProblems } from './stores';
import { settle } from './varying';
import type { Call } from './calls';
import type { TopicSpec } from './topics';

type Input = Readonly<Record<string, unknown>>;

/**
 * Checks what a user wrote for a service and fills the defaults.
 *
 * @throws SPEC_INVALID with every problem.
 */
export function defineMicroservice(platform: PlatformSpec, defaults: Input, input: Input): MicroserviceSpec {
  const whole = { ...defaults, ...input };
  const written = dataOf(whole, Object.keys(defaults).filter(field => !(field in (input ?? {}))));
  const { data, problems } = checkMicroservice(platform, written, configurationOf(whole));
  problems.push(...portProblems(whole.calls));
  if (!data || problems.length) throw new MartyError('SPEC_INVALID', `the service ${String(input?.name ?? '(without a name)')} cannot be used:`, { problems });
  const calls = (whole.calls ?? {}) as Record<string, Call>;
  const topics = { ...(whole.produces as object), ...(whole.consumes as object) } as Record<string, TopicSpec>;
  return {
    name: data.name,
    ports: data.ports as MicroserviceSpec['ports'],
    data: frozen(data),
    written: frozen(written),
    platform,
    targets: Object.fromEntries(Object.entries(calls).map(([alias, call]) => [alias, call.target])),
    topics: Object.fromEntries(Object.values(topics).map(topic => [topic.name, topic])),
    configuration: configurationOf(whole),
  };
}

/** Every problem of the JSON form of one service, and the form with defaults where it has none. */
export function checkMicroservice(
  platform: PlatformSpec, written: unknown, configuration?: Schema,
): { data?: MicroserviceData; problems: Problem[] } {
  const result = microserviceSchema.safeParse(written, tellingFields);
  const shape = result.success ? [] : problemsOfIssues(result.error.issues, written);
  const fields = isPlain(written) ? Object.entries(written).filter(([field]) => field !== 'config') : [];
  const problems = [...shape, ...fields.flatMap(([field, value]) => environmentProblems(platform, value, field))];
  const config = configurationSchema.safeParse(isPlain(written) ? written.config : undefined);
  if (config.success) problems.push(...configProblems(platform, config.data, configuration));
  if (result.success && problems.length === 0) {
    const { name, ports, stores, exposure, metrics } = result.data;
    problems.push(
      ...disruptionProblems(platform, result.data), ...storeNameProblems(name, stores),
      ...exposureProblems(exposure, ports), ...metricsProblems(metrics, ports),
      ...callerProblems(platform, result.data), ...operationProblems(platform, result.data, written as Input),
    );
  }
  return { data: result.data, problems };
}

/** A call to a port that its target does not have: the compiler refuses it, JavaScript and casts do not. */
function portProblems(calls: unknown): Problem[] {
  return Object.entries(isPlain(calls) ? calls as Record<string, Partial<Call>> : {}).flatMap(([alias, call]) => {
    const ports = Object.keys(call?.target?.ports ?? {});
    return call?.port === undefined || ports.includes(call.port) ? [] : [{
      path: `calls.${alias}.port`, message: `is "${call.port}", expected a port of ${call.target?.name}: ${ports.join(', ') || 'there is none'}`,
    }];
  });
}

function configurationOf(input: Input): Schema | undefined {
  const schema = isPlain(input.config) ? input.config.schema : undefined;
  return isSchema(schema) ? schema : undefined;
}

/** A budget that never allows an eviction stops every drain of a node, so each environment must allow one. */
function disruptionProblems(platform: PlatformSpec, data: MicroserviceData): Problem[] {
  const stuck = Object.keys(platform.environments).filter(environment => {
    const chain = chainOf(platform.environments, environment);
    return evictable(settle(data.disruption, chain) as Disruption, fewestReplicas(settle(data.scale, chain) as ScaleSpec)) < 1;
  });
  return stuck.length === 0 ? [] : [{
    path: 'disruption',
    message: `never allows an eviction in ${stuck.join(', ')}, where no more replicas may run than it wants available; lower minAvailable or raise scale`,
  }];
}

function configProblems(platform: PlatformSpec, config: z.output<typeof configurationSchema>, configuration?: Schema): Problem[] {
  const environments = Object.keys(platform.environments);
  const unreadable = configuration ? [] : schemaProblems(config.schema, 'config.schema');
  if (unreadable.length) return unreadable;
  const schema = configuration ?? z.fromJSONSchema(config.schema);
  const unknown = Object.keys(config.values).filter(name => name !== 'default' && !environments.includes(name));
  const problems = unknown.map(name => ({ path: `config.values.${name}`, message: `is no environment, expected default or one of ${environments.join(', ')}` }));
  if (!config.values.default) return [...problems, { path: 'config.values.default', message: 'is missing, expected the whole configuration; other layers say what differs' }];
  const known = new Set(Object.keys((config.schema.properties as object | undefined) ?? config.values.default));
  const seen = new Set<string>();
  for (const environment of environments) {
    const layers = layersFor(config.values, chainOf(platform.environments, environment));
    const values = layers.reduce((below, layer) => merge(below, layer.values), {});
    const result = z.safeParse(schema, values);
    for (const { path, message } of result.success ? [] : problemsOfIssues(result.error.issues, values)) {
      const layer = [...layers].reverse().find(({ values: said }) => mentions(said, path))?.name ?? 'default';
      problems.push({ path: `config.values.${layer}.${path}`, message });
    }
  }
  for (const [layer, values] of Object.entries(config.values)) {
    for (const key of Object.keys(values).filter(name => !known.has(name))) problems.push({ path: `config.values.${layer}.${key}`, message: 'is no key of the schema' });
    for (const path of secretsIn(values)) {
      problems.push({ path: `config.values.${layer}.${path}`, message: 'looks like a secret in plain configuration; declare it under secrets, or choose another name' });
    }
  }
  for (const key of config.reloadable.filter(name => !known.has(name))) problems.push({ path: 'config.reloadable', message: `names "${key}", which is no key of the schema` });
  return problems.filter(({ path, message }) => !seen.has(path + message) && seen.add(path + message));
}

function mentions(values: Input, path: string): boolean {
  let at: unknown = values;
  return path.split(/[.[]/).every(key => {
    if (!isPlain(at) || !(key in at)) return Array.isArray(at);
    at = at[key];
    return true;
  });
}

function secretsIn(values: Input): string[] {
  return Object.entries(values).flatMap(([key, value]) => (
    isPlain(value) ? secretsIn(value).map(path => `${key}.${path}`)
      : typeof value === 'string' && value !== '' && looksSecret(key) ? [key] : []));
}
