import { canonicalQuantity } from '../../manifests/canonical';
import { containerDefaultsSchema } from '../../spec/container-defaults';
import { quotaSchema } from '../../spec/quota';
import { egressSchema } from '../../spec/ranges';
import { namespaceOf } from './group';
import { at, fieldsAt, listAt, said, textAt, type Fields } from './value';
import type { SourceObject } from './source';

const mebi = 1024 ** 2;
const gibi = 1024 ** 3;

/** Facts of the environment that the objects of its namespace tell. */
export function factsOfPlatform(objects: readonly SourceObject[], namespace: string | undefined): Fields {
  const inside = objects.map(({ object }) => object).filter(object => (namespaceOf(object) ?? namespace) === namespace);
  return said({
    quota: quotaOf(inside.filter(({ kind }) => kind === 'ResourceQuota')),
    containerDefaults: containerDefaultsOf(inside.filter(({ kind }) => kind === 'LimitRange')),
    egress: egressOf(inside.filter(({ kind }) => kind === 'NetworkPolicy')),
    mesh: meshFactOf(objects.map(({ object }) => object).find(({ kind, metadata }) => kind === 'Namespace' && textAt(metadata, 'name') === namespace)),
  });
}

const usual = <S extends { safeParse: (value: unknown) => { success: boolean } }>(schema: S, value: Fields) => (
  Object.keys(value).length && schema.safeParse(value).success ? value : undefined);

function amountIn(amounts: Fields, names: readonly string[], unit: number): number | undefined {
  const value = Number(canonicalQuantity(names.map(name => amounts[name]).find(each => each !== undefined))) / unit;
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

function quotaOf(quotas: readonly Fields[]): Fields | undefined {
  const hard = Object.assign({}, ...quotas.map(quota => fieldsAt(quota, 'spec', 'hard'))) as Fields;
  const amount = (names: readonly string[], unit = 1) => amountIn(hard, names, unit);
  const pods = amount(['pods', 'count/pods']);
  return usual(quotaSchema, said({
    cpu: amount(['requests.cpu', 'cpu']), memoryGiB: amount(['requests.memory', 'memory'], gibi),
    cpuLimit: amount(['limits.cpu']), memoryLimitGiB: amount(['limits.memory'], gibi),
    pods: pods === 200 ? undefined : pods, claims: amount(['persistentvolumeclaims', 'count/persistentvolumeclaims']), storageGiB: amount(['requests.storage'], gibi),
  }));
}

function containerDefaultsOf(ranges: readonly Fields[]): Fields | undefined {
  const limit = ranges.flatMap(range => listAt(range, 'spec', 'limits')).find(({ type }) => type === 'Container');
  if (!limit) return undefined;
  const [request, most] = [fieldsAt(limit, 'defaultRequest'), fieldsAt(limit, 'default')];
  const unless = (value: number | undefined, known: number) => (value === known ? undefined : value);
  const cpuLimitMillis = amountIn(most, ['cpu'], 0.001);
  return usual(containerDefaultsSchema, said({
    cpuMillis: unless(amountIn(request, ['cpu'], 0.001), 100), memoryMiB: unless(amountIn(request, ['memory'], mebi), 128), diskMiB: unless(amountIn(request, ['ephemeral-storage'], mebi), 256),
    cpuLimitMillis: cpuLimitMillis === 500 ? undefined : cpuLimitMillis ?? 'none', memoryLimitMiB: unless(amountIn(most, ['memory'], mebi), 256), diskLimitMiB: unless(amountIn(most, ['ephemeral-storage'], mebi), 256),
  }));
}

/** The mesh that takes in the pods of a namespace, as its labels and annotations say. */
function meshFactOf(namespace: Fields | undefined): unknown {
  const labels = fieldsAt(namespace, 'metadata', 'labels');
  const revision = textAt(labels, 'istio.io/rev');
  if (revision !== undefined) return { kind: 'istio-sidecar', revision };
  if (labels['istio-injection'] === 'enabled') return 'istio-sidecar';
  if (labels['istio.io/dataplane-mode'] === 'ambient') return 'istio-ambient';
  return fieldsAt(namespace, 'metadata', 'annotations')['linkerd.io/inject'] === 'enabled' ? 'linkerd' : undefined;
}

/** Ranges that a policy of all pods lets them reach, when it says nothing else. */
function egressOf(policies: readonly Fields[]): Fields[] | undefined {
  const ranges = policies.flatMap(policy => listAt(policy, 'spec', 'egress')).map(rule => {
    const ports = listAt(rule, 'ports');
    const protocols = [...new Set(ports.map(({ protocol = 'TCP' }) => protocol))];
    const [peer, ...others] = listAt(rule, 'to');
    const cidr = others.length || Object.keys(peer ?? {}).length !== 1 || at(peer, 'ipBlock', 'except') !== undefined ? undefined : textAt(peer, 'ipBlock', 'cidr');
    return said({ cidr, ports: [...new Set(ports.map(({ port }) => port))], protocols: protocols.length === 1 && protocols[0] === 'TCP' ? undefined : protocols });
  });
  return ranges.length && egressSchema.safeParse(ranges).success ? ranges : undefined;
}
