import { kubernetesVersions, type EnvironmentInput, type Location } from '../../src/spec';
import type { Dice } from './dice';

/** The facts that the services of a fleet need. */
export interface Needs {
  readonly stores: ReadonlySet<'postgres' | 'redis'>;
  readonly kafka: boolean;
  readonly secrets: boolean;
  readonly gateway: boolean;
  readonly keda: boolean;
  readonly sidecars: boolean;
}

/** Whether host names may stand without addresses, since every environment's network plugin can match them. */
export interface Network { readonly cilium: boolean }

/** A place that the platform does not deploy. Namespaces outside never are those of a platform. */
export function arbitraryLocation(dice: Dice, { cilium }: Network): Location {
  if (dice.pick('location', ['namespace', 'host']) === 'namespace') {
    return {
      namespace: `out-${dice.label('outside', 20)}`,
      ...(dice.maybe() ? { service: dice.label('outside-service', 63) } : {}),
      ...(dice.maybe() ? { labels: { app: dice.label('outside-app', 30) } } : {}),
    };
  }
  const cidrs = dice.pick('cidrs', ['internet', ['10.1.0.0/16'], ['203.0.113.0/24', '2001:db8::/32']] as const);
  return { host: arbitraryHost(dice), ...(cilium && !dice.maybe() ? {} : { cidrs: cidrs === 'internet' ? cidrs : [...cidrs] }) };
}

export function arbitraryHost(dice: Dice): string {
  return `${dice.label('host', 20)}.${dice.pick('domain', ['example', 'acme.example', 'test'])}`;
}

/** Every fact of an environment that stands alone, as far as it is needed or happens to be said. */
export function arbitraryEnvironment(dice: Dice, needs: Needs, network: Network): EnvironmentInput {
  const binding = () => ({ at: arbitraryLocation(dice, network), ...(dice.maybe() ? { port: dice.int(1, 65_535) } : {}) });
  return {
    kubernetes: dice.pick('kubernetes', needs.sidecars ? kubernetesVersions.slice(1) : kubernetesVersions),
    domain: arbitraryHost(dice),
    ...(dice.maybe() ? { namespace: `in-${dice.label('namespace', 50)}` } : {}),
    ...(dice.maybe() ? { clusterDomain: dice.pick('cluster-domain', ['cluster.local', 'k8s.acme.example']) } : {}),
    ...(dice.maybe() ? { dns: { namespace: 'dns-system', labels: { 'k8s-app': 'coredns' } } } : {}),
    ...(dice.maybe() ? { monitoring: dice.pick('monitoring', ['none', { namespace: 'watch' }, { namespace: 'watch', labels: { 'acme.example/release': 'prometheus' } }] as const) } : {}),
    ...(needs.gateway || dice.maybe() ? { gateway: { name: dice.label('gateway', 63), namespace: 'gateways' } } : {}),
    ...(needs.secrets || dice.maybe() ? { secretStore: arbitrarySecretStore(dice) } : {}),
    ...(network.cilium || dice.maybe() ? { networkPolicies: network.cilium ? 'cilium' : dice.pick('network', ['kubernetes', 'calico', 'cilium'] as const) } : {}),
    ...(needs.keda || dice.maybe() ? { keda: needs.keda || dice.pick('keda', [true, false]) } : {}),
    ...(dice.maybe() ? { pullSecrets: ['mirror'] } : {}),
    ...(dice.maybe() ? { registry: dice.pick('registry', ['mirror.acme.example/cache', 'registry:5000']) } : {}),
    ...(dice.maybe() ? { security: dice.pick('security', ['restricted', 'platform-assigned-uid'] as const) } : {}),
    ...(dice.maybe() ? { userNamespaces: dice.pick('user-namespaces', [true, false]) } : {}),
    ...(dice.maybe() ? { quota: arbitraryQuota(dice) } : {}),
    ...(dice.maybe() ? { zones: dice.int(1, 10) } : {}),
    stores: {
      ...(needs.stores.has('postgres') || dice.maybe() ? { postgres: binding() } : {}),
      ...(needs.stores.has('redis') || dice.maybe() ? { redis: binding() } : {}),
    },
    ...(needs.kafka || dice.maybe() ? { kafka: binding() } : {}),
  };
}

/** What an environment says besides the one it extends. Facts are replaced whole, so each is as it would stand alone. */
export function arbitraryDerived(dice: Dice, base: string, needs: Needs, network: Network): { extends: string } & Partial<EnvironmentInput> {
  const facts = Object.entries(arbitraryEnvironment(dice, needs, network)).filter(() => dice.maybe());
  return { extends: base, ...Object.fromEntries(facts) };
}

function arbitrarySecretStore(dice: Dice): NonNullable<EnvironmentInput['secretStore']> {
  const form = dice.pick('secret-store-form', ['store', 'store', 'existing', 'csi'] as const);
  if (form !== 'store') return { kind: form };
  return { name: dice.label('secret-store', 63), ...(dice.maybe() ? { kind: dice.pick('secret-store-kind', ['ClusterSecretStore', 'SecretStore'] as const) } : {}) };
}

function arbitraryQuota(dice: Dice): NonNullable<EnvironmentInput['quota']> {
  return {
    ...(dice.maybe() ? { cpu: dice.int(1, 1_000_000) / 10 } : {}),
    ...(dice.maybe() ? { memoryGiB: dice.int(1, 1_000_000) / 10 } : {}),
    ...(dice.maybe() ? { pods: dice.int(1, 5000) } : {}),
  };
}
