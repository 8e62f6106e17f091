import { MartyError, type Problem } from '../errors';
import { awsHostOf } from './aws';
import { identityOf, identityOfTarget, servicePortOf, type Adopted, type Identity } from './adoption';
import { layersFor, merge } from './configuration';
import { bucketPlaceOf, endpointOf } from './buckets';
import { isForeign, placeOf } from './contract';
import { chainOf, factsOf } from './environments';
import { isExternal } from './external';
import { operationFactProblems } from './operation-problems';
import { isOwnKafka, kafkaPlaceOf, registryPlaceOf, type KafkaPlace } from './kafka';
import { hostOf } from './names';
import { routeOf, type Route, type RouteSpec } from './exposure';
import { gatewayProblems } from './gateway';
import { meshProblems } from './mesh';
import { awsServicesOf, awsTopicsOf, messagingProblems, type AwsTopicsSpec } from './messaging';
import { inOrder } from './order';
import { selectorProblems, type RawObject } from './patches';
import { clusterPeersOf, peerOf, type Peer } from './peers';
import { resourcesOf, type ResourcesSpec } from './resources';
import { databaseOf, type StoreSpec } from './stores';
import { settle, type Settled } from './varying';
import { isLasting } from './workload';
import type { Caller } from './access';
import type { Location } from './address';
import type { CallSpec } from './calls';
import type { ForeignContract } from './contract';
import type { Disruption } from './disruption';
import type { Environment } from './environment';
import type { HealthSpec } from './health';
import type { MicroserviceData, MicroserviceSpec } from './microservice';
import type { operationShape } from './operation';
import type { Protocol } from './ports';
import type { ScaleSpec } from './scale';
import { usualTopic, type Cleanup, type TopicSpec } from './topics';
import type { WaiverSpec } from './waivers';

/** Something that is reached over the network: where clients find it, and how a network policy names it. */
export interface Reach { readonly host: string; readonly port: number; readonly peer: Peer }

export interface SettledCall extends Reach, Pick<Settled<CallSpec>, 'timeoutMs' | 'optional' | 'idempotent'> {
  readonly service: string;
  readonly portName: string;
  /** The number in the pods, which network policies go by; `port` is that of the Service. */
  readonly podPort: number;
  readonly protocol: Protocol;
  readonly tls: boolean;
}

export interface SettledServer extends Reach { readonly kind: 'postgres' | 'redis'; readonly version?: number; readonly database?: string; readonly secret: string }

export interface SettledBucket extends Reach {
  readonly kind: 'bucket';
  readonly bucket: string;
  readonly region: string;
  /** The address of a server that is not S3 itself. */
  readonly endpoint?: string;
  /** Where the secret store keeps its key pair; nothing where the cloud knows the pods. */
  readonly secret?: string;
}

export type SettledStore = SettledServer | SettledBucket;

export interface SettledTopic {
  readonly topic: string;
  readonly key: string;
  readonly partitions: number;
  readonly retentionMs: number;
  readonly cleanup: Cleanup;
  readonly replication?: number;
  readonly minInsync?: number;
  readonly producedElsewhere: boolean;
  /** What the description itself says of its messages: in a Kafka that exists nothing else is made so. */
  readonly described: { readonly retentionMs?: number; readonly cleanup?: Cleanup };
}

/** The Kafka that carries the topics of a service. */
export interface KafkaTopics extends Reach {
  readonly at: 'kafka';
  readonly secret: string;
  /** The addresses of brokers, which may have other names than `host`. */
  readonly brokers?: Peer;
  /** The Secret whose `ca.crt` says whom to trust, where the Kafka is one of the platform's own. */
  readonly authority?: string;
  /** Where the schemas of messages are, where such a Kafka has a registry. */
  readonly registry?: Reach;
  readonly produces: Readonly<Record<string, SettledTopic>>;
  readonly consumes: Readonly<Record<string, SettledTopic>>;
}

/** The topics of SNS that a service sends to, and the queues of SQS that it receives from. It proves who it is by its service account. */
export interface AwsTopics extends Pick<AwsTopicsSpec, 'at' | 'region' | 'account' | 'prefix'> {
  readonly reached: Reach[];
  readonly produces: Readonly<Record<string, SettledTopic & { readonly topicArn: string }>>;
  readonly consumes: Readonly<Record<string, SettledTopic & { readonly queueUrl: string; readonly deadLetterUrl: string }>>;
}

/** What carries the topics of a service. */
export type SettledTopics = KafkaTopics | AwsTopics;

/** How a service runs, in one environment. */
type Operation = Settled<Pick<MicroserviceData, keyof typeof operationShape>>;

/** One service in one environment: nothing varies any more, and everything it refers to has an address. */
export interface SettledService extends Pick<MicroserviceData, 'name' | 'team' | 'tier' | 'image' | 'ports' | 'secrets'>, Operation {
  readonly platform: string;
  readonly environment: string;
  readonly namespace: string;
  readonly facts: Environment;
  readonly calls: Readonly<Record<string, SettledCall>>;
  readonly stores: Readonly<Record<string, SettledStore>>;
  readonly topics?: SettledTopics;
  readonly config: Readonly<Record<string, unknown>>;
  readonly requiredConfig: readonly string[];
  readonly reloadable: readonly string[];
  readonly resources: ResourcesSpec;
  readonly scale: ScaleSpec;
  readonly disruption: Disruption;
  readonly health: HealthSpec;
  /** The services of other repositories that may call it, with the port that each calls. */
  readonly callers: readonly Caller[];
  /** By what names and labels it is known in the cluster. */
  readonly identity: Identity;
  /** Merge patches of its objects, by kind or `Kind/name`. */
  readonly patches: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Objects of any kind besides. */
  readonly objects: readonly RawObject[];
  /** The rules that it does not keep, and why. */
  readonly waivers: readonly WaiverSpec[];
  /** Whether other services may call it. */
  readonly callable: boolean;
  /** How it is reached from outside, when it is. */
  readonly route?: RouteSpec;
}

/**
 * A service as it is in one environment.
 *
 * @throws PLATFORM_INVALID when the environment does not name a fact that the service needs.
 */
export function settleService(service: MicroserviceSpec, environment: string): SettledService {
  const known = settled.get(service) ?? new Map<string, SettledService>();
  settled.set(service, known);
  const found = known.get(environment) ?? settleAnew(service, environment);
  known.set(environment, found);
  return found;
}

/** A description never changes, and neither does what becomes of it. */
const settled = new WeakMap<MicroserviceSpec, Map<string, SettledService>>();

function settleAnew(service: MicroserviceSpec, environment: string): SettledService {
  const { platform, data } = service;
  const facts = factsOf(platform, environment);
  const chain = chainOf(platform.environments, environment);
  const plain = settle(data, chain) as Settled<Omit<MicroserviceData, 'config'>>;
  const problems: Problem[] = [];
  const namespace = facts.namespace ?? platform.name;
  const identity = identityOf(data.name, plain.adopt as 'none' | Adopted);
  const patches = plain.patches as SettledService['patches'];
  problems.push(...selectorProblems(patches, identity.selector, `${data.name}.patches`));
  const need = <T>(fact: T | undefined, name: string, why: string, remedy = ''): T | undefined => {
    if (fact === undefined) problems.push({ path: `environments.${environment}.${name}`, message: `is not named, but ${data.name} ${why}${remedy}` });
    return fact;
  };
  const reach = (at: Location, name: string, port: number): Reach => {
    const peer = peerOf(at, facts);
    if (!peer && 'host' in at) {
      problems.push({
        path: `environments.${environment}.networkPolicies`,
        message: `is "${facts.networkPolicies}", which cannot match the host name ${at.host} that ${data.name} needs; give its cidrs, or use cilium`,
      });
    }
    const host = 'host' in at ? at.host : hostOf(at.service ?? name, at.namespace, facts.clusterDomain);
    return { host, port, peer: peer ?? { kind: 'host', host } };
  };
  const outside = (at: Location, path: string): Location => {
    if ('namespace' in at && at.namespace === namespace && !at.ownPolicy) {
      problems.push({
        path: `${path}.namespace`,
        message: `is "${namespace}", the namespace of the platform, where nothing reaches pods that no service describes, but ${data.name} needs it; `
          + 'run it in another namespace, describe it as a service, or say ownPolicy: true when a network policy of its own lets callers in',
      });
    }
    return at;
  };
  const placed = (target: ForeignContract, alias: string): Location => {
    const at = placeOf(target, environment);
    if (!at) {
      problems.push({
        path: `${data.name}.calls.${alias}`,
        message: `calls ${target.service} of ${target.platform}, which can be called in ${Object.keys(target.environments).join(', ') || 'no environment'}, not in ${environment}; export its contract again when that has changed`,
      });
    }
    return at ?? { namespace, service: target.service };
  };
  const keyOf = (name: string) => `${platform.name}/${data.name}/${name}`;

  const calls = mapValues(plain.calls, (call, alias): SettledCall => {
    const target = service.targets[alias];
    const to = identityOfTarget(target, chain);
    const { protocol, port, tls = false } = target.ports[call.port];
    const at = isExternal(target) ? outside(target.at, `${data.name}.calls.${alias}.at`) : isForeign(target) ? placed(target, alias) : { namespace, service: to.service, labels: to.selector };
    const { timeoutMs, optional, idempotent } = call;
    const outer = isForeign(target) ? target.environments[environment]?.servicePorts ?? {} : to.servicePorts;
    return {
      ...reach(at, target.name, servicePortOf({ servicePorts: outer }, call.port, port)),
      podPort: port, service: target.name, portName: call.port, protocol, tls, timeoutMs, optional, idempotent,
    };
  });
  const bucketIn = ({ secret }: { readonly secret?: string }, alias: string): SettledBucket => {
    const named = facts.stores.bucket?.servers[`${data.name}.${alias}`];
    const path = named ? `stores.bucket.servers["${data.name}.${alias}"]` : 'stores.bucket';
    const place = need(bucketPlaceOf(facts.stores.bucket, data.name, alias), path, `declares the store ${alias}`, fromCloud);
    if (!place) return { ...reach({ namespace }, 'bucket', 1), kind: 'bucket', bucket: '', region: '' };
    const { bucket, region, scheme, hasKeys } = place;
    const at = reach(outside(place.at, `environments.${environment}.${path}.at`), 'bucket', place.port);
    return {
      ...at, kind: 'bucket', bucket, region, ...(scheme ? { endpoint: endpointOf(scheme, at.host, at.port) } : {}),
      ...(hasKeys ? { secret: secret ?? place.secret ?? keyOf(alias) } : {}),
    };
  };
  const stores = mapValues(plain.stores as Settled<Record<string, StoreSpec>>, (store, alias): SettledStore => {
    if (store.kind === 'bucket') return bucketIn(store, alias);
    const bound = facts.stores[store.kind];
    const own = bound?.servers[`${data.name}.${alias}`];
    const path = own ? `stores.${store.kind}.servers["${data.name}.${alias}"]` : `stores.${store.kind}`;
    const binding = need(own ?? (bound?.at ? { at: bound.at, port: bound.port } : undefined), path, `declares the store ${alias}`, fromCloud);
    const at = reach(binding ? outside(binding.at, `environments.${environment}.${path}.at`) : { namespace }, store.kind, binding?.port ?? 1);
    return { ...at, kind: store.kind, secret: store.secret ?? own?.secret ?? keyOf(alias), ...(store.kind === 'postgres' ? { version: store.version, database: databaseOf(data.name, alias) } : {}) };
  });
  const names = [...Object.values(data.produces), ...Object.values(data.consumes)];
  const kafka = names.length && !facts.topics ? need(facts.kafka, 'kafka', 'sends or receives messages', topicsFromCloud) : undefined;
  const own = kafka && isOwnKafka(kafka) ? kafkaPlaceOf(kafka) : undefined;
  if (kafka && !isOwnKafka(kafka)) outside(kafka.at, `environments.${environment}.kafka.at`);
  const beside = ({ labels, port, ...place }: Omit<KafkaPlace, 'authority'>): Reach => (
    { host: hostOf(place.service, namespace, facts.clusterDomain), port, peer: { kind: 'pods', namespace, labels } });
  const registry = kafka && isOwnKafka(kafka) ? registryPlaceOf(kafka) : undefined;
  const messages = (): Reach | undefined => {
    if (own) return beside(own);
    return kafka && !isOwnKafka(kafka) ? reach(kafka.at, 'kafka', kafka.port) : undefined;
  };
  const usual = kafka && isOwnKafka(kafka) ? { ...usualTopic, retentionMs: kafka.topics.retentionMs } : usualTopic;
  const topic = (name: string): SettledTopic => {
    const { name: _name, message: _message, ...rest } = settle(service.topics[name], chain) as Settled<TopicSpec>;
    const { retentionMs, cleanup } = rest;
    const described = { ...(retentionMs === undefined ? {} : { retentionMs }), ...(cleanup === undefined ? {} : { cleanup }) };
    return { topic: name, ...usual, ...rest, described } as SettledTopic;
  };
  const inAws = (at: AwsTopicsSpec): AwsTopics => {
    const made = awsTopicsOf(at, { name: data.name, produces: mapValues(data.produces, topic), consumes: mapValues(data.consumes, topic) });
    problems.push(...messagingProblems(at.prefix, [{ name: data.name, ...made }]));
    const place = at.cidrs ? { cidrs: at.cidrs } : {};
    return { ...made, reached: awsServicesOf(made).map(name => reach({ host: awsHostOf(name, at.region), ...place }, name, 443)) };
  };
  const aws = names.length && facts.topics ? inAws(facts.topics) : undefined;
  const broker = messages();
  const [, brokers] = kafka && !isOwnKafka(kafka) ? clusterPeersOf(kafka.at, facts) : [];
  if ((names.length && !facts.topics) || Object.values(stores).some(({ secret }) => secret !== undefined) || Object.keys(data.secrets).length) need(facts.secretStore, 'secretStore', 'reads secrets');
  const exposure = plain.exposure;
  const route = typeof exposure === 'string' ? undefined : routeOf(exposure as Route, data.ports, `${data.name}.${facts.domain}`);
  if (route && need(facts.gateway, 'gateway', 'is exposed to the outside')) problems.push(...gatewayProblems(data.name, route, facts, `environments.${environment}`));

  problems.push(...operationFactProblems(plain as never, facts, `environments.${environment}`));
  problems.push(...meshProblems({ ...plain, facts }, environment, isLasting(plain.workload.kind)));

  if (problems.length) throw new MartyError('PLATFORM_INVALID', `${data.name} cannot run in ${environment}:`, { problems });
  const layers = data.config ? layersFor(data.config.values, chain) : [];
  return inOrder({
    ...(plain as Operation & typeof plain), namespace, facts, environment, calls, stores, route,
    platform: platform.name,
    image: data.image,
    topics: aws ?? (broker && {
      at: 'kafka' as const, ...broker, ...(brokers ? { brokers } : {}), ...(own ? { authority: own.authority } : {}), ...(registry ? { registry: beside(registry) } : {}),
      secret: keyOf('topics'), produces: mapValues(data.produces, topic), consumes: mapValues(data.consumes, topic),
    }),
    config: layers.reduce((below, layer) => merge(below, layer.values), {}),
    requiredConfig: [...(data.config?.schema.required as string[] | undefined) ?? []].sort(),
    reloadable: [...data.config?.reloadable ?? []].sort(),
    resources: resourcesOf(plain.resources as never),
    scale: plain.scale as ScaleSpec,
    disruption: plain.disruption as Disruption,
    health: plain.health as HealthSpec,
    callers: plain.callers.flatMap(({ ports, ...caller }) => ports.map(port => ({ ...caller, namespace: caller.namespace ?? namespace, port }))),
    identity, patches,
    objects: plain.objects as readonly RawObject[],
    waivers: plain.waivers as readonly WaiverSpec[],
    callable: exposure !== 'none',
  });
}

/** Where addresses of stores come from that nobody should write. */
const fromCloud = '; say where it is, or spread cloudFactsOf of what `marty infra config` wrote, where a stack made it';

/** Where messages go that no Kafka carries. */
const topicsFromCloud = '; name one, or spread cloudFactsOf of what `marty infra config` wrote, where a stack makes topics of a cloud';

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
