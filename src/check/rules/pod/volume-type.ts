import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldsOf, itemsAt } from '../../value';

const allowed: ReadonlySet<string> = new Set([
  'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret',
]);

export const volumeType = podRule({
  id: 'pod-volume-type',
  severity: 'warning',
  title: 'pod mounts storage by itself instead of claiming it',
  why: 'Drivers named in a pod run with the rights of the node and carry addresses and credentials of storage in every manifest.',
  remedy: 'Let a PersistentVolumeClaim or a CSI volume stand between the pod and the storage.',
  upstream: ['pod-security:restrictedVolumes'],
}, (pod) => itemsAt(pod.spec, 'volumes').flatMap((volume, position) =>
  Object.keys(fieldsOf(volume)).filter((field) => field !== 'name').flatMap((field) =>
    // A directory of the node has a rule of its own.
    flawIf(!allowed.has(field) && field !== 'hostPath', {
      path: `volumes[${position}].${field}`, got: field, expected: `one of ${[...allowed].join(', ')}`,
    }))));
