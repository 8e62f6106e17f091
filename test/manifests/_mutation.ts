import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export type Fields = Record<string, unknown>;

/** One place in an object: the steps to it, and what stands there. */
export interface Place {
  readonly steps: readonly (string | number)[];
  readonly value: unknown;
}

/** The objects of a file of manifests beside the tests. */
export function manifestsOf(file: string): Fields[] {
  return parseAllDocuments(readFileSync(join(__dirname, file), 'utf8')).map(document => document.toJS() as Fields);
}

/** Every field and list entry of an object, parents first. */
export function placesOf(value: unknown, steps: readonly (string | number)[] = []): Place[] {
  const here: Place[] = steps.length === 0 ? [] : [{ steps, value }];
  if (Array.isArray(value)) return [...here, ...value.flatMap((entry, index) => placesOf(entry, [...steps, index]))];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([field, child]) => placesOf(child, [...steps, field]))];
}

/** A copy of an object with one place changed by `edit`, which gets the parent and the last step. */
export function mutated(object: Fields, steps: readonly (string | number)[], edit: (parent: Fields, step: string) => void): Fields {
  const copy = structuredClone(object);
  let parent = copy as unknown;
  for (const step of steps.slice(0, -1)) parent = (parent as Fields)[step];
  edit(parent as Fields, String(steps[steps.length - 1]));
  return copy;
}

/** The path as problems write it. */
export function pathOf(steps: readonly (string | number)[]): string {
  return steps.map(step => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  }).join('').replace(/^\./, '');
}
