import { filesNameOf, migrationNameOf } from '../../spec/names';
import { canonicalQuantity } from '../../manifests/canonical';
import { at, fieldsAt, listAt, numberAt, said, textAt, type Fields } from './value';
import type { Take } from './draft';

/** Labels and annotations besides the standard ones. Only this package writes these, and what follows, so: only its manifests are read for it. */
export const takeLabels: Take = ({ runtime, selector, source, template }, service) => {
  if (!runtime) return;
  const own = ([label]: readonly [string, unknown]) => label !== 'team' && !label.startsWith('app.kubernetes.io/') && !(label in selector);
  const labels = Object.entries(fieldsAt(source.object, 'metadata', 'labels')).filter(own);
  if (labels.length) service.labels = Object.fromEntries(labels);
  const annotations = Object.entries(fieldsAt(template, 'metadata', 'annotations'))
    .filter(([name]) => !/^(marty-msf|container\.apparmor\.security\.beta\.kubernetes\.io)\//.test(name));
  if (annotations.length) service.annotations = Object.fromEntries(annotations);
};

/** Files that are mounted one by one from a ConfigMap of the service. */
export const takeFiles: Take = ({ runtime, container, around }, service) => {
  const texts = fieldsAt(around.find(({ kind, metadata }) => kind === 'ConfigMap' && runtime && textAt(metadata, 'name') === filesNameOf(service.name)), 'data');
  const files = listAt(container, 'volumeMounts').filter(({ name, subPath }) => name === 'files' && typeof subPath === 'string' && subPath in texts);
  if (files.length) service.files = Object.fromEntries(files.map(({ mountPath, subPath }) => [mountPath, texts[String(subPath)]]));
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

/** What is done once before a new version runs. */
export const takeMigration: Take = ({ runtime, around }, service) => {
  const prefix = `${migrationNameOf(service.name)}-`;
  const job = around.find(({ kind, metadata }) => kind === 'Job' && runtime && textAt(metadata, 'name')?.startsWith(prefix));
  const command = at(listAt(job, 'spec', 'template', 'spec', 'containers')[0], 'command');
  if (!Array.isArray(command)) return;
  const [retries, timeLimitSeconds] = [numberAt(job, 'spec', 'backoffLimit'), numberAt(job, 'spec', 'activeDeadlineSeconds')];
  service.migration = said({
    command, retries: retries === 2 ? undefined : retries, timeLimitSeconds: timeLimitSeconds === 600 ? undefined : timeLimitSeconds,
  });
};
