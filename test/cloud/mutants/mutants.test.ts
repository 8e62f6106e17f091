import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from './fixture';
import { mutantsOf } from './generate';
import { awsRules } from '../../../src/cloud/aws/rules';
import { findingsOf, judge, readStack, type ProviderKnowledge, type ProviderSchema, type TerraformJson } from '../../../src/cloud/validate';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../src/cloud/aws/schema.json'), 'utf8')) as ProviderSchema & { version: string };
const aws: ProviderKnowledge = { name: 'aws', version: schema.version, schema, rules: awsRules, policies: [] };

/** Stacks to break, by name. */
const stacks: Readonly<Record<string, TerraformJson>> = { plant: fixture() };

/** Mutants that nobody tells to be wrong, each with the reason. */
const missed: readonly string[] = [];

describe.each(Object.entries(stacks))('the stack %s', (name, json) => {
  test('is right as it is', () => {
    expect(judge(readStack(name, json), [aws])).toEqual({ findings: [], waived: [], unused: [], unjudged: {} });
  });

  test('is told to be wrong in more than 1,000 mutants of it, each by the path of a construct', () => {
    // What no construct stands for in the JSON is told by its address.
    const isPlace = (path: string) => path === name || path.startsWith(`${name}/`) || /^(provider|var|local)\./.test(path);
    let count = 0;
    const unseen: string[] = [];
    for (const mutant of mutantsOf(json, aws, 40)) {
      count++;
      if (!findingsOf(readStack(name, mutant.json), [aws]).some(({ path, message }) => isPlace(path) && message !== '')) unseen.push(`${mutant.kind}: ${mutant.what}`);
    }
    expect(count).toBeGreaterThanOrEqual(1000);
    expect(unseen).toEqual(missed);
    expect(unseen.length).toBeLessThanOrEqual(count / 100);
  });

  test('gives the same mutants again', () => {
    const told = () => [...mutantsOf(json, aws, 1)].map(({ kind, what }) => `${kind}: ${what}`);
    expect(told()).toEqual(told());
  });
});
