import type { Problem } from '../../errors';
import type { MicroserviceSpec } from '../../spec/microservice';
import type { RuntimeConfig } from '../../spec/runtime-config';

const remedy = 'deploy the image and the ConfigMap of the same description';

/**
 * What the code declares and the ConfigMap does not have, or has otherwise. What only the ConfigMap has is no problem: while a new
 * version rolls out, an old image meets the new ConfigMap.
 *
 * @param found the sections of the ConfigMap that are sound.
 */
export function fitProblems(description: MicroserviceSpec, found: Partial<RuntimeConfig>): Problem[] {
  const { name, data } = description;
  const { service, ports, calls, stores, secrets, topics } = found;
  const missing = (path: string, what: string, use: string) => ({ path, message: `the ConfigMap has no ${what}, which this build ${use}; ${remedy}` });
  const differs = (path: string, got: string, expected: string) => ({ path, message: `is "${got}", but this build expects "${expected}"; ${remedy}` });
  const compared = (path: string, got: string | undefined, expected: string, absent: Problem) => (
    got === undefined ? [absent] : got === expected ? [] : [differs(path, got, expected)]);

  return [
    ...(service === undefined || service === name ? [] : [differs('service', service, name)]),
    ...(ports ? Object.entries(data.ports) : []).flatMap(([alias, { protocol }]) =>
      compared(`ports.${alias}.protocol`, ports?.[alias]?.protocol, protocol, missing(`ports.${alias}`, `port ${alias}`, 'listens on'))),
    ...(calls ? Object.entries(data.calls) : []).flatMap(([alias, { port }]) =>
      compared(`calls.${alias}.protocol`, calls?.[alias]?.protocol, description.targets[alias].ports[port].protocol,
        missing(`calls.${alias}`, `call ${alias}`, 'makes'))),
    ...(stores ? Object.entries(data.stores) : []).flatMap(([alias, { kind }]) =>
      compared(`stores.${alias}.kind`, stores?.[alias]?.kind, kind, missing(`stores.${alias}`, `store ${alias}`, 'keeps its data in'))),
    ...(stores ? Object.entries(stores) : []).flatMap(([alias, store]) => (
      alias in data.stores && store.kind === 'postgres' && store.database === undefined
        ? [{ path: `stores.${alias}.database`, message: `is missing, expected the name of the database; ${remedy}` }] : [])),
    ...(secrets ? Object.keys(data.secrets) : []).flatMap(alias => (
      alias in (secrets ?? {}) ? [] : [missing(`secrets.${alias}`, `secret ${alias}`, 'reads')])),
    ...Object.keys(data.produces).flatMap(alias => (
      alias in (topics?.produces ?? {}) ? [] : [missing(`topics.produces.${alias}`, `topic ${alias}`, 'sends to')])),
    ...Object.keys(data.consumes).flatMap(alias => (
      alias in (topics?.consumes ?? {}) ? [] : [missing(`topics.consumes.${alias}`, `topic ${alias}`, 'receives from')])),
  ];
}
