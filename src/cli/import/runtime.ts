import { privateRanges } from '../../spec/address';
import { awsHostOf } from '../../spec/aws';
import { awsServicesOf } from '../../spec/messaging';
import { sayFact, sayShared, type Draft, type ServiceDraft, type Take } from './draft';
import { namespaceOfPeer } from './surroundings';
import { fieldsAt, isSame, listAt, said, selects, textAt, type Fields } from './value';
import type { Workload } from './group';
import type { RuntimeConfig } from '../../spec/runtime-config';

type BucketConfig = Extract<RuntimeConfig['stores'][string], { kind: 'bucket' }>;

/** What a process calls: services that were read too, or things outside. */
export const takeCalls: Take = (workload, service, draft) => {
  const calls = Object.entries(workload.runtime?.calls ?? {}).map(([alias, call]) => {
    const { service: name, protocol, host, port, tls, timeoutMs, optional, idempotent } = call;
    const terms = said({
      timeoutMs: timeoutMs === 10_000 ? undefined : timeoutMs, optional: optional || undefined, idempotent: idempotent || undefined,
    });
    const isCalled = ([other, candidate]: readonly [Workload, ServiceDraft]) => candidate.name === name && other !== workload && other.runtime;
    const [, described] = [...draft.services].find(isCalled) ?? [];
    const portName = Object.entries(fieldsAt(described, 'ports')).find(([, each]) => isSame(each, { protocol, port }))?.[0];
    if (portName !== undefined) return [alias, { service: name, port: portName, ...terms }] as const;
    const external = { at: locationOf(workload, draft, host, port, name), ports: { api: said({ protocol, port, tls: tls || undefined }) } };
    const taken = (candidate: string) => [...draft.services.values()].some(other => other.name === candidate);
    return [alias, { service: sayShared(draft.externals, name, external, taken), port: 'api', ...terms }] as const;
  });
  if (calls.length) service.calls = Object.fromEntries(calls);
};

/** The stores of a process, and where the environment has them. */
export const takeStores: Take = (workload, service, draft) => {
  const bound: Record<string, unknown> = { ...fieldsAt(draft.facts, 'stores') };
  const stores = Object.entries(workload.runtime?.stores ?? {}).map(([alias, store]) => {
    const { kind, host, port } = store;
    if (store.kind === 'bucket') {
      const secret = remoteOf(workload, `stores.${alias}.accessKeyId`)?.key;
      const { servers } = fieldsAt(bound, 'bucket');
      bound.bucket = { servers: { ...servers as Fields, [`${service.name}.${alias}`]: bucketPlaceOf(store, locationOf(workload, draft, host, port, kind)) } };
      return [alias, said({ kind, secret: secret === `${draft.platform}/${service.name}/${alias}` ? undefined : secret })] as const;
    }
    const { version } = store;
    bound[kind] ??= said({ at: locationOf(workload, draft, host, port, kind), port: port === (kind === 'postgres' ? 5432 : 6379) ? undefined : port });
    const secret = remoteOf(workload, `stores.${alias}.username`)?.key;
    return [alias, said({ kind, version: version === 17 ? undefined : version, secret: secret === `${draft.platform}/${service.name}/${alias}` ? undefined : secret })] as const;
  });
  if (!stores.length) return;
  service.stores = Object.fromEntries(stores);
  draft.facts.stores = bound;
};

/** Where a bucket is, from what its process is told and from where the network policy lets it. */
function bucketPlaceOf({ bucket, region, port, endpoint, accessKeyIdFile }: BucketConfig, at: Fields): Fields {
  if (endpoint === undefined) {
    const { cidrs } = at;
    return said({ bucket, region, cidrs: cidrs === 'internet' ? undefined : cidrs, credentials: accessKeyIdFile === undefined ? undefined : 'secret' });
  }
  return said({ bucket, at, port: port === 443 ? undefined : port, tls: endpoint.startsWith('https:') ? undefined : false, region: region === 'us-east-1' ? undefined : region });
}

export const takeSecrets: Take = (workload, service, draft) => {
  const store = fieldsAt(workload.externalSecret, 'spec', 'secretStoreRef');
  if (typeof store.name === 'string') sayFact(draft, 'secretStore', said({ name: store.name, kind: store.kind === 'SecretStore' ? store.kind : undefined }));
  const mounted = listAt(workload.podSpec, 'volumes').find(({ name }) => name === 'secrets');
  // What somebody else makes is only mounted.
  if (workload.runtime && mounted && !workload.externalSecret) sayFact(draft, 'secretStore', { kind: mounted.csi === undefined ? 'existing' : 'csi' });
  const secrets = Object.keys(workload.runtime?.secrets ?? {}).map(alias => [alias, remoteOf(workload, `secrets.${alias}`) ?? { key: alias }] as const);
  if (secrets.length) service.secrets = Object.fromEntries(secrets);
};

/** The topics of a process; what a message is, its configuration does not say. */
export const takeTopics: Take = (workload, service, draft) => {
  const { topics } = workload.runtime ?? {};
  if (!topics) return;
  if (topics.at === 'aws') {
    const { at, region, account, prefix } = topics;
    const [carrier] = awsServicesOf(topics);
    const { cidrs } = locationOf(workload, draft, awsHostOf(carrier, region), 443, carrier);
    sayFact(draft, 'topics', said({ at, region, account, prefix, cidrs }));
  } else {
    sayFact(draft, 'kafka', said({ at: locationOf(workload, draft, topics.host, topics.port, 'kafka'), port: topics.port === 9093 ? undefined : topics.port }));
  }
  for (const direction of ['produces', 'consumes'] as const) {
    const named = Object.entries(topics[direction]).map(([alias, { topic, key, partitions, retentionMs }]) => {
      draft.topics.set(topic, said({ name: topic, key, partitions: partitions === 3 ? undefined : partitions, retentionMs: retentionMs === 604_800_000 ? undefined : retentionMs, message: { type: 'object', properties: { [key]: {} } } }));
      return [alias, topic] as const;
    });
    if (named.length) service[direction] = Object.fromEntries(named);
  }
};

/** The configuration of a process, with a schema that accepts just such values. */
export const takeConfig: Take = ({ runtime }, service) => {
  if (!runtime || (Object.keys(runtime.config).length === 0 && runtime.required.length === 0)) return;
  service.config = said({
    schema: { ...schemaOf(runtime.config), required: runtime.required },
    values: { default: runtime.config },
    reloadable: runtime.reloadable.length ? runtime.reloadable : undefined,
  });
};

function schemaOf(value: unknown): Fields {
  if (Array.isArray(value)) return value.length ? { type: 'array', items: schemaOf(value[0]) } : { type: 'array' };
  if (typeof value === 'object' && value !== null) return { type: 'object', properties: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, schemaOf(item)])) };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return typeof value === 'string' || typeof value === 'boolean' ? { type: typeof value } : {};
}

/** Where a file of the secrets folder comes from in the secret store. */
function remoteOf({ externalSecret }: Workload, file: string): { key: string; property?: string } | undefined {
  const remote = fieldsAt(listAt(externalSecret, 'spec', 'data').find(({ secretKey }) => secretKey === file), 'remoteRef');
  return typeof remote.key === 'string' ? said({ key: remote.key, property: textAt(remote, 'property') }) : undefined;
}

/** Where a host is: behind a Service of the cluster, whose pods the network policy names, or outside. */
function locationOf({ policy }: Workload, draft: Draft, host: string, port: number, name: string): Fields {
  const peers = listAt(policy, 'spec', 'egress').filter(rule => listAt(rule, 'ports').some(each => each.port === port)).flatMap(rule => listAt(rule, 'to'));
  const [, service, namespace, clusterDomain] = /^([^.]+)\.([^.]+)\.svc\.(.+)$/.exec(host) ?? [];
  if (namespace === undefined) {
    const blocks = peers.map(peer => fieldsAt(peer, 'ipBlock')).filter(block => typeof block.cidr === 'string');
    const open = blocks.length === 1 && isSame(blocks[0], { cidr: '0.0.0.0/0', except: privateRanges });
    return said({ host, cidrs: open ? 'internet' : blocks.length ? blocks.map(({ cidr }) => cidr) : undefined });
  }
  if (clusterDomain !== 'cluster.local') sayFact(draft, 'clusterDomain', clusterDomain);
  const candidates = peers.filter(peer => namespaceOfPeer(peer) === namespace).map(peer => fieldsAt(peer, 'podSelector', 'matchLabels'));
  const labels = candidates.find(each => selects(each, { ...each, 'app.kubernetes.io/instance': service })) ?? candidates[0];
  return said({
    namespace, ownPolicy: namespace === draft.namespace ? true : undefined, service: service === name ? undefined : service,
    labels: labels && Object.keys(labels).length ? labels : undefined,
  });
}
