import { literalText } from './yaml-literal';
import type { YamlRun } from './yaml';

/** Texts that are printed again and again, above all keys, with what they are printed as. */
const known = new Map<string, string>();
const knownLimit = 8192;
const knownLength = 80;

/** A key longer than this stands on a line of its own. */
const keyLimit = 1024;

/** What makes a text of one line unusual: control characters, halves of characters, marks that begin or end a document, a merge key. */
const unusual = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u{D800}-\u{DFFF}]|^(?:---|\.\.\.)|^<<$/u;

/** What cannot stand without quotes, whatever it means: it begins like something else, or holds the beginning of a comment or a value. */
const indicated = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:$|[ \t])|:[ \t]|[\t ]#|[\t :]$/;

/** Words that YAML 1.1 reads as something else than a text. */
const words = new Set([
  '', '~', 'null', 'Null', 'NULL', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE',
  'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE',
]);

/** What YAML 1.1 reads as a number, a time or a date, where it begins like one. */
const numeric = new RegExp([
  '^[-+]?0b[0-1_]+$', '^[-+]?0x[0-9a-fA-F_]+$', '^[-+]?[0-9][0-9_]*$',
  '^[-+]?\\.(?:inf|Inf|INF)$', '^\\.(?:nan|NaN|NAN)$',
  '^[-+]?(?:[0-9][0-9_]*)?(?:\\.[0-9_]*)?[eE][-+]?[0-9]+$', '^[-+]?(?:[0-9][0-9_]*)?\\.[0-9_]*$',
  '^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?$',
  '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|T|[ \\t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\\.[0-9]+)?(?:[ \\t]*(?:Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$',
].join('|'));
const beginsNumeric = /^[-+.0-9eE]/;
const longestWord = 5;

const isTyped = (text: string) => (text.length <= longestWord && words.has(text)) || (beginsNumeric.test(text) && numeric.test(text));

/** A text as the value of a key or an item of a list, indented by so many steps. */
export function stringText(text: string, level: number, run: YamlRun): string {
  const line = known.get(text) ?? lineText(text);
  if (line !== undefined) return line;
  return literalText(text, level) ?? leftText(text, level, run);
}

/** A text as a key of an object that is indented by so many steps. */
export function keyText(key: string, level: number, run: YamlRun): string {
  const line = known.get(key) ?? lineText(key) ?? leftKey(key, level, run);
  if (line.length > keyLimit) run.foreign = true;
  return line;
}

export function numberText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
}

/** A text of one line, which is printed alike wherever it stands; undefined for any other. */
function lineText(text: string): string | undefined {
  if (text.includes('\n') || unusual.test(text)) return undefined;
  const line = indicated.test(text) || isTyped(text) ? quoted(text) : text;
  if (text.length <= knownLength) {
    if (known.size >= knownLimit) known.clear();
    known.set(text, line);
  }
  return line;
}

const quoted = (text: string) => (text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text));

/** A text as the other printer prints it, at the place where it stands. */
function leftText(text: string, level: number, run: YamlRun): string {
  return left(text, level, run).slice(1, -1);
}

function leftKey(key: string, level: number, run: YamlRun): string {
  const printed = left({ [key]: 0 }, level, run);
  // Behind the keys around it stand a break and the indentation, at the top nothing.
  const line = level ? printed.slice(1 + 2 * level) : printed;
  if (line.startsWith('? ')) run.foreign = true;
  return line.slice(0, -': 0\n'.length);
}

/** What the other printer prints behind as many keys as there are steps of indentation. */
function left(value: unknown, level: number, run: YamlRun): string {
  let document = value;
  let before = 0;
  for (let step = 0; step < level; step++) {
    document = { k: document };
    before += 2 * step + (step ? 1 : 0) + 'k:'.length;
  }
  return run.otherwise(document).slice(before);
}
