import { groupKindOf } from '../../manifest';
import { podTemplateOf } from '../../pod-template';
import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { looksInto } from '../../upstream';

const id = 'kube-linter:use-namespace';

export const defaultNamespace = objectRule({
  id: 'default-namespace',
  severity: 'warning',
  title: 'object lives in the default namespace, or wherever it happens to be applied',
  why: 'Policies, quotas and rights are cut by namespace; in the default one everybody meets everybody.',
  remedy: 'Set `metadata.namespace` to a namespace of its own.',
  upstream: [id],
}, 'all', (object) => {
  const isService = groupKindOf(object) === 'Service';
  return flawIf((isService || podTemplateOf(object) !== undefined) && ['', 'default'].includes(object.namespace), {
    path: 'metadata.namespace',
    got: object.namespace,
    expected: 'a namespace other than default',
    upstream: isService || looksInto(id, object) ? [id] : [],
  });
});
