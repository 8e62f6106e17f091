import type { Manifest } from './manifest';
import { groupKindOf } from './manifest';

/** A check of another linter or standard that a rule stands for, such as `kube-linter:run-as-non-root`. */
export type UpstreamId = `${'kube-linter' | 'polaris' | 'kube-score' | 'pod-security'}:${string}`;

const podsSeenBy: Readonly<Record<string, ReadonlySet<string>>> = {
  'kube-linter': new Set([
    'Pod', 'ReplicationController', 'apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet', 'apps/ReplicaSet',
    'apps.openshift.io/DeploymentConfig', 'batch/Job', 'batch/CronJob',
  ]),
  'kube-score': new Set([
    'Pod', 'apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet', 'extensions/Deployment', 'extensions/DaemonSet',
    'batch/Job', 'batch/CronJob',
  ]),
};

/** Whether the linter behind an id opens the pod template of such a workload at all; the linters differ in this. */
export function looksInto(id: UpstreamId, workload: Manifest): boolean {
  return podsSeenBy[id.slice(0, id.indexOf(':'))]?.has(groupKindOf(workload)) ?? true;
}

/** The ids whose linter would report this instance. */
export function claimed(claims: Readonly<Partial<Record<UpstreamId, boolean>>>): readonly UpstreamId[] {
  return (Object.keys(claims) as UpstreamId[]).filter((id) => claims[id]);
}
