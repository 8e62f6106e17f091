import { kubernetesVersions, type KubernetesVersion } from './kubernetes-version';

/** What a chart says, as construct metadata, to whoever checks and writes its objects. */
export interface Placement {
  /** The folder below the output folder. */
  readonly folder: string;
  /** The version of the API server that the objects are for. */
  readonly kubernetes: KubernetesVersion;
  /** The environment they belong to. */
  readonly environment: string;
}

/** The type of the construct metadata that carries a {@link Placement}. */
export const placementKey = 'marty-msf:placement';

/** The type of the construct metadata of an object that checks itself against its schema. */
export const selfCheckedKey = 'marty-msf:self-checked';

/** As much of a construct as is needed to find its placement. */
interface Placed {
  readonly node: { readonly scopes: readonly Placed[]; readonly metadata: readonly { readonly type: string; readonly data: unknown }[] };
}

/** What the nearest chart that says anything says about where a construct belongs. */
export function placementOf(construct: Placed): Placement | undefined {
  for (const scope of [...construct.node.scopes].reverse()) {
    const entry = scope.node.metadata.find(({ type }) => type === placementKey);
    if (entry) return entry.data as Placement;
  }
  return undefined;
}

/** The version of Kubernetes that a construct is rendered for. @default - the newest known */
export function kubernetesVersionOf(construct: Placed): KubernetesVersion {
  return placementOf(construct)?.kubernetes ?? kubernetesVersions[kubernetesVersions.length - 1];
}
