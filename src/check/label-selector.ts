import { fieldAt, fieldsOf, itemsAt, textAt, textsAt } from './value';
import type { TextMap } from './value';

/** Whether every label of a plain map is carried; an empty map is carried by everything. */
export function carries(labels: TextMap, wanted: TextMap): boolean {
  for (const [key, value] of wanted) {
    if (labels.get(key) !== value) return false;
  }
  return true;
}

/**
 * Whether a label selector (`matchLabels`, `matchExpressions`) selects these labels. An empty selector selects
 * everything, an absent or malformed one nothing.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export function selects(selector: unknown, labels: TextMap): boolean {
  if (typeof selector !== 'object' || selector === null) return false;
  const wanted = Object.entries(fieldsOf(fieldAt(selector, 'matchLabels')));
  return wanted.every(([key, value]) => typeof value === 'string' && labels.get(key) === value)
    && itemsAt(selector, 'matchExpressions').every((expression) => holds(expression, labels));
}

/** Whether a selector names anything at all. */
export function isEmptySelector(selector: unknown): boolean {
  return Object.keys(fieldsOf(fieldAt(selector, 'matchLabels'))).length === 0
    && itemsAt(selector, 'matchExpressions').length === 0;
}

function holds(expression: unknown, labels: TextMap): boolean {
  const value = labels.get(textAt(expression, 'key'));
  const values = textsAt(expression, 'values');
  switch (textAt(expression, 'operator')) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}
