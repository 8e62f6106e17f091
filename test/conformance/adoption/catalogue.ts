import chartOrigins from './charts.json';
import origins from './sets.json';

/** A Go module whose files others publish, pinned: none of them is part of this repository. */
export interface Pinned {
  readonly origin: string;
  readonly version: string;
  /** The module's checksum, as `go.sum` has it. */
  readonly checksum: string;
}

/** Public manifests of one origin. */
export interface Origin extends Pinned {
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

/** Public charts of one origin. */
export interface ChartOrigin extends Pinned {
  readonly charts: readonly PublicChart[];
}

/** A chart of Helm that renders without a network. */
export interface PublicChart {
  /** What a reader finds it by; a chart that is rendered with several values has several. */
  readonly name: string;
  /** The chart's folder. */
  readonly chart: string;
  /** What is said besides the chart's own values. @default nothing */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Dependencies that the module does not hold, each of which the values leave out anyway. @default none */
  readonly without?: readonly string[];
}

/** Every origin, with the sets that come from it. */
export const catalogue: readonly Origin[] = origins;

/** Every origin of charts. */
export const chartCatalogue: readonly ChartOrigin[] = chartOrigins;
