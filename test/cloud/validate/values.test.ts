import { awsWith, stackOf, told } from './stacks';
import type { TypeRules } from '../../../src/cloud/validate';
import { cidr, oneOf, policyDocument, within } from '../../../src/cloud/validate/rule-kinds';

const judged = (type: string, rules: TypeRules, body: object) => told(stackOf({ [`${type}.x`]: { ...body } }, { variable: { v: {} } }), awsWith({ [type]: rules }));

describe('rules of values', () => {
  const queue = { values: { message_retention_seconds: within(60, 1209600), policy: policyDocument } };
  test.each<[object, string[]]>([
    [{ message_retention_seconds: 60 }, []],
    [{ message_retention_seconds: '60' }, []],
    [{ message_retention_seconds: 59 }, ['plant/x message_retention_seconds: is 59, expected a whole number from 60 to 1209600']],
    [{ message_retention_seconds: '${var.v}' }, []],
    [{ message_retention_seconds: null }, []],
    [{ message_retention_seconds: 'soon' }, ['plant/x message_retention_seconds: is "soon", expected a number']],
    [{ policy: '{"Version":"2012-10-17","Statement":[{"Effect":"${var.v}"}]}' }, ['plant/x policy: Statement[0] has Effect "${var.v}", expected Allow or Deny']],
    [{ policy: '${var.v}' }, []],
  ])('judge %j', (body, findings) => {
    expect(judged('aws_sqs_queue', queue, body)).toEqual(findings);
  });

  test('reach into blocks and lists, member by member', () => {
    const rules = { values: { 'vpc_config.public_access_cidrs': cidr(), 'access_config.authentication_mode': oneOf('API'), 'tags.*': oneOf('a') } };
    const body = { name: 'c', role_arn: 'r', tags: { k: 'b' }, access_config: [{ authentication_mode: 'ABI' }], vpc_config: { subnet_ids: ['s'], public_access_cidrs: ['10.0.0.0/8', '10.0.0.1/8', '${var.v}'] } };
    expect(judged('aws_eks_cluster', rules, body)).toEqual([
      'plant/x access_config[0].authentication_mode: is "ABI", expected API; did you mean API?',
      'plant/x tags["k"]: is "b", expected a; did you mean a?',
      'plant/x vpc_config.public_access_cidrs[1]: is "10.0.0.1/8", expected the first address of the block; write 10.0.0.0/8',
    ]);
  });

  test('of data sources stand under data.', () => {
    const rules = { 'data.aws_vpc': { values: { cidr_block: cidr() } } };
    expect(told(stackOf({ 'data.aws_vpc.x': { cidr_block: 'x' } }), awsWith(rules))).toEqual(['plant/x cidr_block: is "x", expected an IPv4 block such as 10.0.0.0/16']);
  });
});

describe('rules between arguments', () => {
  const rules: TypeRules = { conflicts: [['name', 'name_prefix']], atLeastOne: [['policy', 'kms_master_key_id']], together: { redrive_policy: ['policy'] } };
  test.each<[object, string[]]>([
    [{ name: 'a', policy: '{}', redrive_policy: '{}' }, []],
    [{ name: 'a', name_prefix: 'b', policy: '{}' }, ['plant/x name: stands beside name_prefix, expected at most one of name, name_prefix; remove the others']],
    [{ redrive_policy: '{}', kms_master_key_id: 'k' }, ['plant/x policy: is missing, expected beside redrive_policy']],
    [{}, ['plant/x policy: is missing, expected at least one of policy, kms_master_key_id']],
  ])('judge %j', (body, findings) => {
    expect(judged('aws_sqs_queue', rules, body)).toEqual(findings);
  });

  test('are judged per block where the arguments stand in one', () => {
    const one: TypeRules = { exactlyOne: [['rule.expiration.days', 'rule.expiration.date']] };
    const body = { bucket: 'b', rule: [{ id: 'a', status: 'Enabled', expiration: [{ days: 1 }] }, { id: 'b', status: 'Enabled', expiration: [{}] }, { id: 'c', status: 'Enabled', expiration: [{ days: 1, date: '2026-01-01T00:00:00Z' }] }] };
    expect(judged('aws_s3_bucket_lifecycle_configuration', one, body)).toEqual([
      'plant/x rule[1].expiration[0].days: is missing, expected exactly one of days, date',
      'plant/x rule[2].expiration[0].days: stands beside date, expected exactly one of days, date; remove the others',
    ]);
  });

  test('may be any code', () => {
    const whole: TypeRules = { whole: ({ body }) => (body.name === 'bad' ? [{ at: 'name', message: 'is bad' }] : []) };
    expect(judged('aws_sqs_queue', whole, { name: 'bad' })).toEqual(['plant/x name: is bad']);
    expect(judged('aws_sqs_queue', whole, { name: 'good' })).toEqual([]);
  });
});
