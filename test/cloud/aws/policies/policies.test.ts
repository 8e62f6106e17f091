import { awsPoliciesOn, leftOut, leftOutOfTrivy } from '../../../../src/cloud/aws/policies';
import type { Finding, SynthesizedStack } from '../../../../src/cloud/validate';
import { readStack } from '../../../../src/cloud/validate';
import type { Estate } from './estate';
import { estate, jsonOf, today } from './estate';
import type { Pair } from './pairs';
import { pairs } from './pairs';

const policies = awsPoliciesOn(() => today);

function findingsOf(blocks: Estate): readonly Pick<Finding, 'rule' | 'address' | 'at' | 'message'>[] {
  const stack: SynthesizedStack = readStack('shop', jsonOf(blocks));
  return policies.flatMap(policy => stack.blocks
    .flatMap(block => policy.problems(block, stack).map(problem => ({ rule: policy.id, address: block.address, ...problem }))));
}

function changed(blocks: Estate, { block, field, value }: Pair): Estate {
  const copy = JSON.parse(JSON.stringify(blocks)) as Record<string, Record<string, unknown>>;
  if (field === '') {
    delete copy[block];
    return copy;
  }
  const steps = field.split(/[.[\]]+/).filter(Boolean);
  const last = steps.pop() ?? '';
  const holder = steps.reduce((inner, step) => inner[step] as Record<string, unknown>, copy[block]);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

describe('policies for AWS', () => {
  test('every policy has an id of its own, a title and types', () => {
    expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length);
    for (const { id, also, title, types } of policies) {
      expect(id).toMatch(/^(CKV2?_AWS_\d+|MARTY_AWS_[A-Z_]+)$/);
      expect(also.filter(other => !/^AWS-\d{4}$/.test(other))).toEqual([]);
      expect(title).not.toBe('');
      expect(types).not.toEqual([]);
    }
  });

  test('nothing is both kept and left out, and what is left out says why', () => {
    const kept = policies.flatMap(({ id, also }) => [id, ...also]);
    const out = [...leftOut, ...leftOutOfTrivy];
    expect(out.filter(({ id }) => kept.includes(id))).toEqual([]);
    expect(out.filter(({ why }) => why.length < 20)).toEqual([]);
  });

  test('the estate keeps every policy', () => {
    expect(findingsOf(estate)).toEqual([]);
  });

  test('every policy has a pair', () => {
    expect(pairs.map(({ policy }) => policy).sort()).toEqual(policies.map(({ id }) => id).sort());
  });

  test.each(pairs.map(pair => [pair.policy, pair] as const))('%s is kept, and broken by one field', (id, pair) => {
    const kept = { ...estate, ...pair.added };
    expect(findingsOf(kept).filter(({ rule }) => rule === id)).toEqual([]);
    const broken = findingsOf(changed(kept, pair)).filter(({ rule }) => rule === id);
    expect(broken.map(({ address }) => address)).toContain(pair.blamed ?? pair.block);
    for (const { message } of broken) expect(message).toMatch(/^[a-z].*, expected .+; .+[^.]$/);
  });
});
