import { Construct } from 'constructs';
import { define } from './_object';
import { MartyError } from '../errors';
import { kubernetesVersionOf } from '../spec/placement';
import { matchedKindsOf, waiverKeyOf, type PolicySpec } from '../spec/policy';
import type { ValidatingAdmissionPolicy as Policy, ValidatingAdmissionPolicyBinding as Binding } from '../imports/kubernetes';

export interface AdmissionPolicyProps {
  /** The policy, from `definePolicy`. */
  readonly policy: PolicySpec;
  /** What the objects are called in the cluster. @default - the id of the policy */
  readonly name?: string;
  /** The namespaces whose objects it holds for. Objects of the whole cluster are judged in any case. @default - all but the exempt ones */
  readonly namespaces?: readonly string[];
  /** The objects' labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The first version whose API servers have such policies without being asked to. */
const since = 30;
const namespaceLabel = 'kubernetes.io/metadata.name';
const actions = { deny: ['Deny'], warn: ['Warn'], audit: ['Audit'] } as const;

/** Whether API servers of a version have policies. */
export function hasAdmissionPolicies(version: string): boolean {
  return Number(version.split('.')[1]) >= since;
}

/**
 * Has a cluster enforce a policy, by the very expressions that `marty check` holds against manifests. An expression without an answer refuses.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 * @throws PROPS_INVALID for a cluster older than 1.30.
 */
export class AdmissionPolicy extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionPolicyProps) {
    const { policy, name = policy.id, namespaces, labels } = props;
    const version = kubernetesVersionOf(scope);
    if (!hasAdmissionPolicies(version)) {
      throw new MartyError('PROPS_INVALID', `${scope.node.path}/${id}: kubernetes is ${version}, expected at least 1.${since}, whose API servers have policies; leave it to marty check there`);
    }
    super(scope, id);
    const metadata = { name, ...(labels ? { labels: { ...labels } } : {}) };
    define<Policy>(this, 'Resource', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { ...metadata, annotations: { 'marty-msf/reason': policy.reason } },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: constraintsOf(policy),
        ...(conditionsOf(policy).length ? { matchConditions: conditionsOf(policy) } : {}),
        ...(policy.variables.length ? { variables: policy.variables.map(variable => ({ ...variable })) } : {}),
        validations: policy.validations.map(validation => ({ ...validation })),
      },
    });
    define<Binding>(this, 'Binding', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: {
        policyName: name,
        validationActions: [...actions[policy.enforcement]],
        ...(namespaces ? { matchResources: { namespaceSelector: { matchExpressions: [{ key: namespaceLabel, operator: 'In', values: [...namespaces] }] } } } : {}),
      },
    });
  }
}

function constraintsOf(policy: PolicySpec): Policy['spec']['matchConstraints'] {
  const { exempt, match } = policy;
  return {
    resourceRules: matchedKindsOf(policy).map(({ group, version, resource }) => ({
      apiGroups: [group], apiVersions: [version], operations: ['CREATE', 'UPDATE'], resources: [resource],
    })),
    ...(match.labels ? { objectSelector: { matchLabels: { ...match.labels } } } : {}),
    ...(exempt.namespaces.length ? { namespaceSelector: { matchExpressions: [{ key: namespaceLabel, operator: 'NotIn', values: [...exempt.namespaces] }] } } : {}),
  };
}

/** What is exempt by name or waived is not asked about. */
function conditionsOf(policy: PolicySpec): { name: string; expression: string }[] {
  const key = waiverKeyOf(policy);
  const annotations = 'object.metadata.annotations';
  return [
    ...(policy.exempt.names.length ? [{ name: 'not-exempt', expression: `!(object.metadata.name in [${policy.exempt.names.map(name => `'${name}'`).join(', ')}])` }] : []),
    ...(policy.waivable ? [{ name: 'not-waived', expression: `!has(${annotations}) || !('${key}' in ${annotations}) || ${annotations}['${key}'].trim() == ''` }] : []),
  ];
}
