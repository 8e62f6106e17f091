/** How the folders of an output are arranged, where that is not `<environment>/<service>`. */
export interface Layout {
  /** What a folder is about. */
  placeOf(folder: string): Place;
  /** The index that lists a folder, and how it calls it; undefined when none does. */
  indexOf(folder: string): { readonly folder: string; readonly entry: string } | undefined;
  /** The environment whose guarded parts a file holds; undefined where it holds something else. */
  guardedIn(folder: string, file: string): string | undefined;
  /** Whether a file holds an object. */
  holdsObject(folder: string, file: string): boolean;
}

/** The service that a folder is about, and the environment, or what else it is: `base`, `components/production`. */
export interface Place { readonly environment: string; readonly service: string }
