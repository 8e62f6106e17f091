import { podRule } from '../../rule-shapes';
import { itemsAt, textAt } from '../../value';

export const missingClaim = podRule({
  id: 'pod-missing-claim',
  severity: 'error',
  title: 'pod mounts a claim that is not in the set',
  why: 'The pod is never scheduled while the claim is missing.',
  remedy: 'Add the PersistentVolumeClaim to the same namespace, or correct `claimName`.',
  upstream: [],
}, (pod, view) => itemsAt(pod.spec, 'volumes').flatMap((volume, position) => {
  const got = textAt(volume, 'persistentVolumeClaim.claimName');
  const isThere = got === '' || view.named('PersistentVolumeClaim', got, pod.workload.namespace).length > 0;
  return isThere ? [] : [{
    path: `volumes[${position}].persistentVolumeClaim.claimName`, got, expected: 'a PersistentVolumeClaim of the set',
  }];
}));
