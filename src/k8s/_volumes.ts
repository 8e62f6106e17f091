import { configMapNameOf, filesNameOf, mounts, secretNameOf } from '../spec/names';
import { secretFilesOf } from '../spec/runtime-config';
import type { PersistentVolumeClaimSpec, Volume, VolumeMount } from '../imports/kubernetes';
import type { SettledService } from '../spec/settle';
import type { Settled } from '../spec/varying';
import type { VolumeSpec } from '../spec/volumes';

type Claim = Extract<Settled<VolumeSpec>, { kind: 'claim' }>;

const accessModes = { 'one-pod': 'ReadWriteOncePod', 'one-node': 'ReadWriteOnce', 'many': 'ReadWriteMany' } as const;

/** The name of a declared volume in the pod; that of a claim template is the same. */
export function volumeNameOf(service: SettledService, alias: string): string {
  const { claims } = service.identity;
  return hasTemplates(service) && Object.hasOwn(claims, alias) ? claims[alias] : `volume-${alias.toLowerCase()}`;
}

/** The name of the claim that all replicas share. */
export function claimNameOf({ name, identity: { claims } }: SettledService, alias: string): string {
  return Object.hasOwn(claims, alias) ? claims[alias] : `${name}-${alias.toLowerCase()}`;
}

/** Whether each replica has a claim of its own, made from a template. */
export const hasTemplates = (service: SettledService) => service.workload.kind === 'stateful';

/** Declared claims, with their aliases. */
export function claimsOf(service: SettledService): [string, Claim][] {
  return Object.entries(service.volumes).filter((entry): entry is [string, Claim] => entry[1].kind === 'claim');
}

export function claimSpecOf(claim: Claim): PersistentVolumeClaimSpec {
  return {
    accessModes: [accessModes[claim.access]],
    resources: { requests: { storage: `${claim.sizeGiB}Gi` } },
    ...(claim.storageClass ? { storageClassName: claim.storageClass } : {}),
  };
}

/**
 * Everything that is mounted into the pods of a service.
 *
 * @param declared whether what the description declares is; claims of a service are not there for its migration.
 */
export function volumesOf(service: SettledService, declared: boolean): Volume[] {
  const { name, files, facts } = service;
  const volumes = declared ? service.volumes : {};
  const csi = facts.secretStore?.kind === 'csi';
  const authority = authorityOf(service);
  return [
    { name: 'config', configMap: { name: configMapNameOf(name) } },
    ...(Object.keys(files).length ? [{ name: 'files', configMap: { name: filesNameOf(name) } }] : []),
    ...(secretFilesOf(service).length ? [{
      name: 'secrets',
      ...(csi
        ? { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: secretNameOf(name) } } }
        : { secret: { secretName: secretNameOf(name), defaultMode: 0o440 } }),
    }] : []),
    // Of the Secret only whom to trust: the key in it is nobody's business.
    ...(authority ? [{ name: 'kafka', secret: { secretName: authority, defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }] : []),
    ...Object.entries(volumes).flatMap(([alias, volume]) => volumeOf(service, alias, volume)),
    { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
  ];
}

/** The Secret that says whom to trust, where the Kafka is one of the platform's own. */
const authorityOf = ({ topics }: SettledService) => (topics?.at === 'kafka' ? topics.authority : undefined);

function volumeOf(service: SettledService, alias: string, volume: Settled<VolumeSpec>): Volume[] {
  const name = volumeNameOf(service, alias);
  switch (volume.kind) {
    case 'scratch': return [{ name, emptyDir: { sizeLimit: `${volume.sizeMiB}Mi`, ...(volume.memory ? { medium: 'Memory' } : {}) } }];
    case 'claim': return hasTemplates(service) ? [] : [{ name, persistentVolumeClaim: { claimName: claimNameOf(service, alias) } }];
    case 'existing-claim': return [{ name, persistentVolumeClaim: { claimName: volume.name, ...(volume.readOnly ? { readOnly: true } : {}) } }];
    case 'config-map': return [{ name, configMap: { name: volume.name } }];
    case 'secret': return [{ name, secret: { secretName: volume.name, defaultMode: 0o440 } }];
  }
}

/** Where the container of a service, or of its migration, sees its volumes. */
export function mountsOf(service: SettledService, declared: boolean): VolumeMount[] {
  const { files } = service;
  const volumes = declared ? service.volumes : {};
  const readOnly = (volume: Settled<VolumeSpec>) => ['config-map', 'secret'].includes(volume.kind) || ('readOnly' in volume && volume.readOnly);
  return [
    { name: 'config', mountPath: mounts.config, readOnly: true },
    ...Object.keys(files).map(path => ({ name: 'files', mountPath: path, subPath: fileKeyOf(path), readOnly: true })),
    ...(secretFilesOf(service).length ? [{ name: 'secrets', mountPath: mounts.secrets, readOnly: true }] : []),
    ...(authorityOf(service) ? [{ name: 'kafka', mountPath: mounts.kafka, readOnly: true }] : []),
    ...Object.entries(volumes).map(([alias, volume]) => (
      { name: volumeNameOf(service, alias), mountPath: volume.at, ...(readOnly(volume) ? { readOnly: true } : {}) })),
    { name: 'tmp', mountPath: '/tmp' },
  ];
}

/** The key of a ConfigMap that a file stands under: its path, with what keys cannot hold replaced. */
export function fileKeyOf(path: string): string {
  return path.slice(1).replace(/[^-._a-zA-Z0-9]/g, '-');
}
