import { at } from '../_at';
import { canonicalQuantity } from '../_quantity';
import type { Difference } from '../difference';

/** What a change is judged by. */
interface Change { readonly before: unknown; readonly after: unknown; readonly difference: Difference }

/** A field that an API server does not let anybody change, with everything below it. */
export interface Frozen {
  readonly path: string;
  readonly why: string;
  /** What to do instead, or first. */
  readonly remedy: string;
  /** A change that is allowed nevertheless. */
  readonly unless?: (change: Change) => boolean;
}

const anew = (what: string) => `keep it, or, where ${what} may be gone for a moment, delete the object in the cluster first`;
const keepSelector = 'keep the selector; where it has to change, give the object another name, so that both stand side by side until the old one can go';
const move = 'give the volume another name and move the data, or, where it may be lost, delete the object in the cluster first';
const keepPods = (kind: string) => `delete the ${kind} in the cluster with --cascade=orphan, so that its pods and claims stay, and resize or move the claims by hand first`;
const newJob = 'give the job another name, as a new run of it, or delete it in the cluster first';

const frozen = (why: string, remedy: string, ...paths: readonly string[]): Frozen[] => paths.map(path => ({ path, why, remedy }));
const selector = frozen('which pods are its own never changes', keepSelector, 'spec.selector');
const role = frozen('what a binding grants never changes', 'give the binding another name; the old one goes by itself', 'roleRef');

/** Data that was promised never to change. */
function sealedData(...fields: readonly string[]): Frozen[] {
  return fields.map(path => ({
    path, why: 'it is immutable, as it says itself', remedy: 'give it another name, and let those that use it name that one',
    unless: ({ before }) => at(before, 'immutable') !== true,
  }));
}

/** Fields by `<group>/<kind>`, the first that fits first; only kinds of which something is frozen. */
export const frozenFields: Readonly<Record<string, readonly Frozen[]>> = {
  'apps/Deployment': selector,
  'apps/DaemonSet': selector,
  'apps/StatefulSet': [
    ...selector,
    ...frozen('the names of its pods never change', keepPods('StatefulSet'), 'spec.serviceName'),
    ...frozen('how its pods are started never changes', keepPods('StatefulSet'), 'spec.podManagementPolicy'),
    ...frozen('the claims of a StatefulSet never change', keepPods('StatefulSet'), 'spec.volumeClaimTemplates'),
  ],
  'batch/Job': [
    { path: 'spec.template', why: 'what a job runs never changes', remedy: newJob, unless: isScheduling },
    { path: 'spec.completions', why: 'how often a job runs never changes', remedy: newJob, unless: isElastic },
    ...frozen('a job never changes what counts as done', newJob,
      'spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.successPolicy', 'spec.backoffLimitPerIndex', 'spec.managedBy'),
  ],
  '/Service': [{
    path: 'spec.loadBalancerClass', why: 'who balances the load of a Service never changes', remedy: anew('its address'),
    unless: ({ before, after }) => at(before, 'spec', 'type') !== 'LoadBalancer' || at(after, 'spec', 'type') !== 'LoadBalancer',
  }],
  '/PersistentVolumeClaim': [
    { path: 'spec.resources.requests.storage', why: 'a claim never shrinks', remedy: move, unless: ({ before, after }) => sizeOf(after) > sizeOf(before) },
    ...frozen('the access to a claim never changes', move, 'spec.accessModes'),
    ...frozen('a claim stays in its storage class', move, 'spec.storageClassName'),
    { path: 'spec', why: 'a claim never changes but for growing', remedy: move, unless: ({ difference }) => /^spec\.(?:resources\.requests\.storage|volumeAttributesClassName)$/.test(difference.path) },
  ],
  'storage.k8s.io/StorageClass': frozen('a storage class never changes how it makes volumes', 'give the class another name, and let new claims name it',
    'provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'),
  'rbac.authorization.k8s.io/RoleBinding': role,
  'rbac.authorization.k8s.io/ClusterRoleBinding': role,
  'scheduling.k8s.io/PriorityClass': frozen('how urgent a class is never changes', 'give the class another name, and let workloads name it', 'value', 'preemptionPolicy'),
  '/ConfigMap': sealedData('data', 'binaryData', 'immutable'),
  '/Secret': [
    ...frozen('what a Secret is for never changes', anew('it'), 'type'),
    ...sealedData('data', 'immutable'),
  ],
  '/ResourceQuota': frozen('what a quota counts never changes', anew('the bound'), 'spec.scopes'),
};

/** While a job is suspended, one may still say where it is to run. */
function isScheduling({ before, difference: { path } }: Change): boolean {
  return at(before, 'spec', 'suspend') === true
    && /^spec\.template\.(?:metadata\.(?:labels|annotations)|spec\.(?:nodeSelector|affinity|tolerations|schedulingGates))(?:$|[.[])/.test(path);
}

/** A job that counts may grow and shrink, when it runs all at once. */
function isElastic({ before, after }: Change): boolean {
  return [before, after].every(job => at(job, 'spec', 'completionMode') === 'Indexed' && at(job, 'spec', 'completions') === at(job, 'spec', 'parallelism'));
}

/** What a claim asks for, as a number; what is none compares with nothing. */
function sizeOf(claim: unknown): number {
  const size = at(claim, 'spec', 'resources', 'requests', 'storage');
  return size === undefined ? Number.NaN : Number(canonicalQuantity(size));
}
