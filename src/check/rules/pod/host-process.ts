import type { Flaw } from '../../rule';
import { flawIf } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldAt, isSet, itemsAt } from '../../value';

const field = 'securityContext.windowsOptions.hostProcess';

export const hostProcess = podRule({
  id: 'pod-host-process',
  severity: 'warning',
  title: 'pod runs as a process of its Windows node',
  why: 'A host process is not contained at all.',
  remedy: 'Remove `windowsOptions.hostProcess`.',
  upstream: ['polaris:hostProcess'],
}, (pod) => [
  ...flawsIn(pod.spec, field),
  ...itemsAt(pod.spec, 'containers').flatMap((container, position) =>
    flawsIn(container, `containers[${position}].${field}`)),
]);

function flawsIn(holder: unknown, path: string): readonly Flaw[] {
  const got = fieldAt(holder, field);
  return flawIf(isSet(holder, field) && got !== false, { path, got, expected: 'false' });
}
