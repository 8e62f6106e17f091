import type { PodTemplate } from '../../pod-template';
import type { Flaw } from '../../rule';
import { isSet, itemsAt, textAt } from '../../value';

/** The volumes of a pod that some container mounts and whose path on the node matches, as flaws. */
export function mountedHostPaths(
  pod: PodTemplate,
  isForbidden: (path: string) => boolean,
  expected: string,
): readonly Flaw[] {
  const mounted = new Set(pod.containers.flatMap((container) =>
    itemsAt(container.fields, 'volumeMounts').map((mount) => textAt(mount, 'name'))));
  return itemsAt(pod.spec, 'volumes').flatMap((volume, position) => {
    const got = textAt(volume, 'hostPath.path');
    const isFlaw = isSet(volume, 'hostPath') && isForbidden(got) && mounted.has(textAt(volume, 'name'));
    return isFlaw ? [{ path: `volumes[${position}].hostPath.path`, got, expected }] : [];
  });
}
