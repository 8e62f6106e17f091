import type { Chart, Manifest } from './charts';

/** Where what installs controllers is committed to. */
export interface Place {
  readonly repository: string;
  readonly branch: string;
  /** The folder of the environment in the repository. */
  readonly path: string;
}

/** Manifests by the file that they stand in. */
export type Files = ReadonlyMap<string, readonly Manifest[]>;

/** What is installed in a cluster. */
export interface Installed {
  /** What its parts are named after. */
  readonly name: string;
  readonly charts: readonly Chart[];
  /** What is applied after the charts, by the files that it stands in. */
  readonly objects: Files;
}

/** Makes the files that have a tool install something. */
export type Deliver = (installed: Installed, place: Place) => Files;

export const isOci = (repository: string) => repository.startsWith('oci://');
