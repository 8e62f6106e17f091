import { App, Chart } from 'cdk8s';
import { reviewManifests } from '../../../src/check';
import { definePolicy, policyRule } from '../../../src/check/policies';
import { AdmissionPolicy } from '../../../src/k8s/admission-policy';
import { placementKey } from '../../../src/spec/placement';
import type { PolicyInput } from '../../../src/spec/policy';
import { trials } from '../../conformance/delivery/policies/pairs';
import { deployment } from '../../conformance/delivery/policies/objects';

const policyOf = (expression: string, more: Partial<PolicyInput> = {}) =>
  definePolicy({ id: 'one', reason: 'says what the test is about', match: { kinds: ['apps/v1/Deployment'] }, validations: [{ expression }], ...more });
const problemsOf = (expression: string, more?: Partial<PolicyInput>) => {
  try {
    policyOf(expression, more);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe.each(trials)('policy $policy.id', ({ policy, good, bad }) => {
  const findingsOf = (object: object) => reviewManifests([object], { rules: [policyRule(policy)] }).findings;

  it.each(Object.entries(good))('accepts: %s', (_, object) => {
    expect(findingsOf(object)).toEqual([]);
  });

  it.each(Object.entries(bad))('refuses: %s', (_, object) => {
    expect(findingsOf(object).map(({ rule }) => rule)).toContain(`policy-${policy.id}`);
  });
});

describe('what is refused when a policy is defined', () => {
  it.each([
    ['object.spec.replicas', 'validations[0].expression at 1: is dyn, expected bool, which may be one or not; write a comparison'],
    ['object.spec.replicas ==', 'at 24: is the end, expected a value'],
    ["1 == 'a'", '_==_ takes no int, string'],
    ['1 + 1.0 == 2.0', '_+_ takes no int, double'],
    ["[1, 'a'] == []", 'is string beside int; all of a list or map are of one type'],
    ['oldObject == null', 'oldObject is the object as it was, which is not there before a request; ask of the object'],
    ["request.operation == 'CREATE'", 'request is the request'],
    ["object.metadata.uid != ''", 'object.metadata.uid is written by the cluster'],
    ["object.metadata.all(k, k != '')", 'object.metadata has fields that the cluster writes'],
    ["object['status'] == 1", 'object.status is written by the cluster'],
    ['variables.none == 1', 'variables.none is not defined before; there is none'],
    ['spec.replicas == 1', 'spec is not defined; expected object, variables or a variable of a macro'],
    ['object.spec.list.all(i, v, v > i)', 'all() with two variables is not evaluated here'],
    ["isURL('https://a')", 'isURL() is no function that can be evaluated here'],
    ['1u == 1u', 'unsigned numbers are not evaluated here'],
    ["b'a' == b'a'", 'bytes are not evaluated here'],
    ["object.metadata.name.matches('(?=a)')", 'which is not evaluated here'],
    ["object.metadata.name.matches('[a')", 'has a [ without its ]'],
    ['object.metadata.name.matches(object.metadata.namespace)', 'matches() takes a pattern that is written out'],
    ["quantity('1Zi') == quantity('1')", "never has an answer: '1Zi' is no quantity"],
    ['99999999999999999999 > 1', 'does not fit into 64 bits'],
    ["int('many') == 1", "type conversion error from 'many' to int"],
    [`${'('.repeat(200)}true${')'.repeat(200)}`, 'is nested more than 100 deep'],
    ['has(object)', 'has() takes one field'],
    ['Pod{} == 1', 'messages are not made here'],
    ['"open', 'is no word of CEL, or a text that does not end'],
  ])('%s', (expression, message) => {
    expect(problemsOf(expression)).toContain(message);
  });

  it.each<[string, Partial<PolicyInput>, string]>([
    ['pods', { match: { kinds: ['v1/Pod'] } }, 'match.kinds[0]: is Pod, of which manifests hold none; write the policy for the workloads'],
    ['a kind that Kubernetes has not', { match: { kinds: ['apps/v1/Deploymnt'] } }, 'match.kinds[0]: is apps/v1/Deploymnt, expected a kind that Kubernetes has; did you mean Deployment?'],
    ['a kind of another group', { match: { kinds: ['batch/v1/Deployment'] } }, 'is batch/v1/Deployment, expected a kind that Kubernetes has; did you mean apps/v1/Deployment?'],
    ['an id that is none', { id: 'Two Words' }, 'id'],
    ['a variable twice', { variables: [{ name: 'a', expression: '1' }, { name: 'a', expression: '2' }] }, 'variables[1].name: is a, which another variable is called'],
    ['a message that could tell a secret', { match: { kinds: ['v1/Secret'] }, validations: [{ expression: 'true', messageExpression: 'string(object.data.key)' }] }, 'could tell the value of a Secret'],
    ['a message that is no text', { validations: [{ expression: 'true', messageExpression: '1' }] }, 'validations[0].messageExpression at 1: is int, expected string'],
    ['an expression of lines without a message', { validations: [{ expression: 'true &&\ntrue' }] }, 'is missing, expected one where the expression has several lines'],
    ['a port that the cluster chooses', { match: { kinds: ['v1/Service'] }, validations: [{ expression: 'object.spec.ports.all(p, has(p.nodePort))' }] }, 'nodePort is written by the cluster'],
  ])('%s', (_, more, message) => {
    expect(problemsOf('true', more)).toContain(message);
  });

  it('tells everything that is wrong at once', () => {
    expect(problemsOf('1 == true && oldObject == 1').split('\n')).toHaveLength(3);
  });
});

describe('a policy as a rule', () => {
  const twoReplicas = policyOf('object.spec.replicas >= 2', { validations: [{ expression: 'object.spec.replicas >= 2', messageExpression: "'has ' + string(object.spec.replicas) + ' replicas, expected at least 2'" }] });
  const review = (object: object) => reviewManifests([object], { rules: [policyRule(twoReplicas)] });

  it('tells the message that the expression gives', () => {
    expect(review(deployment()).findings[0]).toMatchObject({ rule: 'policy-one', severity: 'error', message: 'has 1 replicas, expected at least 2' });
  });

  it('is waived with a reason, and the waiver is listed', () => {
    const { findings, waived } = review(deployment({ metadata: { annotations: { 'marty-msf/waived-policy-one': 'runs once a year' } } }));
    expect(findings).toEqual([]);
    expect(waived.map(finding => finding.waived)).toEqual(['runs once a year']);
  });

  it('says of an object in another version that it was not judged', () => {
    expect(review({ ...deployment(), apiVersion: 'apps/v1beta1' }).findings[0].message).toBe('apiVersion is apps/v1beta1, expected apps/v1, in which the policy reads it');
  });

  it('does not break on an object that contains itself', () => {
    const spec: Record<string, unknown> = {};
    spec.self = spec;
    expect(review({ ...deployment(), spec }).findings[0].message).toContain('cannot be judged');
  });

  it('says nothing about the values of a Secret', () => {
    const policy = policyOf('true', { match: { kinds: ['v1/Secret'] }, validations: [{ expression: 'int(object.data.key) == 1', message: 'key is wrong' }] });
    expect(policy.judge({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { key: 'aHVzaA==' } })).toEqual([{ validation: 0, message: 'key is wrong (it has no answer)' }]);
  });
});

describe('AdmissionPolicy', () => {
  const policy = policyOf('object.spec.replicas >= variables.least', { variables: [{ name: 'least', expression: '2' }] });
  const chartFor = (kubernetes: string) => {
    const chart = new Chart(new App(), 'chart');
    chart.node.addMetadata(placementKey, { folder: '', environment: 'test', kubernetes });
    return chart;
  };

  it('holds the very text of the policy', () => {
    const chart = chartFor('1.37');
    new AdmissionPolicy(chart, 'Policy', { policy, namespaces: ['shop'] });
    const [made, binding] = chart.toJson() as { kind: string; spec: Record<string, unknown> }[];
    expect([made.kind, binding.kind]).toEqual(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']);
    expect(made.spec).toMatchObject({ failurePolicy: 'Fail', variables: policy.variables, validations: policy.validations });
    expect(binding.spec).toMatchObject({ policyName: 'one', validationActions: ['Deny'] });
  });

  it('is refused for a cluster that has none', () => {
    expect(() => new AdmissionPolicy(chartFor('1.29'), 'Policy', { policy })).toThrow('kubernetes is 1.29, expected at least 1.30');
  });
});
