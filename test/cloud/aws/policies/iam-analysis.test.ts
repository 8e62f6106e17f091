import { iamPolicies } from '../../../../src/cloud/aws/policies/iam';
import { levelsOf, restrictable } from '../../../../src/cloud/aws/policies/iam-actions';
import { readStack } from '../../../../src/cloud/validate';
import { document, jsonOf } from './estate';

const ids = ['CKV_AWS_286', 'CKV_AWS_287', 'CKV_AWS_288', 'CKV_AWS_289', 'CKV_AWS_290', 'CKV_AWS_355'];

function broken(...statements: readonly object[]): readonly string[] {
  const stack = readStack('shop', jsonOf({ 'aws_iam_role_policy.one': { policy: document(...statements) } }));
  return iamPolicies.filter(({ id }) => ids.includes(id)).filter(policy => policy.problems(stack.blocks[0], stack).length > 0).map(({ id }) => id.replace('CKV_AWS_', ''));
}

const allow = (action: string | readonly string[], resource: string | readonly string[] = '*', condition?: object) => ({ Effect: 'Allow', Action: action, Resource: resource, ...condition && { Condition: condition } });
const bucket = 'arn:aws:s3:::files/*';
const tagged = { StringEquals: { 'aws:ResourceTag/team': 'shop' } };

describe('what a policy of an identity allows', () => {
  test.each([
    ['an object of a bucket', [allow('s3:GetObject', bucket)], []],
    ['any object', [allow('s3:GetObject')], ['288', '355']],
    ['any object, under a condition', [allow('s3:GetObject', '*', tagged)], []],
    ['any object, but all are denied', [allow('s3:GetObject'), { Effect: 'Deny', Action: 's3:*', Resource: '*' }], []],
    ['any object, but some are denied', [allow('s3:GetObject'), { Effect: 'Deny', Action: 's3:*', Resource: bucket }], ['288', '355']],
    ['one resource and all of them', [allow('s3:GetObject', [bucket, '*'])], ['288', '355']],
    ['what nobody can name a resource for', [allow(['ec2:DescribeInstances', 'pricing:GetProducts', 'tag:GetResources', 'cloudwatch:PutMetricData', 'xray:PutTraceSegments'])], []],
    ['signing in to ECR', [allow('ecr:GetAuthorizationToken')], []],
    ['a session of one\'s own', [allow('sts:GetSessionToken')], ['287']],
    ['a session of one\'s own, in a pattern on one role', [allow('sts:*', 'arn:aws:iam::111122223333:role/orders')], ['287']],
    ['any role', [allow('sts:AssumeRole')], ['287', '290', '355']],
    ['any database', [allow('rds-db:connect')], ['287', '289', '355']],
    ['a grant on any key', [allow('kms:CreateGrant')], ['289', '355']],
    ['any machine', [allow('ec2:RunInstances')], ['290', '355']],
    ['any machine with any role', [allow(['ec2:RunInstances', 'iam:PassRole'])], ['286', '289', '290', '355']],
    ['any machine with a named role', [allow('ec2:RunInstances', '*', tagged), allow('iam:PassRole', 'arn:aws:iam::111122223333:role/node')], []],
    ['any machine with any role, by two statements', [allow('ec2:RunInstances'), allow('iam:PassRole')], ['286', '289', '290', '355']],
    ['policies of any role', [allow('iam:PutRolePolicy')], ['286', '289', '355']],
    ['a pattern that reads what has no resource', [allow('autoscaling:Describe*')], []],
    ['a pattern with something in it that has a resource', [allow('ec2:Describe*')], ['355']],
    ['all of a service', [allow('sqs:*')], ['289', '290', '355']],
    ['everything', [allow('*')], ['286', '287', '288', '289', '290', '355']],
    ['everything but something', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], ['286', '287', '288', '289', '290', '355']],
    ['an action of a service that nobody knows', [allow('newservice:CreateThing')], ['290', '355']],
    ['letters of either case', [allow('S3:getobject')], ['288', '355']],
  ] as const)('%s', (_, statements, expected) => {
    expect(broken(...statements)).toEqual(expected);
  });
});

describe('actions', () => {
  test.each([
    ['s3:GetObject', true, ['read']], ['ec2:DescribeInstances', false, ['read']], ['ec2:DescribeInstanceAttribute', true, ['read']], ['ec2:CreateTags', true, ['tagging']], ['kms:Decrypt', true, ['write']],
    ['iam:CreateRole', true, ['permissions']], ['sqs:ReceiveMessage', true, ['read']], ['sqs:SetQueueAttributes', true, ['permissions']], ['logs:DescribeLogGroups', false, ['read']], ['tag:GetResources', false, ['read']],
    ['s3:PutBucket*', true, ['write', 'permissions']], ['ec2:Descri*', true, ['read']], ['unknown:*', true, ['write', 'permissions']],
  ] as const)('%s', (action, named, levels) => {
    expect(restrictable(action)).toBe(named);
    expect(levelsOf(action)).toEqual(levels);
  });
});
