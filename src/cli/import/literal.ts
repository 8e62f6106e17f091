/** The longest line that a value may stand on. */
const longest = 120;

/** Something that is written as it is, not as a literal: a name or a call. */
export class Code {
  constructor(readonly text: string) {}
}

/** A value as TypeScript: single quotes, two spaces, on one line where it fits. */
export function literalOf(value: unknown, indent = 0): string {
  const short = onOneLine(value);
  if (short.length + indent <= longest - 20 || !(typeof value === 'object' && value !== null) || value instanceof Code) return short;
  const inner = ' '.repeat(indent + 2);
  const end = ' '.repeat(indent);
  if (Array.isArray(value)) return value.length ? `[\n${value.map(item => `${inner}${literalOf(item, indent + 2)},\n`).join('')}${end}]` : '[]';
  return `{\n${Object.entries(value).map(([key, item]) => `${inner}${keyOf(key)}: ${literalOf(item, indent + 2)},\n`).join('')}${end}}`;
}

function onOneLine(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${keyOf(key)}: ${onOneLine(item)}`);
  return entries.length ? `{ ${entries.join(', ')} }` : '{}';
}

/** A text in single quotes. */
export function textOf(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\.|'/g, found => (found === '\\"' ? '"' : found === "'" ? "\\'" : found))}'`;
}

function keyOf(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textOf(key);
}
