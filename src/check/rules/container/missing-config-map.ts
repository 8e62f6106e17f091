import type { Flaw } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { fieldAt, itemsAt, textAt } from '../../value';

const fromVariable = 'valueFrom.configMapKeyRef';
const fromSource = 'configMapRef';
const expected = 'a ConfigMap of the set that has the key';

export const missingConfigMap = containerRule({
  id: 'container-missing-config-map',
  severity: 'error',
  title: 'container reads a config map that is not in the set',
  why: 'The container does not start until somebody creates it.',
  remedy: 'Add the ConfigMap to the same namespace, correct the name or key, or mark the reference optional.',
  upstream: ['kube-linter:env-value-from'],
}, (container, pod, view) => {
  const isMissing = (reference: unknown, key?: string): boolean => {
    const [found] = view.named('ConfigMap', textAt(reference, 'name'), pod.workload.namespace);
    const keys = ['data', 'binaryData'].flatMap((field) => Object.keys(fieldAt(found?.fields, field) ?? {}));
    return typeof reference === 'object' && reference !== null && fieldAt(reference, 'optional') !== true
      && (found === undefined || (key !== undefined && !keys.includes(key)));
  };
  return [
    ...itemsAt(container.fields, 'env').flatMap((variable, position): readonly Flaw[] => {
      const got = fieldAt(variable, fromVariable);
      return isMissing(got, textAt(got, 'key')) ? [{ path: `env[${position}].${fromVariable}`, got, expected }] : [];
    }),
    ...itemsAt(container.fields, 'envFrom').flatMap((source, position): readonly Flaw[] => {
      const got = fieldAt(source, fromSource);
      return isMissing(got) ? [{ path: `envFrom[${position}].${fromSource}`, got, expected, upstream: [] }] : [];
    }),
  ];
});
