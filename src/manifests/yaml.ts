import { keyText, numberText, stringText } from './yaml-scalar';

/** Prints one document, with a line break at its end. */
export type YamlPrinter = (document: unknown) => string;

/** What is known while one document is printed. */
export interface YamlRun {
  /** Prints what is not printed here: strings with control characters, for one. */
  readonly otherwise: YamlPrinter;
  /** Every list and object met so far: one that is met twice is printed with an anchor, which is not done here. */
  readonly met: Set<object>;
  /** Whether something was met because of which all of the document is left to the other printer. */
  foreign: boolean;
}

/**
 * A document as the `yaml` package prints it for cdk8s: YAML 1.1, two spaces, no folding. What Kubernetes objects are made of is printed
 * here, several times faster; the rest is left to that package.
 *
 * @param otherwise prints what is unusual, as the `yaml` package does: `Yaml.stringify` of cdk8s.
 */
export function yamlOf(document: unknown, otherwise: YamlPrinter): string {
  if (!isCollection(document)) return otherwise(document);
  const run: YamlRun = { otherwise, met: new Set(), foreign: false };
  const text = collectionText(document, 0, run);
  return run.foreign ? otherwise(document) : `${text}\n`;
}

/** Several documents in one text, as `Yaml.stringify` of cdk8s joins them. */
export function yamlStreamOf(documents: readonly unknown[], otherwise: YamlPrinter): string {
  return documents.map(document => yamlOf(document, otherwise)).join('---\n');
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Whether a value is a plain list or object: what has a class of its own may have a form of its own, too. */
function isCollection(value: unknown): value is Collection {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) return prototype === Array.prototype;
  return prototype === Object.prototype && !(Symbol.iterator in value);
}

/** A list or object without the break at its end. Its first line is not indented: it may stand behind a dash. */
function collectionText(value: Collection, level: number, run: YamlRun): string {
  const before = run.met.size;
  if (run.met.add(value).size === before) {
    run.foreign = true;
    return '';
  }
  return isList(value) ? listText(value, level, run) : objectText(value, level, run);
}

const isList = (value: Collection): value is readonly unknown[] => Array.isArray(value);

function listText(list: readonly unknown[], level: number, run: YamlRun): string {
  if (list.length === 0) return '[]';
  const separator = lineBreak(level);
  let text = '';
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    text += index ? `${separator}- ` : '- ';
    text += typeof item === 'string' ? stringText(item, level + 1, run)
      : typeof item === 'object' && item !== null ? nestedText(item, level + 1, run) : plainText(item, run);
  }
  return text;
}

function objectText(object: Readonly<Record<string, unknown>>, level: number, run: YamlRun): string {
  const keys = Object.keys(object);
  if (keys.length === 0) return '{}';
  const separator = lineBreak(level);
  let text = '';
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    const value = object[key];
    if (index) text += separator;
    text += keyText(key, level, run);
    if (typeof value === 'string') {
      text += `: ${stringText(value, level + 1, run)}`;
    } else if (typeof value === 'object' && value !== null) {
      const nested = nestedText(value, level + 1, run);
      text += nested === '{}' || nested === '[]' ? `: ${nested}` : `:${lineBreak(level + 1)}${nested}`;
    } else {
      text += `: ${plainText(value, run)}`;
    }
  }
  return text;
}

function nestedText(value: object, level: number, run: YamlRun): string {
  if (isCollection(value)) return collectionText(value, level, run);
  run.foreign = true;
  return '';
}

function plainText(value: unknown, run: YamlRun): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value !== undefined && value !== null) run.foreign = true;
  return 'null';
}

const lineBreaks: string[] = [];

function lineBreak(level: number): string {
  return lineBreaks[level] ??= `\n${'  '.repeat(level)}`;
}
