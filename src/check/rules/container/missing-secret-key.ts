import type { ClusterView } from '../../cluster-view';
import type { Flaw } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { fieldAt, fieldsOf, itemsAt, textAt } from '../../value';

export const missingSecretKey = containerRule({
  id: 'container-missing-secret-key',
  severity: 'error',
  title: 'container reads a key that its secret does not have',
  why: 'The container does not start until somebody adds the key.',
  remedy: 'Correct `secretKeyRef.key`, add the key to what makes the Secret, or mark the reference optional.',
  upstream: [],
}, (container, pod, view) => itemsAt(container.fields, 'env').flatMap((variable, position): readonly Flaw[] => {
  const reference = fieldAt(variable, 'valueFrom.secretKeyRef');
  const [name, key] = [textAt(reference, 'name'), textAt(reference, 'key')];
  if (name === '' || fieldAt(reference, 'optional') === true) return [];
  const keys = keysOf(name, pod.workload.namespace, view);
  return keys === undefined || keys.has(key) ? [] : [{
    path: `env[${position}].valueFrom.secretKeyRef.key`, got: key, expected: 'a key of the Secret',
  }];
}));

/** The keys a Secret is sure to have; undefined when that is decided outside of the set, as in a vault. */
function keysOf(name: string, namespace: string, view: ClusterView): ReadonlySet<string> | undefined {
  const secrets = view.named('Secret', name, namespace);
  const sealed = view.named('bitnami.com/SealedSecret', name, namespace);
  const external = view.of('external-secrets.io/ExternalSecret').filter((object) =>
    object.namespace === namespace && (textAt(object.fields, 'spec.target.name') || object.name) === name);
  if (secrets.length + sealed.length + external.length === 0) return undefined;
  // One that takes over whatever the vault has, or makes keys of a template, tells nothing of its keys.
  if (external.some(({ fields }) => itemsAt(fields, 'spec.dataFrom').length > 0 || fieldAt(fields, 'spec.target.template') !== undefined)) return undefined;
  return new Set([
    ...secrets.flatMap(({ fields }) => ['data', 'stringData'].flatMap((field) => Object.keys(fieldsOf(fieldAt(fields, field))))),
    ...sealed.flatMap(({ fields }) => Object.keys(fieldsOf(fieldAt(fields, 'spec.encryptedData')))),
    ...external.flatMap(({ fields }) => itemsAt(fields, 'spec.data').map((entry) => textAt(entry, 'secretKey'))),
  ]);
}
