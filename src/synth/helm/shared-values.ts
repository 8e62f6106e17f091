import { isSame } from '../../manifests/factoring/same';
import { createNames } from './names';
import type { ChartValue } from './chart-values';

/**
 * Says once what several fields have in common: values of fields of one name that are the same in every environment become one value, called
 * after that name. All others stay as they are.
 *
 * @param taken names that stand in the values already.
 */
export function withSharedValues(values: readonly ChartValue[], taken: Iterable<string>): ChartValue[] {
  const result = [...values];
  const names = createNames(taken);
  for (const indexes of candidatesIn(values)) {
    for (const group of groupsOf(values, indexes)) {
      if (group.length < 2) continue;
      const [widest] = group;
      const key = lastOf(values[widest]);
      const path = [names.free(key.slice(key.lastIndexOf('/') + 1))];
      for (const index of group) result[index] = { ...values[widest], path, description: `${key} of ${group.length} fields` };
    }
  }
  return result;
}

const lastOf = ({ path }: ChartValue) => path[path.length - 1];
const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

/** Fields of one name, those of the most environments first. */
function candidatesIn(values: readonly ChartValue[]): number[][] {
  const byName = new Map<string, number[]>();
  values.forEach((value, index) => {
    if (value.optional || value.path.length < 2 || ![...value.values.values()].every(isScalar)) return;
    byName.set(lastOf(value), [...byName.get(lastOf(value)) ?? [], index]);
  });
  return [...byName.values()].map(indexes => [...indexes].sort((a, b) => values[b].values.size - values[a].values.size || a - b));
}

function groupsOf(values: readonly ChartValue[], indexes: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const index of indexes) {
    const agrees = ({ values: others }: ChartValue) => (
      [...values[index].values].every(([name, value]) => others.has(name) && isSame(others.get(name), value)));
    const group = groups.find(([widest]) => agrees(values[widest]));
    if (group) group.push(index);
    else groups.push([index]);
  }
  return groups;
}
