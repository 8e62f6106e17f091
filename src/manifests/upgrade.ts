import { differencesOf, type Difference } from './difference';
import { groupOf, keyOf, type Identified } from './identity';
import { frozenFields, type Frozen } from './upgrade/frozen-fields';
import { kafkaKinds, kafkaObjectProblems } from './upgrade/kafka-objects';
import { lastingProblems } from './upgrade/lasting';
import { serviceProblems } from './upgrade/service';

/** A change of an object that its cluster refuses or does not follow, or that loses what it keeps. */
export interface UpgradeProblem {
  /** Where, in the object as it is to be: `spec.resources.requests.storage`. */
  readonly path: string;
  /** What it is, what it was, and why that cannot be. */
  readonly message: string;
  /** What to do instead, or first. */
  readonly remedy: string;
  /** Whether nothing that is done in the cluster makes it right. */
  readonly never?: true;
}

/** The kinds that have something that cannot be changed, without their groups. */
export const guardedKinds: ReadonlySet<string> = new Set([...Object.keys(frozenFields), ...kafkaKinds].map(kind => kind.slice(kind.indexOf('/') + 1)));

/**
 * Everything about an object that cannot become what it is to be; nothing, when the two are not the same object.
 *
 * @param differences what is different between the two, where that is known already.
 * @see https://github.com/kubernetes/kubernetes/tree/master/pkg/apis (each group's `validation.go`)
 */
export function upgradeProblems(before: Identified, after: Identified, differences?: readonly Difference[]): UpgradeProblem[] {
  const kind = `${groupOf(after.apiVersion)}/${after.kind}`;
  if (keyOf(before) !== keyOf(after)) return [];
  if (!Object.hasOwn(frozenFields, kind)) return kafkaObjectProblems(kind, before, after);
  const found = differences ?? differencesOf({ ...before }, { ...after });
  const fields = found.flatMap(difference => {
    const frozen = frozenFields[kind].find(each => isBelow(difference.path, each.path) && !each.unless?.({ before, after, difference }));
    return frozen ? [problemOf(difference, frozen)] : [];
  });
  if (kind === '/ConfigMap') return [...fields, ...lastingProblems(before, after), ...kafkaObjectProblems(kind, before, after)];
  return kind === '/Service' ? [...fields, ...serviceProblems(before, after)] : fields;
}

/** Whether a path is that of a field, or of something in it; an empty field is all of the object. */
function isBelow(path: string, field: string): boolean {
  return path.startsWith(field) && /^(?:$|[.[])/.test(path.slice(field.length));
}

function problemOf({ path, before, after, hidden }: Difference, { why, remedy }: Frozen): UpgradeProblem {
  const said = hidden ? 'is changed' : `is ${textOf(after)}, was ${textOf(before)}`;
  return { path, message: `${said}: ${why}`, remedy };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'unset';
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value.join(', ');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
