import { ApiObject, type Chart } from 'cdk8s';
import { AdmissionPolicy, hasAdmissionPolicies } from '../k8s/admission-policy';
import { kubernetesVersionOf } from '../spec/placement';
import { isWaived, type Policy } from '../spec/policy';

type Fields = Readonly<Record<string, unknown>>;

interface Manifest extends Fields {
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly annotations?: Fields };
}

/**
 * Holds policies against every object of a chart when it is synthesized, and has the cluster do the same.
 *
 * @param namespace where the cluster enforces them; undefined when somebody else sees to that.
 */
export function enforcePolicies(chart: Chart, policies: readonly Policy[], namespace: string | undefined): void {
  if (policies.length === 0) return;
  if (namespace !== undefined && hasAdmissionPolicies(kubernetesVersionOf(chart))) {
    for (const policy of policies) new AdmissionPolicy(chart, `Policy-${policy.id}`, { policy, name: `${namespace}-${policy.id}`, namespaces: [namespace] });
  }
  const denying = policies.filter(({ enforcement }) => enforcement === 'deny');
  let known: string[] | undefined;
  // cdk8s validates once per chart of the app: the second time gives the first time's answer.
  const refusals = () => manifestsOf(chart).flatMap(manifest => denying.flatMap(policy => refusalsOf(policy, manifest)));
  chart.node.addValidation({ validate: () => known ??= refusals() });
}

function manifestsOf(chart: Chart): Manifest[] {
  return chart.node.findAll().filter(construct => ApiObject.isApiObject(construct)).map(object => object.toJson() as Manifest);
}

function refusalsOf(policy: Policy, manifest: Manifest): string[] {
  const { kind, metadata } = manifest;
  if (isWaived(policy, metadata?.annotations ?? {})) return [];
  return (policy.judge(manifest) ?? []).map(({ message }) => `${kind} ${metadata?.name ?? ''}: does not keep policy ${policy.id}: ${message}`);
}
