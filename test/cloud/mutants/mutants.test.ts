import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from './fixture';
import { mutantsOf } from './generate';
import { awsPolicies } from '../../../src/cloud/aws/policies';
import { awsRules } from '../../../src/cloud/aws/rules';
import { findingsOf, judge, readStack, type ProviderKnowledge, type ProviderSchema, type TerraformJson } from '../../../src/cloud/validate';
import { exampleStacks } from '../../support/cloud';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../src/cloud/aws/schema.json'), 'utf8')) as ProviderSchema & { version: string };
const aws: ProviderKnowledge = { name: 'aws', version: schema.version, schema, rules: awsRules, policies: [] };

/** Stacks to break: one with something of everything, judged as Terraform and its provider would, and those of the examples, by policies too. */
const stacks: readonly (readonly [title: string, name: string, json: TerraformJson, knowledge: ProviderKnowledge, each: number, least: number])[] = [
  ['plant', 'plant', fixture(), aws, 12, 350],
  // Environments of one program differ in sizes: those before production are broken at fewer places.
  ...Object.entries(exampleStacks('aws')).map(([title, { name, json }]) => {
    const [each, least] = title.endsWith('production') ? [14, 450] : [3, 120];
    return [title, name, json, { ...aws, policies: awsPolicies }, each, least] as const;
  }),
];

/** Mutants that nobody tells to be wrong, each with the reason. */
const missed: readonly string[] = [];

describe.each(stacks)('the stack %s', (_, name, json, knowledge, each, least) => {
  // What is waived where a reason is given is no finding of a mutant.
  const known = new Set(findingsOf(readStack(name, json), [knowledge]).map(finding => JSON.stringify(finding)));

  test('is right as it is, but for what its own code waives', () => {
    expect(judge(readStack(name, json), [knowledge]).findings.filter(({ rule }) => rule !== 'MARTY_AWS_OPEN_EGRESS')).toEqual([]);
  });

  test('is told to be wrong in many mutants of it, each by the path of a construct', () => {
    // What no construct stands for in the JSON is told by its address.
    const isPlace = (path: string) => path === name || path.startsWith(`${name}/`) || /^(provider|var|local)\./.test(path);
    let count = 0;
    const unseen: string[] = [];
    for (const mutant of mutantsOf(json, knowledge, each)) {
      count++;
      const told = findingsOf(readStack(name, mutant.json), [knowledge]).filter(finding => !known.has(JSON.stringify(finding)));
      if (!told.some(({ path, message }) => isPlace(path) && message !== '')) unseen.push(`${mutant.kind}: ${mutant.what}`);
    }
    expect(count).toBeGreaterThanOrEqual(least);
    expect(unseen).toEqual(missed);
  }, 300_000);

  test('gives the same mutants again', () => {
    const told = () => [...mutantsOf(json, knowledge, 1)].map(({ kind, what }) => `${kind}: ${what}`);
    expect(told()).toEqual(told());
  });
});
