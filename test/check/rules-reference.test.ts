import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { reviewManifests, rules, schemaRules } from '../../src/check';
import { catalogue } from '../../src/check/catalogue';
import { objectsOf, parse } from './manifest-sets';
import { pairs, type Pair } from './pairs';
import { schemaPairs } from './schema-pairs';

const file = join(__dirname, '../../docs/rules.md');
const everyPair = [...pairs, ...schemaPairs];

function objectOf({ base, added = '', object }: Pair): unknown {
  const [kind, name] = object.split('/');
  return [...objectsOf(base), ...parse(added)].find(each => {
    const { kind: found, metadata } = each as { readonly kind?: string; readonly metadata?: { readonly name?: string } };
    return found === kind && metadata?.name === name;
  });
}

const stepsOf = (field: string) => field.slice(1).split('/').map(step => step.replaceAll('~1', '/'));
type Holder = Readonly<Record<string, unknown>> | undefined;
const valueAt = (value: unknown, steps: readonly string[]) => steps.reduce<unknown>((holder, step) => (holder as Holder)?.[step], value);

/** The field alone, with what stands around it; undefined where it is not set. */
function fragmentOf(pair: Pair, value: unknown): string {
  const steps = stepsOf(pair.field);
  const kind = pair.object.split('/')[0];
  if (value === undefined) return `# ${kind}: ${steps.join('.')} is not set\n`;
  const nested = steps.reduceRight<unknown>((inner, step) => (/^\d+$/.test(step) ? [inner] : { [step]: inner }), value);
  return `kind: ${kind}\n${stringify(nested, { lineWidth: 0 })}`;
}

function referenceOf(): string {
  const entries = catalogue.map(({ id, severity, title, why, remedy, upstream }) => {
    const pair = everyPair.find(each => each.rule === id);
    if (!pair) throw new Error(`${id} has no pair`);
    return [
      `## ${id}`, '',
      `${severity}: ${title}.`, '',
      why, '', remedy, '',
      ...(upstream.length ? [`The same as ${upstream.map(name => `\`${name}\``).join(', ')}.`, ''] : []),
      'Accepted:', '', '```yaml', fragmentOf(pair, valueAt(objectOf(pair), stepsOf(pair.field))).trimEnd(), '```', '',
      'Refused:', '', '```yaml', fragmentOf(pair, pair.value).trimEnd(), '```', '',
    ].join('\n');
  });
  return [
    '# The rules', '',
    `What \`marty check\` finds, rule by rule: ${catalogue.length} of them. Generated from the code and from the pairs that its tests hold each rule against.`, '',
    ...entries,
  ].join('\n');
}

test('docs/rules.md says what the code does (RULES_UPDATE=1 writes it)', () => {
  const text = referenceOf();
  if (process.env.RULES_UPDATE === '1') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

describe('the rules about schemas and waivers', () => {
  const everyRule = [...rules, ...schemaRules];

  test('find nothing in the good set', () => {
    expect(reviewManifests(objectsOf('good'), { rules: everyRule })).toEqual({ findings: [], waived: [], notRun: [] });
  });

  test.each(schemaPairs)('$rule refuses one change of it, and nothing else does', pair => {
    const objects = structuredClone(objectsOf(pair.base));
    const target = objects.find(each => JSON.stringify(each) === JSON.stringify(objectOf(pair)));
    const steps = stepsOf(pair.field);
    (valueAt(target, steps.slice(0, -1)) as Record<string, unknown>)[steps[steps.length - 1]] = pair.value;
    expect(reviewManifests(objects, { rules: everyRule }).findings.map(({ rule }) => rule)).toEqual([pair.rule]);
  });

  test('say what they cannot judge', () => {
    const { findings, notRun } = reviewManifests([{ apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'a', namespace: 'b' } }], { rules: schemaRules });
    expect([findings, notRun.map(({ rule }) => rule)]).toEqual([[], ['manifest-schema', 'unserved-api']]);
    expect(reviewManifests(objectsOf('good'), { rules: schemaRules, kubernetesVersion: '1.20' }).notRun[0].reason).toContain('1.20');
  });
});
