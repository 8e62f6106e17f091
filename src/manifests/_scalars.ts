import { formats, isPortName } from './_formats';
import type { SchemaNode } from './_schema-node';

const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const patterns = new Map<string, RegExp>();

/** What is wrong with a string, a number or a boolean: the words for what is expected, or nothing. */
export function expectedOfScalar(node: SchemaNode, value: unknown, version: string): string | undefined {
  switch (node.type) {
    case 'string': return typeof value === 'string' ? expectedOfString(node, value, version) : 'a string';
    case 'boolean': return typeof value === 'boolean' ? undefined : 'true or false';
    case 'integer': return typeof value === 'number' && Number.isInteger(value) ? expectedOfNumber(node, value) : 'a whole number';
    case 'number': return typeof value === 'number' && Number.isFinite(value) ? expectedOfNumber(node, value) : 'a number';
    case 'quantity': return expectedOfQuantity(node, value);
    case 'int-or-string': return expectedOfIntOrString(node, value, version);
    default: return undefined;
  }
}

/** Checks of a string alone: enum, pattern, length, format. */
export function expectedOfString(node: SchemaNode, value: string, version: string): string | undefined {
  if (node.enum !== undefined) {
    const allowed = allowedOf(node, version);
    if (!allowed.includes(value)) return oneOf(allowed);
  }
  if (node.format !== undefined) {
    const format = formats[node.format];
    if (format !== undefined && !format.test(value)) return format.expected;
  }
  if (node.pattern !== undefined && !regExpOf(node.pattern).test(value)) return `a string matching ${node.pattern}`;
  if (node.minLength !== undefined && value.length < node.minLength) {
    return node.minLength === 1 ? 'a string that is not empty' : `at least ${node.minLength} characters`;
  }
  // Characters outside the basic plane count once, as they do in Go; the array is only built when the answer may hang on it.
  if (node.maxLength !== undefined && value.length > node.maxLength && [...value].length > node.maxLength) {
    return `at most ${node.maxLength} characters`;
  }
  return undefined;
}

function expectedOfNumber(node: SchemaNode, value: number): string | undefined {
  if (node.enum !== undefined && !node.enum.includes(value)) return oneOf(node.enum);
  const least = node.minimum ?? (node.format === 'int32' ? -2147483648 : -Number.MAX_SAFE_INTEGER);
  const most = node.maximum ?? (node.format === 'int32' ? 2147483647 : Number.MAX_SAFE_INTEGER);
  if (value >= least && value <= most) return undefined;
  if (node.maximum === undefined && node.minimum !== undefined && value < least) return `${least} or more`;
  return `a number from ${least} to ${most}`;
}

function expectedOfQuantity(node: SchemaNode, value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !quantity.test(text)) return 'a quantity such as "100m" or "256Mi"';
  return node.format === 'not-negative' && text.startsWith('-') ? 'a quantity of 0 or more' : undefined;
}

function expectedOfIntOrString(node: SchemaNode, value: unknown, version: string): string | undefined {
  if (typeof value !== 'string' && !(typeof value === 'number' && Number.isInteger(value))) return 'a whole number or a string';
  if (typeof value === 'number' && Math.abs(value) > 2147483647) return 'a number of 32 bits';
  if (node.format === 'port-reference') {
    const right = typeof value === 'number' ? value >= 1 && value <= 65535 : isPortName(value);
    return right ? undefined : 'a port from 1 to 65535 or a port name';
  }
  if (node.format === 'count-or-percent') {
    const right = typeof value === 'number' ? value >= 0 : /^\d+%$/.test(value);
    return right ? undefined : 'a count of 0 or more, or a percentage such as "25%"';
  }
  return typeof value === 'string' ? expectedOfString(node, value, version) : undefined;
}

/** The values of an enum that a version knows. */
export function allowedOf(node: SchemaNode, version: string): readonly unknown[] {
  const { enumSince } = node;
  const values = node.enum ?? [];
  return enumSince === undefined ? values : values.filter(value => (enumSince[String(value)] ?? version) <= version);
}

/** Go lets a pattern ask for either case at its beginning; JavaScript has a flag for it. */
function regExpOf(pattern: string): RegExp {
  let found = patterns.get(pattern);
  if (found === undefined) {
    found = new RegExp(pattern.replace('(?i)', ''), pattern.includes('(?i)') ? 'i' : '');
    patterns.set(pattern, found);
  }
  return found;
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.map(value => JSON.stringify(value)).join(', ')}`;
}
