import { at } from './_at';
import { isRecord } from './_walk';
import { groupOf } from './identity';
import { schemaOf } from './_schemas';
import { unplaced, type ObjectSet, type SetObject } from './object-set';

type Fields = Readonly<Record<string, unknown>>;

const ofMetadata: readonly string[] = ['finalizers', 'ownerReferences', 'generateName', 'deletionGracePeriodSeconds'];
const ofLabels = /^(?:kubernetes\.io\/metadata\.name|(?:batch\.kubernetes\.io\/)?(?:controller-uid|job-name)|scaledobject\.keda\.sh\/name|pod-template-hash|controller-revision-hash)$/;
const ofAnnotations = new RegExp('^(?:(?:pv|volume|autoscaling\\.alpha|batch|control-plane\\.alpha|endpoints|deployment|pod-security\\.alpha)\\.(?:beta\\.)?kubernetes\\.io/'
  + '|kubectl\\.kubernetes\\.io/last-applied-configuration$|meta\\.helm\\.sh/|argocd\\.argoproj\\.io/tracking-id$|kustomize\\.toolkit\\.fluxcd\\.io/)');

/** The fields of a kind that its cluster fills in where a manifest does not say them, as paths; `*` stands for every entry of a list. */
const filled: Readonly<Record<string, readonly string[]>> = {
  '/Namespace': ['spec.finalizers'],
  '/Service': ['spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies', 'spec.ipFamilyPolicy', 'spec.healthCheckNodePort', 'spec.ports.*.nodePort'],
  '/ServiceAccount': ['secrets'],
  '/PersistentVolumeClaim': ['spec.volumeName', 'spec.storageClassName', 'spec.volumeAttributesClassName'],
  'apps/StatefulSet': ['spec.volumeClaimTemplates.*.status', 'spec.volumeClaimTemplates.*.apiVersion', 'spec.volumeClaimTemplates.*.kind'],
  'batch/Job': ['spec.selector', 'spec.podReplacementPolicy'],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': ['webhooks.*.clientConfig.caBundle'],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': ['webhooks.*.clientConfig.caBundle'],
};

/**
 * How a live object is compared with the written one: without what a cluster or its controllers fill in where nothing is written. Of a kind whose
 * schema is not known, only what is written is compared, since its defaults are not known either.
 *
 * @param written what is written, all of it: whether something scales a workload is told by other objects.
 */
export function liveComparison(written: ObjectSet): (written: SetObject, live: SetObject) => readonly [Fields, Fields] {
  const scaled = new Set([...written.objects.values()].filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject').map(scaler => (
    [scaler.metadata.namespace ?? '', at(scaler, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment', at(scaler, 'spec', 'scaleTargetRef', 'name')].join('/'))));
  return (said, live) => {
    const [one, other] = unplaced(said, live);
    const paths = [...filled[`${groupOf(said.apiVersion)}/${said.kind}`] ?? []];
    if (scaled.has([said.metadata.namespace ?? '', said.kind, said.metadata.name].join('/'))) paths.push('spec.replicas');
    // What is encrypted in the file is decrypted on its way into the cluster.
    if ('sops' in said) return [reducedTo(one, encrypted), reducedTo(withoutBooks(other, one), encrypted)];
    const known = schemaOf(said.apiVersion, said.kind) !== undefined;
    const reduced = paths.reduce<unknown>((value, path) => without(value, one, path.split('.')), withoutBooks(other, one));
    return [without(one, {}, ['status']) as Fields, (known ? reduced : onlySaid(reduced, one, ['apiVersion', 'kind', 'metadata'])) as Fields];
  };
}

const encrypted: readonly string[] = ['sops', 'data', 'stringData', 'status'];
function chosen(object: Fields, isKept: (key: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(object).filter(([key]) => isKept(key)));
}

const reducedTo = (object: Fields, left: readonly string[]): Fields => chosen(object, key => !left.includes(key));

/** Without what stands at a path, unless it is written there, too. */
function without(value: unknown, said: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === '*') {
    return Array.isArray(value) ? value.map((entry: unknown, index) => without(entry, counterpart(entry, said, index), rest)) : value;
  }
  if (!isRecord(value) || !(step in value)) return value;
  const inside = isRecord(said) ? said[step] : undefined;
  if (rest.length === 0) return inside === undefined ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== step)) : value;
  return { ...value, [step]: without(value[step], inside, rest) };
}

/** The entry that is written for a live one: that of its port, or of its name, or at its place. */
function counterpart(entry: unknown, said: unknown, index: number): unknown {
  if (!Array.isArray(said)) return undefined;
  const key = at(entry, 'port') === undefined ? 'name' : 'port';
  return said.find(other => at(other, key) !== undefined && at(other, key) === at(entry, key)) ?? (said as unknown[])[index];
}

/** Without the books that a cluster keeps in the metadata of an object, and of the pods and claims that it makes. */
function withoutBooks(live: Fields, said: unknown): Fields {
  const result = Object.fromEntries(Object.entries(live).filter(([key]) => key !== 'status'));
  const template = at(result, 'spec', 'template');
  const spec = isRecord(template) && isRecord(template.metadata)
    ? { spec: { ...(result.spec as Fields), template: { ...template, metadata: metadataOf(template.metadata, at(said, 'spec', 'template', 'metadata')) } } } : {};
  return { ...result, ...spec, metadata: metadataOf(result.metadata, at(said, 'metadata')) };
}

function metadataOf(metadata: unknown, said: unknown): unknown {
  if (!isRecord(metadata)) return metadata;
  const kept = (field: string, theirs: RegExp) => (isRecord(metadata[field])
    ? { [field]: chosen(metadata[field], key => !theirs.test(key) || at(said, field, key) !== undefined) } : {});
  const rest = Object.entries(metadata).filter(([key]) => !ofMetadata.includes(key) || at(said, key) !== undefined);
  return { ...Object.fromEntries(rest), ...kept('labels', ofLabels), ...kept('annotations', ofAnnotations) };
}

/** Only the fields that are written; lists are taken whole, but for the fields of entries at the same place. */
function onlySaid(live: unknown, said: unknown, whole: readonly string[] = []): unknown {
  if (Array.isArray(live)) {
    return Array.isArray(said) && said.length === live.length ? live.map((entry, index) => onlySaid(entry, (said as unknown[])[index])) : live;
  }
  if (!isRecord(live) || !isRecord(said)) return live;
  const written = Object.entries(live).filter(([key]) => Object.hasOwn(said, key));
  return Object.fromEntries(written.map(([key, value]) => [key, whole.includes(key) ? value : onlySaid(value, said[key])]));
}
