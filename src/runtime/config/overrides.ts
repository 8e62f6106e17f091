import { isPlain } from '../../spec/configuration';
import { textOfPath, textOfValue } from '../../spec/problems';
import { didYouMean, type Problem } from '../../errors';
import { typeOfValue, type JsonType, type Schema } from './json-schema';
import { variablePrefix, variablesFor, type Target } from './variables';

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Puts the values of environment variables in place of those of the file.
 *
 * @returns the content of the file with the overrides, and what is wrong with variables: unknown, ambiguous, of a wrong type.
 */
export function overridden(file: Schema, schema: Schema, env: Variables): { content: Schema; problems: Problem[] } {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith(variablePrefix) && entry[1] !== undefined);
  if (set.length === 0) return { content: file, problems: [] };

  const known = variablesFor(file, schema);
  const content = structuredClone(file) as Record<string, unknown>;
  const problems: Problem[] = [];
  const changes: { path: readonly string[]; value: unknown }[] = [];
  for (const [name, text] of set) {
    const targets = known.get(name) ?? [];
    if (targets.length !== 1) {
      problems.push({ path: name, message: targets.length ? ambiguous(targets) : unknown(name, [...known.keys()]) });
      continue;
    }
    const { path, types } = targets[0];
    const read = valueOf(text, types);
    if (read) changes.push({ path, value: read.value });
    else problems.push({ path: name, message: `is ${textOfValue(text)}, expected ${types.map(type => words[type]).join(' or ')}` });
  }
  // A whole object first, then what stands in it.
  changes.sort((a, b) => a.path.length - b.path.length).forEach(({ path, value }) => put(content, path, value));
  return { content, problems };
}

const words: Readonly<Record<JsonType, string>> = {
  string: 'text', number: 'a number', boolean: 'true or false', null: 'null', array: 'a list as JSON', object: 'an object as JSON',
};

/** A text as the first type that it can be. */
function valueOf(text: string, types: readonly JsonType[]): { value: unknown } | undefined {
  for (const type of types) {
    const value = type === 'string' ? text : parsed(text);
    if (value !== undefined && typeOfValue(value) === type) return { value };
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function put(content: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = content;
  for (const key of path.slice(0, -1)) {
    if (!isPlain(at[key])) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  at[path[path.length - 1]] = value;
}

function ambiguous(targets: readonly Target[]): string {
  return `stands for ${targets.map(({ path }) => textOfPath(path)).join(' and for ')}; rename one of them, or change the ConfigMap`;
}

function unknown(name: string, known: readonly string[]): string {
  return `overrides nothing that exists${didYouMean(name, known, Infinity)}`;
}
