import { basename, dirname, join, resolve } from 'node:path';
import type { Ownership } from '../../synth/ownership';
import type { Io } from '../io';

/** What we leave in each folder that we write. */
const ownershipFile = '.marty-ownership';

/** Whose a file is: the set of objects it belongs to, and the construct that defined it. */
export interface Owner { readonly set: string; readonly construct?: string }

export interface Owners {
  ownerOf(file: string): Owner;
  /** Whether a folder was written by us. */
  isOurs(folder: string): boolean;
}

/** Tells whose files are, by the ownership files in their folders. The folder of an environment holds those of its services. */
export function createOwners(io: Io, cwd: string): Owners {
  const read = new Map<string, Ownership | undefined>();
  const ownershipOf = (folder: string): Ownership | undefined => {
    if (read.has(folder)) return read.get(folder);
    const path = resolve(cwd, folder, ownershipFile);
    const text = io.files.exists(path) ? io.files.text(path) : undefined;
    const found = text === undefined ? undefined : ownershipModule().parseOwnership(text);
    read.set(folder, found);
    return found;
  };
  return {
    ownerOf: file => {
      const folder = dirname(file);
      const ownership = file === 'stdin' ? undefined : ownershipOf(folder);
      if (!ownership) return { set: '' };
      const construct = Object.hasOwn(ownership.files, basename(file)) ? ownership.files[basename(file)].construct : undefined;
      return { set: join(folder, '..'), ...(construct ? { construct } : {}) };
    },
    // The index of an environment stands beside the folders that we wrote.
    isOurs: folder => ownershipOf(folder) !== undefined || [...read].some(([known, ownership]) => ownership !== undefined && join(known, '..') === join(folder, '.')),
  };
}

/** Loaded when there is such a file: foreign manifests have none. */
function ownershipModule(): typeof import('../../synth/ownership') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../../synth/ownership') as typeof import('../../synth/ownership');
}
