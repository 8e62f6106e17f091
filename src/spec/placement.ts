import { kubernetesVersions, type KubernetesVersion } from './kubernetes-version';

/** What a chart says, as construct metadata, to whoever checks and writes its objects. */
export interface Placement {
  /** The folder below the output folder. */
  readonly folder: string;
  /** The version of the API server that the objects are for. */
  readonly kubernetes: KubernetesVersion;
  /** The environment they belong to. */
  readonly environment: string;
  /** What a delivery tool has to know of them. */
  readonly delivery?: Delivery;
}

/** What a delivery tool has to know of the objects of one folder. */
export interface Delivery {
  readonly platform: string;
  /** The namespace of the platform. */
  readonly namespace: string;
  /** The service; absent where it is what services share. */
  readonly service?: string;
  /** The services that have to be there before, sorted. */
  readonly after: readonly string[];
  /** How many services stand before it, one after the other. */
  readonly wave: number;
  /** Seconds until it is there, at the longest. */
  readonly waitSeconds: number;
  /** Whether the environment is there for a while only. */
  readonly preview: boolean;
}

/** The type of the construct metadata that carries a {@link Placement}. */
export const placementKey = 'marty-msf:placement';

/** The type of the construct metadata of an object that checks itself against its schema. */
export const selfCheckedKey = 'marty-msf:self-checked';

/** What that metadata may carry, so that an object need not be made anew only to be checked. */
export interface SelfCheck {
  /** Checks the object as it was made just now; its validation answers with the outcome. */
  readonly check: (manifest: unknown) => void;
}

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
