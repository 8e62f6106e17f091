import { unknownFieldsOf } from '../../../../src/check/policies/unknown-fields';

type Fields = Readonly<Record<string, unknown>>;

/** An object without the fields that a policy may not ask for, since only the server knows them. */
export function withoutUnknown(object: Fields): Fields {
  const [group, version] = String(object.apiVersion).includes('/') ? String(object.apiVersion).split('/') : ['', String(object.apiVersion)];
  const unknown = unknownFieldsOf([{ group, version, kind: String(object.kind), resource: '' }]);
  return without(object, '', unknown) as Fields;
}

function without(value: unknown, path: string, unknown: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map(each => without(each, `${path}[].`, unknown));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, each]) => !unknown.has(path + key) && !unknown.has(`*.${key}`) && !(key === 'creationTimestamp' && each === null) && !(key === 'rules' && isNothing(each)));
  return Object.fromEntries(kept.map(([key, each]) => [key, without(each, `${path}${key}.`, unknown)]));
}

/** The first place where two values differ. */
export function differenceOf(ours: unknown, theirs: unknown, path = ''): string {
  if (typeof ours === 'object' && typeof theirs === 'object' && ours !== null && theirs !== null) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const found = differenceOf((ours as Fields)[key], (theirs as Fields)[key], path ? `${path}.${key}` : key);
      if (found) return found;
    }
    return '';
  }
  return Object.is(ours, theirs) ? '' : `${path} is ${JSON.stringify(ours)} here and ${JSON.stringify(theirs)} there`;
}

/** A role without rules is told to policies as an empty list, and in an answer as nothing. */
const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
