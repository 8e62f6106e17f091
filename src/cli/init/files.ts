import { join } from 'node:path';
import type { Files } from '../io';

/** What stands in the templates, and what takes its place. */
export interface Substitution {
  /** The name of the project. */
  readonly name: string;
  /** What package.json says of this package: a range of versions, or where it is. */
  readonly package: string;
}

/** npm takes a file named .gitignore for its own and leaves it out of a package. */
const renamed: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

/** The files of a new project, by path: those of a folder of templates, filled in. */
export function filledTemplates(files: Pick<Files, 'list' | 'text'>, folder: string, substitution: Substitution): Map<string, string> {
  return new Map(files.list(folder).map(path => [
    renamed[path] ?? path,
    (files.text(join(folder, path)) ?? '').replaceAll('__name__', substitution.name).replaceAll('__package__', JSON.stringify(substitution.package).slice(1, -1)),
  ]));
}
