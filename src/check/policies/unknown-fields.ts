import type { MatchedKind } from '../../spec/policy';

/** Fields that the cluster writes before it asks a policy, so that nobody can tell them from a manifest. */
const ofAll = [
  'status', 'metadata.creationTimestamp', 'metadata.deletionTimestamp', 'metadata.deletionGracePeriodSeconds', 'metadata.uid', 'metadata.generateName',
  'metadata.resourceVersion', 'metadata.generation', 'metadata.managedFields', 'metadata.selfLink', 'metadata.ownerReferences', 'metadata.finalizers',
];

const ofKinds: Readonly<Record<string, readonly string[]>> = {
  '/Service': ['spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies', 'spec.ipFamilyPolicy', 'spec.healthCheckNodePort', '*.nodePort'],
  '/Namespace': ['spec'],
  '/Secret': ['stringData'],
  '/ServiceAccount': ['secrets'],
  'batch/Job': ['spec.selector', 'spec.template.metadata.labels'],
};

/** Pods are made by controllers, after much has been done to them: what a policy says of them is not seen in a manifest. */
export const notJudged: Readonly<Record<string, string>> = {
  '/Pod': 'write the policy for the workloads, whose templates are what manifests hold',
  'apps/ReplicaSet': 'write the policy for Deployments, which make them',
};

/** The fields that are not known before a request, of any of the kinds. */
export function unknownFieldsOf(kinds: readonly MatchedKind[]): ReadonlySet<string> {
  return new Set([...ofAll, ...kinds.flatMap(({ group, kind }) => ofKinds[`${group}/${kind}`] ?? [])]);
}
