import { at } from '../_at';
import { isRecord } from '../_walk';
import { refusedChanges } from './kafka-change';
import { stateIn } from './kafka-state';

interface LastingProblem { readonly path: string; readonly message: string; readonly remedy: string; readonly never?: true }

/** The label of a ConfigMap whose values are what a cluster of servers is known by. */
const label = 'marty-msf/lasting';

/** Whether an object says what servers are, which they have on their disks as well. */
export const isLasting = (object: unknown): boolean => at(object, 'metadata', 'labels', label) === 'kafka';

/** What would make servers strangers to their own disks, bring back what they have left behind, or is no step of a plan. */
export function lastingProblems(before: unknown, after: unknown): LastingProblem[] {
  if (!isLasting(before) || !isLasting(after)) return [];
  const [was, is] = [stateIn(dataOf(before)), stateIn(dataOf(after))];
  if (!was || !is) return [];
  return refusedChanges(was, is).map(({ key, message, remedy, mayBeMeant }) => (
    { path: key.includes('.') ? `data["${key}"]` : `data.${key}`, message, remedy, ...(mayBeMeant ? {} : { never: true as const }) }));
}

function dataOf(object: unknown): Readonly<Record<string, string>> {
  const data = at(object, 'data');
  return isRecord(data) ? data as Readonly<Record<string, string>> : {};
}
