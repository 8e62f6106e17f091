import { isRecord } from '../../validate/json-value';
import type { Arguments, Finding } from '../../validate/stack';

/** What is wrong at one place of a block. */
export type Problem = Pick<Finding, 'at' | 'message'>;

/** A value of a block and where it stands: `vpc_config[0].subnet_ids`. */
export interface Place {
  readonly at: string;
  readonly value: unknown;
}

/**
 * The places a path without indexes leads to. A nested block is an object, or a list of them; the last step is not taken apart, so that a list of
 * texts is one value. Where the last block on the way lacks the argument, its place is there with nothing in it; where a block on the way is missing,
 * no place is.
 */
export function placesOf(body: Arguments, path: string): readonly Place[] {
  const cut = path.lastIndexOf('.');
  const last = path.slice(cut + 1);
  const parents = cut < 0 ? [{ at: '', value: body }] : blocksIn(body, path.slice(0, cut));
  return parents.map(parent => ({ at: joined(parent.at, last), value: parent.value[last] ?? undefined }));
}

/** A nested block and where it stands. */
export interface Nested extends Place {
  readonly value: Arguments;
}

/** The nested blocks that a path without indexes leads to, one by one. */
export function blocksIn(body: Arguments, path: string): readonly Nested[] {
  let found: readonly Nested[] = [{ at: '', value: body }];
  for (const step of path.split('.')) {
    found = found.flatMap(parent => nestedIn(parent.value, step).map(inner => ({ at: joined(parent.at, inner.at), value: inner.value })));
  }
  return found;
}

/** The value of the first place of a path. */
export function valueOf(body: Arguments, path: string): unknown {
  return placesOf(body, path)[0]?.value;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

export function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

/** The number that a value is, also when it is written as text; nothing for everything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The texts of a list, or of a value that stands alone. */
export function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter((text): text is string => typeof text === 'string');
}

function nestedIn(body: Arguments, step: string): readonly Nested[] {
  const value = body[step];
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => isRecord(one) ? [{ at: `${step}[${index}]`, value: one }] : []);
  }
  return isRecord(value) ? [{ at: step, value }] : [];
}

function joined(parent: string, child: string): string {
  return parent === '' ? child : `${parent}.${child}`;
}
