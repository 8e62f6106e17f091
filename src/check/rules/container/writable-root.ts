import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { fieldAt } from '../../value';

export const writableRoot = containerRule({
  id: 'container-writable-root',
  severity: 'warning',
  title: 'container can write its root file system',
  why: 'Whoever breaks in can replace the program and leave tools behind.',
  remedy: 'Set `securityContext.readOnlyRootFilesystem: true` and mount an emptyDir where the program really writes.',
  upstream: [
    'kube-linter:no-read-only-root-fs',
    'polaris:notReadOnlyRootFilesystem',
    'kube-score:container-security-context-readonlyrootfilesystem',
  ],
}, (container) => {
  const path = 'securityContext.readOnlyRootFilesystem';
  const got = fieldAt(container.fields, path);
  return flawIf(got !== true, { path, got, expected: 'true' });
});
