import { kubernetesVersions, type EnvironmentInput, type Location } from '../../src/spec';
import { arbitraryKafka } from './arbitrary-kafka';
import { arbitraryProvision } from './arbitrary-kafka-existing';
import type { StoreKind } from '../../src/spec/stores';
import type { Dice } from './dice';

type BucketPlaces = NonNullable<NonNullable<NonNullable<EnvironmentInput['stores']>['bucket']>['servers']>;

/** The facts that the services of a fleet need. */
export interface Needs {
  /** Stores of each kind, by `<service>.<store>`. */
  readonly stores: ReadonlyMap<StoreKind, readonly string[]>;
  readonly kafka: boolean;
  /** Whether AWS could carry what they send and receive. */
  readonly inAws: boolean;
  /** The services that send or receive messages. */
  readonly users: readonly string[];
  readonly secrets: boolean;
  readonly gateway: boolean;
  /** Whether TLS passes through to a service, which an Ingress cannot do. */
  readonly passthrough: boolean;
  readonly keda: boolean;
  readonly sidecars: boolean;
  /** Whether some container has no limit of CPU, so that nothing may ask for one. */
  readonly unlimited: boolean;
}

/** Whether host names may stand without addresses, since every environment's network plugin can match them. */
export interface Network { readonly cilium: boolean }

/** A place that the platform does not deploy. Namespaces outside never are those of a platform. */
export function arbitraryLocation(dice: Dice, { cilium }: Network): Location {
  if (dice.pick('location', ['namespace', 'host', 'host']) === 'namespace') {
    return {
      namespace: `out-${dice.label('outside', 20)}`,
      ...(dice.maybe() ? { service: dice.label('outside-service', 63) } : {}),
      ...(dice.maybe() ? { labels: { app: dice.label('outside-app', 30) } } : {}),
      ...(dice.maybe() ? { ownPolicy: true as const } : {}),
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
  const storesOf = (kind: 'postgres' | 'redis') => {
    const names = needs.stores.get(kind) ?? ['nobody.db'];
    const servers = Object.fromEntries(names.filter(() => dice.maybe())
      .map(name => [name, { ...binding(), ...(dice.maybe() ? { secret: `vault/${name}` } : {}) }]));
    return orCommon(servers, names);
  };
  const bucketsIn = (names: readonly string[]) => ({
    ...orCommon(Object.fromEntries(names.filter(() => dice.maybe()).map(name => [name, arbitraryBucket(dice, name, binding())])), names),
    ...(dice.maybe() ? { tls: dice.pick('tls', [true, false]) } : {}), ...(dice.maybe() ? { region: 'here' } : {}),
  });
  const orCommon = <S>(servers: Record<string, S>, names: readonly string[]) => {
    const [common, count] = [binding(), Object.keys(servers).length];
    const { at, ...rest } = common;
    // Where every store has a server of its own, none is needed for the others.
    const needed = count === 0 || count < names.length || dice.pick('common-server', [true, false]);
    return { ...rest, ...(needed ? { at } : {}), ...(count > 0 ? { servers } : {}) };
  };
  return {
    // Sidecars need 1.29, and routes of TLS 1.30.
    kubernetes: dice.pick('kubernetes', kubernetesVersions.slice(needs.passthrough ? 2 : needs.sidecars ? 1 : 0)),
    domain: arbitraryHost(dice),
    ...(dice.maybe() ? { namespace: `in-${dice.label('namespace', 50)}` } : {}),
    ...(dice.maybe() ? { clusterDomain: dice.pick('cluster-domain', ['cluster.local', 'k8s.acme.example']) } : {}),
    ...(dice.maybe() ? { dns: { namespace: 'dns-system', labels: { 'k8s-app': 'coredns' } } } : {}),
    ...(dice.maybe() ? { monitoring: dice.pick('monitoring', ['none', { namespace: 'watch' }, { namespace: 'watch', labels: { 'acme.example/release': 'prometheus' } }] as const) } : {}),
    ...(needs.gateway || dice.maybe() ? { gateway: arbitraryGateway(dice, needs) } : {}),
    // Listeners of one's own need an issuer, wherever the environment that has them extends this one.
    ...(needs.gateway || dice.maybe() ? { issuer: arbitraryIssuer(dice) } : {}),
    ...(needs.secrets || dice.maybe() ? { secretStore: arbitrarySecretStore(dice) } : {}),
    ...(network.cilium || dice.maybe() ? { networkPolicies: network.cilium ? 'cilium' : dice.pick('network', ['kubernetes', 'calico', 'cilium'] as const) } : {}),
    ...(needs.keda || dice.maybe() ? { keda: needs.keda || dice.pick('keda', [true, false]) } : {}),
    ...(dice.maybe() ? { pullSecrets: ['mirror'] } : {}),
    ...(dice.maybe() ? { registry: dice.pick('registry', ['mirror.acme.example/cache', 'registry:5000']) } : {}),
    ...(dice.maybe() ? { security: dice.pick('security', ['restricted', 'platform-assigned-uid'] as const) } : {}),
    ...(dice.maybe() ? { userNamespaces: dice.pick('user-namespaces', [true, false]) } : {}),
    ...(dice.maybe() ? { mesh: arbitraryMesh(dice) } : {}),
    ...(dice.maybe() ? { quota: arbitraryQuota(dice, needs) } : {}),
    ...(dice.maybe() ? { containerDefaults: arbitraryContainerDefaults(dice, needs) } : {}),
    ...(dice.maybe() ? { egress: arbitraryEgress(dice) } : {}),
    ...(dice.maybe() ? { internet: arbitraryInternet(dice) } : {}),
    ...(dice.maybe() ? { zones: dice.int(1, 10) } : {}),
    stores: {
      ...(needs.stores.has('postgres') || dice.maybe() ? { postgres: storesOf('postgres') } : {}),
      ...(needs.stores.has('redis') || dice.maybe() ? { redis: storesOf('redis') } : {}),
      ...(needs.stores.has('bucket') || dice.maybe() ? { bucket: bucketsIn(needs.stores.get('bucket') ?? ['nobody.files']) } : {}),
    },
    ...(needs.kafka || dice.maybe() ? arbitraryMessages(dice, needs, binding) : {}),
  };
}

/** What topics and queues are called first where they are in AWS. */
export const awsPrefix = 'p';

/** A Kafka, or topics in AWS where these can be. */
function arbitraryMessages(dice: Dice, { inAws, users }: Needs, binding: () => { at: Location; port?: number }): Pick<EnvironmentInput, 'kafka' | 'topics'> {
  if (inAws && dice.pick('messages', ['kafka', 'aws']) === 'aws') {
    const cidrs = dice.pick<string[] | 'internet'>('topics-cidrs', ['internet', ['10.30.18.0/24', '10.30.50.0/24']]);
    return { topics: { at: 'aws', region: 'eu-central-1', account: '123456789012', prefix: awsPrefix, cidrs } };
  }
  if (dice.pick('kafka', ['bound', 'own', 'bound', 'own', 'bound', 'bound']) === 'own') return { kafka: arbitraryKafka(dice) };
  return { kafka: { ...binding(), ...(dice.maybe() ? { provision: arbitraryProvision(dice, users) } : {}) } };
}

/** The place of one bucket: on S3 itself, or on a server of one's own. */
function arbitraryBucket(dice: Dice, name: string, binding: { at: Location; port?: number }): BucketPlaces[string] {
  if (dice.pick('bucket', ['aws', 'own']) === 'own') {
    return {
      ...binding, ...(dice.maybe() ? { bucket: 'shared-files' } : {}), ...(dice.maybe() ? { tls: dice.pick('tls', [true, false]) } : {}),
      ...(dice.maybe() ? { region: 'here' } : {}), ...(dice.maybe() ? { secret: `vault/${name}` } : {}),
    };
  }
  const keys = dice.pick('bucket-credentials', ['unsaid', 'pod-identity', 'secret'] as const);
  return {
    bucket: 'acme-files', region: dice.pick('region', ['eu-central-1', 'cn-north-1']),
    ...(dice.maybe() ? { cidrs: dice.pick<string[] | 'internet'>('bucket-cidrs', ['internet', ['3.5.134.0/23']]) } : {}),
    ...(keys === 'unsaid' ? {} : { credentials: keys }), ...(keys === 'secret' && dice.maybe() ? { secret: `vault/${name}` } : {}),
  };
}

/** What an environment says besides the one it extends. Facts are replaced whole, so each is as it would stand alone. */
export function arbitraryDerived(dice: Dice, base: string, needs: Needs, network: Network): { extends: string } & Partial<EnvironmentInput> {
  const facts = Object.entries(arbitraryEnvironment(dice, needs, network)).filter(() => dice.maybe());
  return { extends: base, ...Object.fromEntries(facts) };
}

function arbitraryGateway(dice: Dice, needs: Needs): NonNullable<EnvironmentInput['gateway']> {
  if (!needs.passthrough && dice.pick('edge', ['gateway', 'ingress']) === 'ingress') {
    return {
      ingressClass: dice.label('ingress', 63), namespace: 'gateways', grpcAnnotations: { 'acme.example/backend': 'grpc' },
      ...(dice.maybe() ? { annotations: { 'acme.example/edge': 'public' } } : {}),
    };
  }
  return { name: dice.label('gateway', 63), namespace: 'gateways', ...(dice.maybe() ? { listeners: dice.pick('listeners', ['shared', ...(needs.gateway ? ['own' as const] : [])] as const) } : {}) };
}

function arbitraryIssuer(dice: Dice): NonNullable<EnvironmentInput['issuer']> {
  return {
    name: dice.label('issuer', 63),
    ...(dice.maybe() ? { kind: dice.pick('issuer-kind', ['ClusterIssuer', 'Issuer'] as const) } : {}),
    ...(dice.maybe() ? { challenge: dice.pick('challenge', ['dns01', 'http01'] as const) } : {}),
  };
}

function arbitraryMesh(dice: Dice): NonNullable<EnvironmentInput['mesh']> {
  const kind = dice.pick('mesh', ['istio-sidecar', 'linkerd', 'istio-ambient'] as const);
  if (dice.pick('mesh-form', ['long', 'short']) === 'short') return dice.maybe() ? kind : dice.pick('mesh-none', [kind, 'none'] as const);
  if (kind === 'istio-ambient') return { kind };
  const namespace = dice.maybe() ? { namespace: `mesh-${dice.label('mesh', 40)}` } : {};
  if (kind === 'linkerd') return { kind, ...namespace };
  return { kind, ...namespace, ...(dice.maybe() ? { revision: dice.pick('revision', ['stable', '1-30-3']) } : {}) };
}

function arbitrarySecretStore(dice: Dice): NonNullable<EnvironmentInput['secretStore']> {
  const form = dice.pick('secret-store-form', ['store', 'store', 'existing', 'csi'] as const);
  if (form !== 'store') return { kind: form };
  return { name: dice.label('secret-store', 63), ...(dice.maybe() ? { kind: dice.pick('secret-store-kind', ['ClusterSecretStore', 'SecretStore'] as const) } : {}) };
}

/** A quota of any size; what services do not fit into is enlarged in the end. */
function arbitraryQuota(dice: Dice, { unlimited }: Needs): NonNullable<EnvironmentInput['quota']> {
  const request = () => dice.int(1, 500_000) / 10;
  const limit = () => dice.int(500_000, 1_000_000) / 10;
  return {
    ...(dice.maybe() ? { cpu: request() } : {}),
    ...(dice.maybe() ? { memoryGiB: request() } : {}),
    ...(!unlimited && dice.maybe() ? { cpuLimit: limit() } : {}),
    ...(dice.maybe() ? { memoryLimitGiB: limit() } : {}),
    ...(dice.maybe() ? { pods: dice.int(1, 5000) } : {}),
    ...(dice.maybe() ? { claims: dice.int(1, 5000) } : {}),
    ...(dice.maybe() ? { storageGiB: dice.int(1, 5000) } : {}),
  };
}

function arbitraryContainerDefaults(dice: Dice, { unlimited }: Needs): NonNullable<EnvironmentInput['containerDefaults']> {
  return {
    ...(dice.maybe() ? { cpuMillis: dice.int(1, 500) } : {}),
    ...(dice.maybe() ? { cpuLimitMillis: unlimited ? 'none' as const : dice.pick<number | 'none'>('default-cpu-limit', [dice.int(500, 256_000), 'none']) } : {}),
    ...(dice.maybe() ? { memoryMiB: dice.int(1, 256) } : {}),
    ...(dice.maybe() ? { memoryLimitMiB: dice.int(256, 4_194_304) } : {}),
    ...(dice.maybe() ? { diskMiB: dice.int(1, 256) } : {}),
    ...(dice.maybe() ? { diskLimitMiB: dice.int(256, 4_194_304) } : {}),
  };
}

function arbitraryEgress(dice: Dice): NonNullable<EnvironmentInput['egress']> {
  const cidrs = ['169.254.20.10/32', '172.20.0.0/16', 'fd00:10::/64'] as const;
  return cidrs.slice(0, dice.count(1, 3)).map(cidr => ({
    cidr, ports: [3128, 53].slice(0, dice.count(1, 2)), ...(dice.maybe() ? { protocols: dice.pick('egress-protocols', [['TCP', 'UDP'], ['UDP']] as const).slice() } : {}),
  }));
}

function arbitraryInternet(dice: Dice): NonNullable<EnvironmentInput['internet']> {
  return {
    ...(dice.maybe() ? { addresses: dice.pick('addresses', ['both', 'ipv4', 'ipv6'] as const) } : {}),
    ...(dice.maybe() ? { except: dice.pick('except', [['198.51.100.0/24', '2001:db8:1::/48'], ['168.63.129.16/32']]).slice() } : {}),
  };
}
