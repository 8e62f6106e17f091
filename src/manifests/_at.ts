import { isRecord } from './_walk';

/** What stands at a path of field names; undefined as soon as a step is missing. */
export function at(value: unknown, ...steps: readonly string[]): unknown {
  return steps.reduce((inside, step) => (isRecord(inside) ? inside[step] : undefined), value);
}
