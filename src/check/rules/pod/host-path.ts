import type { PodTemplate } from '../../pod-template';
import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldAt, isSet, itemsAt, textAt } from '../../value';

export const hostPath = podRule({
  id: 'pod-host-path',
  severity: 'warning',
  title: 'pod mounts a directory of its node',
  why: 'It ties the pod to one node and opens the files of the node to it.',
  remedy: 'Use a volume that belongs to the pod: emptyDir, a ConfigMap, a Secret or a claim.',
  upstream: ['polaris:hostPathSet', 'kube-linter:writable-host-mount'],
}, (pod) => itemsAt(pod.spec, 'volumes').flatMap((volume, position) => flawIf(isSet(volume, 'hostPath'), {
  path: `volumes[${position}].hostPath`,
  got: fieldAt(volume, 'hostPath'),
  expected: 'unset',
  upstream: isWritten(pod, textAt(volume, 'name'))
    ? ['polaris:hostPathSet', 'kube-linter:writable-host-mount']
    : ['polaris:hostPathSet'],
})));

function isWritten(pod: PodTemplate, volume: string): boolean {
  return pod.containers.some((container) => itemsAt(container.fields, 'volumeMounts')
    .some((mount) => textAt(mount, 'name') === volume && fieldAt(mount, 'readOnly') !== true));
}
