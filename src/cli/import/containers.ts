import { labelSchema, pinnedImageSchema } from '../../spec/syntax';
import { knowsSidecars } from './facts';
import { variablesOf } from './operation';
import { resourcesFrom } from './pods';
import { at, fieldsAt, isSame, listAt, said, type Fields } from './value';
import type { ServiceDraft, Take } from './draft';

/**
 * Containers that run before that of the service, and beside it. Those beside it are the ones that Kubernetes starts before it; ordinary ones
 * are left to the patch, since a field would make others of them.
 */
export const takeContainers: Take = ({ kind, podSpec }, service, draft) => {
  const containers = listAt(podSpec, 'initContainers');
  const isSidecar = ({ restartPolicy }: Fields) => restartPolicy === 'Always';
  const [beside, before] = [containers.filter(isSidecar), containers.filter(each => !isSidecar(each))];
  // In this order they are rendered; of another one the patch would have to say all of them again.
  if (!isSame(containers, [...beside, ...before])) return;
  const ends = kind === 'schedule' || kind === 'job';
  const sidecars = ends || !knowsSidecars(draft.facts.kubernetes) ? undefined : described(beside, service);
  if (beside.length && !sidecars) return;
  if (beside.length) service.sidecars = sidecars;
  const initContainers = described(before, service);
  if (before.length && initContainers) service.initContainers = initContainers;
};

/** All of some containers, or none: a patch would append those that are missing, in another order. */
function described(containers: readonly Fields[], service: ServiceDraft): Fields | undefined {
  const fits = ({ name, image }: Fields) => labelSchema().safeParse(name).success && pinnedImageSchema.safeParse(image).success;
  if (!containers.every(fits)) return undefined;
  return Object.fromEntries(containers.map(container => [String(container.name), containerOf(container, service)]));
}

function containerOf(container: Fields, service: ServiceDraft): Fields {
  const list = (value: unknown) => (Array.isArray(value) && value.length ? value as unknown[] : undefined);
  const mounted = (alias: string) => listAt(container, 'volumeMounts').some(({ name, mountPath }) => name === `volume-${alias.toLowerCase()}` && mountPath === at(service.volumes, alias, 'at'));
  const volumes = Object.keys(fieldsAt(service, 'volumes')).filter(mounted);
  return said({
    image: container.image, command: list(container.command), args: list(container.args),
    variables: variablesOf(container), resources: resourcesFrom(container),
    volumes: volumes.length ? volumes : undefined,
  });
}
