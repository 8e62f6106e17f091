import type { Manifest } from './charts';
import type { Infrastructure } from '../../spec/infrastructure';

/**
 * What claims get that name no class: encrypted disks of the general kind, in the zone of the pod, which can grow.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export function storageClasses({ disks }: Infrastructure): Manifest[] {
  return disks ? [{
    apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass',
    metadata: { name: 'encrypted', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: disks.provisioner,
    parameters: { type: 'gp3', encrypted: 'true', kmsKeyId: disks.key },
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    reclaimPolicy: 'Delete',
  }] : [];
}
