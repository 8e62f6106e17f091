import { inspect } from 'node:util';
import { stringify, type CreateNodeOptions, type DocumentOptions, type SchemaOptions, type ToStringOptions } from 'yaml';
import { randomOf, type Random } from './random';
import { readYaml, type YamlText } from '../../src/manifests/yaml-documents';

type Printing = CreateNodeOptions & DocumentOptions & SchemaOptions & ToStringOptions;

const keys = [
  'a', 'b', 'name', 'spec', 'metadata', 'app.kubernetes.io/name', 'x-y', 'on', '1', '~', 'a b', '-a', 'é', 'k:l', "it's", '"q"', '', '#c', 'constructor', '__proto__', '<<', 'a # b', 'y', '0644',
];
const scalars: readonly unknown[] = [
  'x', 'web', '100m', '1.2.3', 'yes', 'null', '', ' ', '~', '0644', '1e3', '- x', 'a: b', 'a #b', "it's", '"q"', 'a\nb\n', 'a\n\nb', '\n a', 'tab\tx', 'ends:', '|', '>', '{x}', '[y]', '&a', '*a', '!t', '@x', '%y', '`z',
  '---', '...', 'é\u00a0', 'nbsp\u00a0', '\u2028', 'a\rb', 'word '.repeat(30), 0, 1, -1.5, 1e21, true, false, null,
];
const printings: readonly Printing[] = [
  {}, { indentSeq: false }, { indent: 4 }, { lineWidth: 0 }, { lineWidth: 20 }, { defaultStringType: 'QUOTE_DOUBLE' }, { defaultStringType: 'QUOTE_SINGLE' }, { defaultKeyType: 'QUOTE_DOUBLE' },
  { defaultStringType: 'BLOCK_LITERAL', defaultKeyType: 'PLAIN' }, { collectionStyle: 'flow' }, { collectionStyle: 'flow', lineWidth: 0 }, { version: '1.1' }, { nullStr: '' },
];
/** What is put into a text somewhere: what it is then may be a mistake, something unusual, or something else that is usual. */
const pieces = [
  ' ', '  ', '\n', '\n  ', '\n\n', '\t', ' # c', '#', '\n# c\n', '\n  # c\n', ':', ': ', ': x', '- ', '\n- ', '-', "'", '"', '\\n', '\\', '|', '|-', '>', '{', '}', '[', ']', ', ', '&x ', '*x', '!!str ', '---\n', '\n--- ', '\n---\n', '\n...\n',
  'a', 'yes', '1', 'é', '\u00a0', '\r', '\r\n', '\u2028', 'a: 1\n', '\na: 1\n', '\n<<: x\n',
];

function valueOf(random: Random, depth: number): unknown {
  if (depth > 4 || random.chance(0.4)) return random.pick(scalars);
  if (random.chance(0.35)) return random.some(4, () => valueOf(random, depth + 1));
  const key = () => random.pick(random.chance(0.7) ? keys.slice(0, 7) : keys);
  return Object.fromEntries(random.some(5, () => [key(), valueOf(random, depth + 1)]));
}

/** Documents as programs print them, with something here and there put in, taken out, or said again. */
function textOf(random: Random): string {
  if (random.chance(0.1)) return random.some(24, () => random.pick(pieces)).join('');
  const document = () => {
    const value = valueOf(random, 0);
    return random.chance(0.1) ? JSON.stringify(value, null, random.below(3)) : stringify(value, random.pick(printings));
  };
  let text = [document(), ...random.some(3, document)].join(random.pick(['---\n', '--- # next\n', '---\n# next\n', '...\n---\n']));
  for (const change of random.chance(0.5) ? random.some(4, () => random.below(4)) : []) {
    const at = random.below(text.length + 1);
    const lineEnd = text.indexOf('\n', at) + 1;
    if (change === 0) text = text.slice(0, at) + text.slice(at + 1 + random.below(3));
    else if (change === 1) text = text.slice(0, lineEnd) + text.slice(text.lastIndexOf('\n', at - 1) + 1, lineEnd) + text.slice(lineEnd);
    else text = text.slice(0, at) + random.pick(pieces) + text.slice(at);
  }
  return text;
}

/** What tells a reader to have every document read by the whole parser. */
const whole = '%YAML 1.2\n---\n';
const added = whole.split('\n').length - 1;

const mistake = 'a mistake';

/** What is wrong with how one generated text is read; undefined when its values and lines are those that a whole parser finds. */
export function readingProblem(seed: number): string | undefined {
  const text = textOf(randomOf(seed));
  // Behind the marker that is added, a directive would be a mistake, and so would a tab that begins a line.
  if (/^(?:%| *\t)/m.test(text)) return undefined;
  const [ours, theirs] = [outcome(readYaml(text), 0), outcome(readYaml(whole + text), added)];
  // We look for mistakes document by document; in all of a text, a quote that one leaves open may be closed by the next.
  if ([ours, theirs].includes(mistake) && /^(?:---|\.\.\.)/m.test(text)) return undefined;
  return ours === theirs ? undefined : `text ${seed}: ${JSON.stringify(text)} is read as\n${ours}, expected\n${theirs}`;
}

function outcome({ documents, problems }: YamlText, above: number): string {
  if (problems.length) return mistake;
  return documents.map(document => {
    const lines = pathsIn(document.value).map(path => `${path} ${document.lineOf(path) - above}`);
    return [`line ${document.line - above}`, inspect(document.value, { depth: Infinity, maxStringLength: Infinity }), ...lines].join('\n');
  }).join('\n---\n');
}

function pathsIn(value: unknown, path = '', around: readonly unknown[] = []): string[] {
  if (typeof value !== 'object' || value === null || around.includes(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const own = Array.isArray(value) ? `${path}[${key}]` : `${path}[${JSON.stringify(key)}]`;
    return [own, ...pathsIn(item, own, [...around, value])];
  });
}
