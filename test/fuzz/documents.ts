import { Yaml } from 'cdk8s';
import { randomOf, type Random } from './random';
import { yamlOf } from '../../src/manifests/yaml';

/** Texts, and parts of texts, that readers of YAML 1.1 or 1.2 may take for something else, or that are hard to print. */
const pieces = [
  'a', 'name', 'on', 'On', 'oN', 'off', 'yes', 'no', 'N', 'y', 'true', 'FALSE', 'null', 'Null', '~', '012', '0o7', '0x1f', '0x', '0b1', '1e3', 'e3', 'E-3', '1.0', '1.', '.5', '.', '..',
  '1_000.5', '-1_0', '+', '+1', '-', '--', '?', ':', '::', '12:30:45', '12:30:45.5', '1:60', '2024-01-01', '2024-01-01 10:00:00Z', '2024-1-1T1:2:3.4 +5', '.inf', '-.inf', '.nan', '.NaN', '=', '<<',
  '', ' ', '- a', '-a', '? a', 'a: b', 'a:b', 'key:', '# x', 'a #b', 'a#b', ' lead', 'trail ', '"q"', "it's", '"both\'', '{a}', '[b]', 'a, b', ',', '%x', '@y', '`z', '*a', '&b', '!t', '|', '>', '|-',
  '---', '---x', '--- x', '...', '...x', '%\n', '---\n', 'multi\nline', '\n', '\n\n', '\n\n\n', ' \n', '\n ', '\n  x', '  two\n three\n', '\nfoo\n', 'k: |\n  v\n', 'ends\n\n', 'a\n \nb', '#!/bin/sh\nset -e\n',
  '\t', 'tab\tx', 'x\t\n', '\r', 'a\r\nb', '\\', '\\n', ' \\n', '\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\ud800', '\udc00x', '😀', 'é', '/', '/a/b', 'a/b:c@sha256:0', '$(X)', '${x}',
  'x'.repeat(90), `${'long words '.repeat(20)}`, 'k'.repeat(1030), '__proto__', 'constructor', 'toJSON', '0', '1', '007', '8', '_', '-0', '0.10',
];

const others = [0, 1, -1, -0, 1.5, 1e21, 1e-7, 123456789012, 0.1, NaN, Infinity, -Infinity, true, false, null, undefined, 10n, new Date(0), new Map([['a', 1]]), new Set(['a']), Object.create(null) as object];

const textOf = (random: Random) => (random.chance(0.6) ? random.pick(pieces) : random.some(5, () => random.pick(pieces)).join(''));

/** A value of any form, or one that was there before: it is printed with an anchor. */
function valueOf(random: Random, depth: number, before: unknown[]): unknown {
  if (random.chance(0.01) && before.length) return random.pick(before);
  if (depth > 5 || random.chance(0.5)) {
    if (!random.chance(0.15)) return textOf(random);
    // What is no part of a manifest is left to the other printer as a whole, and would hide everything around it.
    return random.pick(random.chance(0.05) ? others : others.slice(0, 16));
  }
  const made: unknown = random.chance(0.4)
    ? random.some(4, () => valueOf(random, depth + 1, before))
    : Object.fromEntries(random.some(5, () => [textOf(random), valueOf(random, depth + 1, before)]));
  before.push(made);
  return made;
}

/** What is wrong with one generated document; undefined when both printers agree on it, or both refuse it alike. */
export function documentProblem(seed: number): string | undefined {
  const document = valueOf(randomOf(seed), 0, []);
  const theirs = outcome(() => Yaml.stringify(document));
  const ours = outcome(() => yamlOf(document, value => Yaml.stringify(value)));
  return ours === theirs ? undefined : `document ${seed}:\n${JSON.stringify(theirs)}, expected, is\n${JSON.stringify(ours)}`;
}

function outcome(print: () => string): string {
  try {
    return print();
  } catch (error) {
    return `throws ${String(error)}`;
  }
}
