import type { Flaw } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldAt, fieldsOf, isSet, itemsAt, textAt } from '../../value';

export const missingConfigVolume = podRule({
  id: 'pod-missing-config-map',
  severity: 'error',
  title: 'pod mounts a config map, or a key of one, that is not in the set',
  why: 'The pod waits for the volume until somebody creates the ConfigMap.',
  remedy: 'Add the ConfigMap or the key to the same namespace, correct the name, or mark the volume optional.',
  upstream: [],
}, (pod, view) => itemsAt(pod.spec, 'volumes').flatMap((volume, position) => {
  const single = { source: fieldAt(volume, 'configMap'), path: `volumes[${position}].configMap` };
  const projected = itemsAt(volume, 'projected.sources').map((source, place) => (
    { source: fieldAt(source, 'configMap'), path: `volumes[${position}].projected.sources[${place}].configMap` }));
  return [single, ...projected].flatMap(({ source, path }): readonly Flaw[] => {
    if (!isSet(source, 'name') || fieldAt(source, 'optional') === true) return [];
    const [found] = view.named('ConfigMap', textAt(source, 'name'), pod.workload.namespace);
    if (found === undefined) return [{ path, got: textAt(source, 'name'), expected: 'a ConfigMap of the set' }];
    const keys = new Set(['data', 'binaryData'].flatMap((field) => Object.keys(fieldsOf(fieldAt(found.fields, field)))));
    return itemsAt(source, 'items').map((item) => textAt(item, 'key')).filter((key) => !keys.has(key))
      .map((got) => ({ path: `${path}.items`, got, expected: 'a key of the ConfigMap' }));
  });
}));
