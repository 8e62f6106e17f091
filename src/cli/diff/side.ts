import { relative, resolve } from 'node:path';
import { MartyError, type Problem } from '../../errors';
import { objectsIn, type SetObject } from '../../manifests/object-set';
import { readYaml } from '../../manifests/yaml-documents';
import { filesAt } from '../import/files';
import type { Files, Io } from '../io';

/** One object, and where it stands. */
export interface Located {
  readonly object: SetObject;
  /** The file, from the folder that was read; empty where there is none. */
  readonly file: string;
  /** The line that its document begins on. */
  readonly line: number;
}

/** What is compared: objects, and what they are called. */
export interface Side {
  readonly name: string;
  readonly objects: readonly Located[];
  /** What one should know of what was read. */
  readonly notes: readonly string[];
}

/**
 * Reads a file, all YAML and JSON below a folder, or stdin. A folder without an object is an empty side.
 *
 * @param files where to read; another time's, for one.
 * @throws USAGE when there is no such file or folder.
 * @throws INPUT_INVALID with the place of everything that is no YAML.
 */
export function sideAt(io: Io, cwd: string, path: string, { name = path, files = io.files }: { name?: string; files?: Files } = {}): Side {
  const found = filesAt({ ...io, files }, cwd, path);
  const root = resolve(cwd, path);
  const problems: Problem[] = [];
  const objects = found.files.flatMap(({ name: file, text }) => {
    const read = readYaml(text);
    problems.push(...read.problems.map(({ line, message }) => ({ path: `${file}:${line}`, message: `is no YAML: ${message}` })));
    const inside = path === '-' ? '' : relative(root, resolve(cwd, file)).split('\\').join('/');
    return read.documents.flatMap(document => objectsIn([document.value]).filter(isOfCluster).map((object): Located => (
      { object, file: inside, get line() { return document.line; } })));
  });
  if (problems.length) throw new MartyError('INPUT_INVALID', `${path === '-' ? 'stdin' : path} cannot be read:`, { problems });
  return { name, objects, notes: found.skipped.filter(({ reason }) => !reason.startsWith('is a kustomization')).map(({ place, reason }) => `${place} ${reason}`) };
}

/** Kustomizations steer a program; no cluster has them. */
const isOfCluster = ({ apiVersion }: SetObject) => !apiVersion.startsWith('kustomize.config.k8s.io/');
