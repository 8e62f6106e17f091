import { allowedOf } from './_scalars';
import type { SchemaNode } from './_schema-node';
import { closest } from '../errors';
import type { Problem, ProblemReason } from './problem';

/** A walk over one object; the trail holds the steps to where it is, so that a path is only written when something is wrong. */
export interface Walk {
  readonly definitions: Readonly<Record<string, SchemaNode>>;
  readonly version: string;
  /** Values are secret: problems do not show them. */
  readonly hidden: boolean;
  /** Inside a logical branch, which only narrows values: fields it does not name are none of its business. */
  readonly branch: boolean;
  readonly trail: (string | number)[];
  readonly problems: Problem[];
}

/** Writes a problem down at the place where the walk is. */
export function report(run: Walk, reason: ProblemReason, got: string, expected: string, advice?: string): void {
  const path = pathOf(run.trail);
  const message = `${path === '' ? 'the object' : path} is ${got}, expected ${expected}${advice === undefined ? '' : `; ${advice}`}`;
  run.problems.push({ reason, path, got, expected, message });
}

/** Does something one step further down. */
export function under(run: Walk, step: string | number, act: () => void): void {
  run.trail.push(step);
  act();
  run.trail.pop();
}

/** Something that another version of Kubernetes has; `exists` reads `exists since Kubernetes 1.30`. */
export function reportVersion(run: Walk, what: string, bound: { readonly since?: string; readonly until?: string }): void {
  const exists = bound.since === undefined ? `until Kubernetes ${bound.until}` : `since Kubernetes ${bound.since}`;
  const path = pathOf(run.trail);
  run.problems.push({
    reason: 'version',
    path,
    got: `what exists ${exists}`,
    expected: `what Kubernetes ${run.version} has`,
    message: `${[path, what].filter(Boolean).join(' ')} exists ${exists}, the environment names ${run.version}`,
  });
}

export function reportUnknownField(
  run: Walk, field: string, properties: Readonly<Record<string, SchemaNode>>, definition: string | undefined,
): void {
  const meant = closest(field, Object.keys(properties));
  const isStatus = field === 'status' && run.trail.length === 0;
  under(run, field, () => {
    if (isStatus) report(run, 'unknown-field', 'in the manifest', 'no status', 'leave it out: the cluster writes it');
    else report(run, 'unknown-field', 'no known field', `a field of ${definition ?? 'the schema'}`, meant && `did you mean ${meant}?`);
  });
}

/** A string, number or boolean that is not what its schema asks for. */
export function reportScalar(run: Walk, node: SchemaNode, value: unknown, expected: string): void {
  const since = typeof value === 'string' ? node.enumSince?.[value] : undefined;
  if (since !== undefined && since > run.version) return reportVersion(run, JSON.stringify(value), { since });
  report(run, isRightType(node, value) ? 'value' : 'type', show(run, value), expected, adviceOf(run, node, value));
}

/** A value in words: short, and hidden where it is secret. */
export function show(run: Walk, value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (run.hidden && run.trail[0] !== 'metadata') return '[hidden]';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  return `the ${typeof value} ${String(value)}`;
}

function isRightType({ type }: SchemaNode, value: unknown): boolean {
  if (typeof value === 'string') return type === 'string' || type === 'int-or-string' || type === 'quantity' || type === undefined;
  if (typeof value === 'number') return type === 'int-or-string' || type === 'quantity' || type === 'number' || (type === 'integer' && Number.isInteger(value));
  return false;
}

function adviceOf(run: Walk, node: SchemaNode, value: unknown): string | undefined {
  if (value === null) return 'leave the field out';
  if (node.type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return 'write it in quotes';
  const isQuoted = node.type === 'boolean' ? /^(true|false)$/ : /^-?\d+$/;
  if (isPlain(node) && typeof value === 'string' && isQuoted.test(value)) return 'write it without quotes';
  const meant = typeof value === 'string' && node.enum !== undefined ? closest(value, allowedOf(node, run.version).map(String)) : undefined;
  return meant === undefined || run.hidden ? undefined : `did you mean ${meant}?`;
}

const isPlain = ({ type }: SchemaNode): boolean => type === 'boolean' || type === 'integer' || type === 'number';

/** `spec.containers[0].image`; names that are no plain words stand in brackets and quotes. */
export function pathOf(trail: readonly (string | number)[]): string {
  let path = '';
  for (const step of trail) {
    if (typeof step === 'number') path += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) path += path === '' ? step : `.${step}`;
    else path += `[${JSON.stringify(step)}]`;
  }
  return path;
}
