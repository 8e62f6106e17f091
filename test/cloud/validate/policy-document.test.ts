import { documentProblem, type PolicyKind } from '../../../src/cloud/validate/policy-document';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'eks.amazonaws.com' } };
const document = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });

describe('a policy document', () => {
  test.each<[PolicyKind, unknown]>([
    ['any', document(allow)],
    ['any', { Version: '2012-10-17', Id: 'x', Statement: { ...allow } }],
    ['identity', document({ ...allow, Sid: 'ReadAll', Action: ['s3:Get*', 's3:*', '*'], Condition: { 'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': ['a'] }, 'Null': { a: 'true' } } })],
    ['identity', document({ Effect: 'Deny', NotAction: 'iam:*', NotResource: ['arn:aws:s3:::b/*', '${aws_s3_bucket.b.arn}'] })],
    ['resource', document({ ...allow, Sid: 'only from here', Principal: '*' }, { ...allow, Sid: 'other', Principal: { AWS: ['${data.aws_caller_identity.me.account_id}'] } })],
    ['trust', document(trust)],
    ['any', document('${local.statement}', { ...allow, Action: '${local.action}', Condition: '${local.condition}' })],
  ])('of kind %s may be %j', (kind, json) => {
    expect(documentProblem(json, kind)).toBeUndefined();
  });

  test.each<[PolicyKind, unknown, string]>([
    ['any', [], 'is no policy document, expected an object with Version and Statement'],
    ['any', { ...document(allow), Statements: [] }, 'has Statements, expected only Version, Id, Statement; did you mean Statement?'],
    ['any', { Statement: [allow] }, 'has Version undefined, expected "2012-10-17": older ones know no variables'],
    ['any', { ...document(allow), Version: '2008-10-17' }, 'has Version "2008-10-17", expected "2012-10-17": older ones know no variables'],
    ['any', document(), 'has no Statement, expected at least one'],
    ['any', document(5), 'Statement[0] is no statement, expected an object'],
    ['any', document({ ...allow, Effect: 'allow' }), 'Statement[0] has Effect "allow", expected Allow or Deny'],
    ['any', document({ ...allow, Actions: 'a' }), 'Statement[0] has Actions, expected only Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition; did you mean Action?'],
    ['any', document({ Effect: 'Allow', Resource: '*' }), 'Statement[0] has no Action, expected Action or NotAction'],
    ['any', document({ ...allow, NotAction: 'a:b' }), 'Statement[0] has both Action and NotAction, expected one of them'],
    ['any', document({ ...allow, Action: [] }), 'Statement[0] has Action [], expected text or a list of at least one'],
    ['any', document({ ...allow, Action: 's3' }), 'Statement[0] has Action "s3", expected service:Operation such as s3:GetObject'],
    ['any', document({ ...allow, Resource: [5] }), 'Statement[0] has Resource [5], expected text or a list of at least one'],
    ['any', document({ ...allow, Sid: 'A' }, { ...allow, Sid: 'A' }), 'Statement[1] (A) has the Sid of an earlier statement, expected each once; rename one'],
    ['any', document({ ...allow, Principal: 'arn:aws:iam::1:root' }), 'Statement[0] has Principal "arn:aws:iam::1:root", expected "*" or an object such as {"Service": "eks.amazonaws.com"}'],
    ['any', document({ ...allow, Principal: { Services: 'a' } }), 'Statement[0] has Principal.Services, expected AWS, Service, Federated, CanonicalUser; did you mean Service?'],
    ['any', document({ ...allow, Principal: { AWS: [] } }), 'Statement[0] has Principal.AWS [], expected text or a list of at least one'],
    ['any', document({ ...allow, Condition: [] }), 'Statement[0] has Condition [], expected an object'],
    ['any', document({ ...allow, Condition: { StringEqual: { a: 'b' } } }), 'Statement[0] has Condition.StringEqual, expected an operator such as StringEquals'],
    ['any', document({ ...allow, Condition: { StringEquals: 'a' } }), 'Statement[0] has Condition.StringEquals "a", expected keys with their values'],
    ['identity', document({ ...allow, Sid: 'read all' }), 'Statement[0] (read all) has Sid "read all", expected letters and digits'],
    ['identity', document({ ...allow, Principal: '*' }), 'Statement[0] has Principal, which has no place in a policy of an identity; remove it'],
    ['identity', document({ Effect: 'Allow', Action: 's3:Get*' }), 'Statement[0] has no Resource, expected Resource or NotResource'],
    ['resource', document(allow), 'Statement[0] has no Principal, expected Principal or NotPrincipal'],
    ['trust', document({ ...trust, Resource: '*' }), 'Statement[0] has Resource, which has no place in a trust policy; remove it'],
  ])('of kind %s is not %j', (kind, json, problem) => {
    expect(documentProblem(json, kind)).toBe(problem);
  });
});
