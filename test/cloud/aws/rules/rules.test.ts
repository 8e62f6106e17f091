import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsFree, awsRules } from '../../../../src/cloud/aws/rules';
import type { ProviderSchema, ValueRule } from '../../../../src/cloud/validate';

type Block = ProviderSchema['resource_schemas'][string]['block'];
type Attributes = NonNullable<NonNullable<Block>['attributes']>;
type Type = Attributes[string]['type'];

const schema = JSON.parse(readFileSync(join(__dirname, '../../../../src/cloud/aws/schema.json'), 'utf8')) as ProviderSchema;
const types: readonly (readonly [string, Block])[] = [
  ...Object.entries(schema.resource_schemas).map(([name, { block }]) => [name, block] as const),
  ...Object.entries(schema.data_source_schemas).map(([name, { block }]) => [`data.${name}`, block] as const),
];

/** Arguments that can be set to text or numbers, with those inside of objects and blocks. */
function argumentsOf(block: Block, before = ''): readonly string[] {
  return [
    ...Object.entries(block?.attributes ?? {}).filter(([, { optional, required }]) => optional || required)
      .flatMap(([name, { type, nested_type: nested }]) => nested ? argumentsOf({ attributes: nested.attributes }, `${before}${name}.`) : ofType(type, `${before}${name}`)),
    ...Object.entries(block?.block_types ?? {}).flatMap(([name, nested]) => argumentsOf(nested.block, `${before}${name}.`)),
  ];
}

function ofType(type: Type, path: string): readonly string[] {
  if (type === 'bool') return [];
  const inner = Array.isArray(type) && Array.isArray(type[1]) && type[1][0] === 'object' ? type[1][1] as unknown as Readonly<Record<string, Type>> : undefined;
  return inner ? Object.entries(inner).flatMap(([name, of]) => ofType(of, `${path}.${name}`)) : [path];
}

const under = (path: string, parents: readonly string[]) => parents.some(parent => path === parent || path.startsWith(`${parent}.`));

describe('value rules of AWS', () => {
  test.each(types)('%s: every argument has a rule, or may hold anything', (type, block) => {
    const ruled = Object.keys(awsRules[type]?.values ?? {});
    const free = awsFree[type] ?? [];
    expect(argumentsOf(block).filter(path => !ruled.includes(path) && !under(path, free))).toEqual([]);
  });

  test.each(types.filter(([type]) => awsRules[type]))('%s: every rule is about an argument that exists', (type, block) => {
    const { values = {}, conflicts = [], exactlyOne = [], atLeastOne = [], together = {} } = awsRules[type];
    const common = ['region', 'tags', 'tags.*', 'id', 'tags_all', 'timeouts'];
    const groups = [...conflicts, ...exactlyOne, ...atLeastOne, ...Object.entries(together).map(([name, others]) => [name, ...others])];
    const named = [...Object.keys(values), ...groups.flat(), ...awsFree[type]];
    expect(named.filter(path => !common.includes(path) && !exists(block, path.split('.')))).toEqual([]);
  });

  test('there are rules for no other types', () => {
    expect(Object.keys(awsRules).filter(type => !types.some(([name]) => name === type))).toEqual([]);
  });

  const rules = Object.entries(awsRules)
    .flatMap(([type, { values = {} }]) => Object.entries(values).map(([path, rule]) => [type, path, rule] as const));

  const onText = rules.filter(([, path, rule]) => path !== 'tags' && !rule.readsExpressions);

  test.each(onText)('%s %s refuses what it is not and accepts what it names', (_, __, rule) => {
    const [problem] = ['\u0000', '\u0000'.repeat(30_000)].map(value => rule(value)).filter(message => message !== undefined);
    expect(problem).toMatch(/^(is|has|contains) .*expected /);
    for (const value of acceptedBy(problem ?? '')) expect([value, rule(value)]).toEqual([value, undefined]);
  });

  test.each(rules.filter(([, , rule]) => edgesOf(rule)))('%s %s has its edges where it says', (_, __, rule) => {
    const { min, max } = edgesOf(rule) ?? { min: 0, max: 0 };
    expect([min, max].map(rule)).toEqual([undefined, undefined]);
    expect([min - 1, max + 1].map(rule).includes(undefined)).toBe(false);
  });

  test('tags have keys that AWS takes', () => {
    const { tags, 'tags.*': value } = awsRules.aws_vpc.values ?? {};
    expect(tags({ 'kubernetes.io/cluster/shop': 'owned', 'Team name': 'shop' })).toBeUndefined();
    expect(tags({ 'aws:owner': 'shop' })).toContain('has the tag "aws:owner"');
    expect(value('orders & bills')).toBeDefined();
  });
});

function exists(block: Block, [first, ...rest]: readonly string[]): boolean {
  const attribute = block?.attributes?.[first];
  if (attribute?.nested_type) return rest.length === 0 || exists({ attributes: attribute.nested_type.attributes }, rest);
  if (attribute) return rest.length === 0 || rest[0] === '*' || ofType(attribute.type, first).includes([first, ...rest].join('.'));
  const nested = block?.block_types?.[first];
  return nested !== undefined && (rest.length === 0 || exists(nested.block, rest));
}

/** The values that a message names as right: its example, or the words of its list. */
function acceptedBy(problem: string): readonly string[] {
  const example = /such as "((?:[^"\\]|\\.)*)"/.exec(problem);
  if (example) return [JSON.parse(`"${example[1]}"`) as string];
  const list = /expected one of ([^;(]+?)(?:;|$)/.exec(problem);
  return list ? list[1].split(', ').map(word => word.trim()).filter(word => !word.includes('mean')) : [];
}

/** The ends of a range of whole numbers, where the rule has one. */
function edgesOf(rule: ValueRule): { readonly min: number; readonly max: number } | undefined {
  const found = /expected a whole number from (-?\d+) to (\d+)$/.exec(rule('x') ?? '');
  return found ? { min: Number(found[1]), max: Number(found[2]) } : undefined;
}
