import { waveKey, type RenderedObject } from '../render';

/** A patch of a Flux Kustomization. */
interface Patch {
  readonly target: { readonly group: string; readonly version: string; readonly kind: string; readonly name: string; readonly namespace?: string };
  readonly patch: string;
}

/** One of several rounds in which a folder is applied: patches leave out what another round applies. */
interface Step { readonly patches: readonly Patch[] }

/**
 * The rounds in which the objects of a folder are applied, as their waves say: a migration before the service. Flux knows no waves, but
 * Kustomizations that wait for each other.
 */
export function stepsOf(objects: readonly RenderedObject[]): Step[] {
  const last = Math.max(...objects.map(waveOf));
  const rounds = objects.map(object => ({ object, round: isBoundLate(object) ? last : waveOf(object) }));
  return [...new Set(rounds.map(({ round }) => round))].sort((a, b) => a - b)
    .map(round => ({ patches: rounds.filter(other => other.round !== round).map(({ object }) => withoutOf(object)) }));
}

const waveOf = ({ manifest }: RenderedObject) => Number(manifest.metadata?.annotations?.[waveKey] ?? 0);

/** Storage that is bound when the first pod asks for it never gets there before the pods. */
const isBoundLate = ({ manifest }: RenderedObject) => manifest.kind === 'PersistentVolumeClaim';

/** @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/ */
function withoutOf({ manifest: { apiVersion, kind, metadata } }: RenderedObject): Patch {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const { name = '', namespace } = metadata ?? {};
  const patch = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${JSON.stringify(name)}\n$patch: delete\n`;
  return { target: { group, version, kind, name: `^${name.replaceAll('.', '\\.')}$`, ...(namespace === undefined ? {} : { namespace: `^${namespace}$` }) }, patch };
}
