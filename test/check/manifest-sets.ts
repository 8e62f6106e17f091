import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const folder = join(__dirname, 'verdicts', 'cases');

/** The names of the recorded manifest sets. */
export const caseNames: readonly string[] = readdirSync(folder).map((file) => file.replace(/\.yaml$/, '')).sort();

/** The objects of a recorded manifest set, fresh for every caller. */
export function objectsOf(name: string): unknown[] {
  return parse(readFileSync(join(folder, `${name}.yaml`), 'utf8'));
}

/** The objects in a YAML text. */
export function parse(text: string): unknown[] {
  return parseAllDocuments(text).map((document): unknown => document.toJS()).filter((object) => object !== null);
}
