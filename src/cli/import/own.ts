import { aliasSchema } from '../../spec/syntax';
import { filesNameOf, migrationNameOf } from '../../spec/names';
import { canonicalQuantity } from '../../manifests/canonical';
import { at, fieldsAt, listAt, numberAt, said, textAt, type Fields } from './value';
import { isMigration } from './group';
import type { Take } from './draft';

/** Labels and annotations besides the standard ones. Only this package writes these, and what follows, so: only its manifests are read for it. */
export const takeLabels: Take = ({ runtime, selector, source, template }, service) => {
  if (!runtime) return;
  const own = ([label]: readonly [string, unknown]) => label !== 'team' && !label.startsWith('app.kubernetes.io/') && !(label in selector);
  const labels = Object.entries(fieldsAt(source.object, 'metadata', 'labels')).filter(own);
  if (labels.length) service.labels = Object.fromEntries(labels);
  // What a mesh wants to find there follows from the environment's.
  const annotations = Object.entries(fieldsAt(template, 'metadata', 'annotations'))
    .filter(([name]) => !/^(marty-msf|container\.apparmor\.security\.beta\.kubernetes\.io|(sidecar|proxy)\.istio\.io|(config\.)?linkerd\.io)\//.test(name));
  if (annotations.length) service.annotations = Object.fromEntries(annotations);
};

/** Files that are mounted one by one from a ConfigMap of the service. */
export const takeFiles: Take = ({ runtime, container, around }, service) => {
  const texts = fieldsAt(around.find(({ kind, metadata }) => kind === 'ConfigMap' && runtime && textAt(metadata, 'name') === filesNameOf(service.name)), 'data');
  const files = listAt(container, 'volumeMounts').filter(({ name, subPath }) => name === 'files' && typeof subPath === 'string' && subPath in texts);
  if (files.length) service.files = Object.fromEntries(files.map(({ mountPath, subPath }) => [mountPath, texts[String(subPath)]]));
};

/** Claim templates of a live StatefulSet, which go on holding the data that they hold. */
export const takeClaims: Take = ({ kind, runtime, container, source }, service) => {
  if (kind !== 'stateful' || runtime) return;
  const claims: Record<string, string> = {};
  const volumes = listAt(source.object, 'spec', 'volumeClaimTemplates').flatMap((template): [string, Fields][] => {
    const name = textAt(template, 'metadata', 'name') ?? '';
    const mount = listAt(container, 'volumeMounts').find(each => each.name === name);
    const alias = name.replace(/[-.]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
    const claim = claimOf(template);
    if (!Number.isInteger(claim?.sizeGiB)) return [];
    if (!mount || !aliasSchema.safeParse(alias).success || ['config', 'files', 'secrets', 'tmp'].includes(name)) return [];
    claims[alias] = name;
    return [[alias, { at: mount.mountPath, ...claim }]];
  });
  if (volumes.length === 0) return;
  service.volumes = Object.fromEntries(volumes);
  service.adopt = { ...fieldsAt(service, 'adopt'), selector: fieldsAt(source.object, 'spec', 'selector', 'matchLabels'), claims };
};

/** Volumes by the names that declared ones have. */
export const takeVolumes: Take = ({ runtime, container, podSpec, source, around }, service) => {
  const volumes = listAt(container, 'volumeMounts').flatMap((mount): [string, Fields][] => {
    const [, alias] = /^volume-([a-z][a-z0-9]*)$/.exec(textAt(mount, 'name') ?? '') ?? [];
    if (!runtime || alias === undefined) return [];
    const volume = listAt(podSpec, 'volumes').find(({ name }) => name === mount.name);
    const template = listAt(source.object, 'spec', 'volumeClaimTemplates').find(({ metadata }) => textAt(metadata, 'name') === mount.name);
    const kept = claimOf(template) ?? volumeOf(volume, service.name, alias, around);
    return kept ? [[alias, { at: mount.mountPath, ...kept }]] : [];
  });
  if (volumes.length) service.volumes = Object.fromEntries(volumes);
};

const accesses: Readonly<Record<string, string>> = { ReadWriteOncePod: 'one-pod', ReadWriteOnce: 'one-node', ReadWriteMany: 'many' };
const inUnits = (quantity: unknown, unit: number) => Number(canonicalQuantity(quantity)) / unit;

function volumeOf(volume: Fields | undefined, service: string, alias: string, around: readonly Fields[]): Fields | undefined {
  const { emptyDir, configMap, secret } = volume ?? {};
  const claim = fieldsAt(volume, 'persistentVolumeClaim');
  if (emptyDir !== undefined) return said({ kind: 'scratch', sizeMiB: inUnits(at(emptyDir, 'sizeLimit'), 1024 ** 2), memory: textAt(emptyDir, 'medium') === 'Memory' ? true : undefined });
  if (configMap !== undefined) return { kind: 'config-map', name: textAt(configMap, 'name') };
  if (secret !== undefined) return { kind: 'secret', name: textAt(secret, 'secretName') };
  if (claim.claimName === undefined) return undefined;
  const own = around.find(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && textAt(metadata, 'name') === claim.claimName && claim.claimName === `${service}-${alias}`);
  return claimOf(own) ?? said({ kind: 'existing-claim', name: claim.claimName, readOnly: claim.readOnly === true ? true : undefined });
}

function claimOf(claim: Fields | undefined): Fields | undefined {
  if (claim === undefined) return undefined;
  const { accessModes, storageClassName, resources } = fieldsAt(claim, 'spec');
  const access = accesses[String(at(accessModes, 0))];
  return said({ kind: 'claim', sizeGiB: inUnits(at(resources, 'requests', 'storage'), 1024 ** 3), access: access === 'one-pod' ? undefined : access, storageClass: storageClassName });
}

/** What is done once before a new version runs: by a job of this package, or, where jobs are described, by one of its image that is a hook. */
export const takeMigration: Take = ({ kind, runtime, around, container: own, source }, service, draft) => {
  if (kind !== 'deployment' && kind !== 'stateful' && kind !== 'daemon') return;
  const prefix = `${migrationNameOf(service.name)}-`;
  const containerOf = (job: Fields | undefined) => listAt(job, 'spec', 'template', 'spec', 'containers')[0];
  const nameOf = (job: Fields) => textAt(job, 'metadata', 'name') ?? '';
  const isFree = (job: Fields) => containerOf(job)?.image === own.image && ![...draft.liveJobs.values()].includes(job);
  const hooks = draft.jobs ? around.filter(job => isMigration(job) && isFree(job)) : [];
  const job = around.find(candidate => candidate.kind === 'Job' && runtime && nameOf(candidate).startsWith(prefix))
    ?? hooks.find(candidate => nameOf(candidate).startsWith(textAt(source.object, 'metadata', 'name') ?? '')) ?? hooks[0];
  const { command, args } = containerOf(job) ?? {};
  if (!job || !Array.isArray(command)) return;
  const [retries, timeLimitSeconds] = [numberAt(job, 'spec', 'backoffLimit') ?? 6, numberAt(job, 'spec', 'activeDeadlineSeconds')];
  service.migration = said({
    command: [...command as unknown[], ...Array.isArray(args) ? args as unknown[] : []],
    retries: retries === 2 ? undefined : retries, timeLimitSeconds: timeLimitSeconds === 600 ? undefined : timeLimitSeconds,
  });
  if (!nameOf(job).startsWith(prefix)) draft.liveJobs.set(service, job);
};
