import { effectiveSecurity } from '../../pod-template';
import type { Container, PodTemplate } from '../../pod-template';
import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt } from '../../value';

export const rootUser = containerRule({
  id: 'container-root-user',
  severity: 'error',
  title: 'container may run as root',
  why: 'Root inside a container is root on the node as soon as there is one hole in the isolation.',
  remedy: 'Set `runAsNonRoot: true` and a `runAsUser` above 0 in the security context of the pod.',
  upstream: ['kube-linter:run-as-non-root', 'polaris:runAsRootAllowed', 'pod-security:runAsNonRoot'],
}, (container, pod) => {
  const user = effectiveSecurity(container, pod, 'runAsUser');
  const isNamedUser = typeof user === 'number' && user > 0;
  const nonRoot = effectiveSecurity(container, pod, 'runAsNonRoot');
  const isKeptFromRoot = nonRoot === true && user !== 0;
  return flawSeenBy(claimed({
    'kube-linter:run-as-non-root': !isNamedUser && !isKeptFromRoot,
    'polaris:runAsRootAllowed': !isSafeLayerByLayer(container, pod),
    'pod-security:runAsNonRoot': !isKeptFromRoot,
  }), nonRoot === true && user === 0
    ? { path: 'securityContext.runAsUser', got: user, expected: 'above 0' }
    : { path: 'securityContext.runAsNonRoot', got: nonRoot, expected: 'true' });
});

// Polaris does not merge the two layers: one of them must be safe on its own, and the other must not undo it.
function isSafeLayerByLayer(container: Container, pod: PodTemplate): boolean {
  const [own, outer] = [fieldAt(container.fields, 'securityContext'), fieldAt(pod.spec, 'securityContext')];
  return isSafe(own) || (isSafe(outer) && !isUnsafe(own));
}

function isSafe(context: unknown): boolean {
  const user = fieldAt(context, 'runAsUser');
  return (typeof user === 'number' && user >= 1) || fieldAt(context, 'runAsNonRoot') === true;
}

function isUnsafe(context: unknown): boolean {
  const user = fieldAt(context, 'runAsUser');
  return (typeof user === 'number' && user < 1) || fieldAt(context, 'runAsNonRoot') === false;
}
