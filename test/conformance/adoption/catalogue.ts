import origins from './sets.json';

/** Public manifests of one origin, pinned: none of them is part of this repository. */
export interface Origin {
  /** The Go module that they are part of. */
  readonly origin: string;
  readonly version: string;
  /** The module's checksum, as `go.sum` has it. */
  readonly checksum: string;
  readonly sets: readonly ManifestSet[];
}

/** Manifests that are imported together. */
export interface ManifestSet {
  /** What a reader finds it by. */
  readonly name: string;
  /** Files, and folders with every YAML and JSON file below them. */
  readonly files: readonly string[];
  /** How many differences are listed, each of which was looked at. @default 0 */
  readonly differences?: number;
}

/** Every origin, with the sets that come from it. */
export const catalogue: readonly Origin[] = origins;
