import { awsWith, stackOf } from './stacks';
import { judge, readStack, type Policy, type Waiver } from '../../../src/cloud/validate';

const flowLogs: Policy = {
  id: 'CKV2_AWS_11', also: ['AWS-0178'], title: 'networks log their flows', types: ['aws_vpc'],
  problems: (block, stack) => (stack.ofType('aws_flow_log').length > 0 ? [] : [{ at: '', message: `has no flow log; add one to ${block.address}` }]),
};
const reads: Policy = { id: 'MARTY_AWS_READ', also: [], title: 'x', types: ['data.aws_vpc'], problems: () => [{ at: 'id', message: 'is read' }] };
const careless: Policy = { id: 'CARELESS', also: [], title: 'x', types: ['aws_vpc'], problems: ({ body }) => ((body.tags as { a: string }).a.startsWith('a') ? [] : [{ at: '', message: 'is wrong' }]) };

const judged = (blocks: Parameters<typeof stackOf>[0], policies: readonly Policy[], waivers: readonly Waiver[] = []) => judge(readStack('plant', stackOf(blocks)), [awsWith({}, policies)], { waivers });
const vpc = { 'aws_vpc.main': { cidr_block: '10.0.0.0/16' } };

test('a policy speaks of the resources of its types, and of data sources by data.', () => {
  expect(judged({ ...vpc, 'data.aws_vpc.other': { id: 'x' } }, [flowLogs, reads]).findings.map(({ rule, path, at }) => [rule, path, at])).toEqual([['CKV2_AWS_11', 'plant/main', ''], ['MARTY_AWS_READ', 'plant/other', 'id']]);
});

describe('a waiver', () => {
  test.each<[Waiver, boolean]>([
    [{ rule: 'CKV2_AWS_11', path: 'plant/main', reason: 'a test network' }, true],
    [{ rule: 'AWS-0178', path: 'plant' }, true],
    [{ rule: 'CKV2_AWS_11', path: 'plant/mai' }, false],
    [{ rule: 'CKV2_AWS_12', path: 'plant/main' }, false],
  ])('%j waives: %s', (waiver, waives) => {
    const { findings, waived, unused } = judged(vpc, [flowLogs], [waiver]);
    expect([findings.length, waived.map(({ reason }) => reason), unused]).toEqual(waives ? [0, [waiver.reason], []] : [1, [], [waiver]]);
  });

  test('does not help against what Terraform refuses', () => {
    const { findings, unused } = judged({ 'aws_vpc.main': { cidr: 1 } }, [], [{ rule: 'terraform', path: 'plant/main' }]);
    expect([findings.length, unused.length]).toEqual([1, 1]);
  });
});

test('a policy that stumbles over what is wrong anyway is left out, and otherwise is a mistake of ours', () => {
  expect(judged({ 'aws_vpc.main': { tags: ['a'] } }, [careless]).findings.map(({ rule }) => rule)).toEqual(['terraform']);
  expect(() => judged(vpc, [careless])).toThrow(TypeError);
});

test('findings stand in the same order, whatever the order of the JSON, each once', () => {
  const [a, b] = [{ 'aws_vpc.a': { x: 1, y: 2 } }, { 'aws_vpc.b': { y: 2, x: 1 } }];
  const twice: Policy = { ...flowLogs, types: ['aws_vpc', 'aws_vpc'] };
  const findings = judged({ ...a, ...b }, [twice]).findings;
  expect(judged({ ...b, ...a }, [twice]).findings).toEqual(findings);
  expect(findings.map(({ path, at }) => `${path} ${at}`)).toEqual(['plant/a ', 'plant/a x', 'plant/a y', 'plant/b ', 'plant/b x', 'plant/b y']);
});
