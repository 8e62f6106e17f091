type Fields = Readonly<Record<string, unknown>>;

/** An object of the cluster that the pairs are applied to. */
export interface GuardedObject extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Fields & { readonly name: string };
}

/** A change of an object that a server accepts, and one of a frozen field that it refuses, or does not follow. */
export interface FrozenCase {
  readonly title: string;
  readonly before: GuardedObject;
  readonly accepted: GuardedObject;
  readonly refused: GuardedObject;
  /** Where the guard sees it. */
  readonly path: string;
  /** The server takes the change and leaves the object as it was. */
  readonly ignored?: true;
}

const namespace = 'guarded';
const named = (apiVersion: string, kind: string, fields: Fields): GuardedObject => (
  { apiVersion, kind, metadata: { name: kind.toLowerCase(), namespace }, ...fields });
const clusterWide = (apiVersion: string, kind: string, fields: Fields): GuardedObject => ({ apiVersion, kind, metadata: { name: `guarded-${kind.toLowerCase()}` }, ...fields });
const labels = { app: 'api' };
const pod = (image = 'api:1.0.0', more: Fields = {}) => ({ metadata: { labels }, spec: { containers: [{ name: 'api', image }], ...more } });
const selector = { matchLabels: labels };
const tighter = { selector: { matchLabels: { ...labels, tier: 'web' } }, template: { ...pod(), metadata: { labels: { ...labels, tier: 'web' } } } };

const template = (name = 'data', spec: Fields = {}) => ({ metadata: { name }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec } });
const workload = (kind: string, spec: Fields) => named('apps/v1', kind, { spec: { selector, template: pod(), ...spec } });
const replicas = (spec: Fields) => workload('StatefulSet', { serviceName: 'api-pods', volumeClaimTemplates: [template()], ...spec });
const job = (spec: Fields) => {
  const { template: given, ...rest } = spec;
  return named('batch/v1', 'Job', { spec: { template: given ?? pod('api:1.0.0', { restartPolicy: 'OnFailure' }), ...rest } });
};
const indexed = (spec: Fields) => job({ completionMode: 'Indexed', completions: 3, parallelism: 3, template: pod('api:1.0.0', { restartPolicy: 'Never' }), ...spec });
const service = (spec: Fields) => named('v1', 'Service', { spec: { selector: labels, ports: [{ port: 80 }], ...spec } });
const claim = (spec: Fields) => named('v1', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'guarded', resources: { requests: { storage: '10Gi' } }, ...spec } });
const storage = (size: string) => ({ resources: { requests: { storage: size } } });
const storageClass = (fields: Fields) => clusterWide('storage.k8s.io/v1', 'StorageClass', { provisioner: 'example.com/disk', parameters: { type: 'fast' }, ...fields });
const roleRef = (name: string) => ({ roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }, subjects: [{ kind: 'ServiceAccount', name: 'api', namespace }] });
const subject = (name: string) => ({ subjects: [{ kind: 'ServiceAccount', name, namespace }] });
const priority = (fields: Fields) => clusterWide('scheduling.k8s.io/v1', 'PriorityClass', { value: 1000, ...fields });
const config = (fields: Fields) => named('v1', 'ConfigMap', { immutable: true, data: { a: '1' }, ...fields });
const secret = (fields: Fields) => named('v1', 'Secret', { immutable: true, data: { a: 'MQ==' }, ...fields });
const quota = (scopes: readonly string[], pods: number) => named('v1', 'ResourceQuota', { spec: { hard: { pods }, scopes } });
const rule = (exitCodes: readonly number[]) => ({ rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: exitCodes } }] });
const relabelled = (object: GuardedObject): GuardedObject => ({ ...object, metadata: { ...object.metadata, labels: { changed: 'yes' } } });

/** One case: a change of some field is refused, and the same object with another label is accepted, unless something closer is said. */
const frozen = (title: string, before: GuardedObject, refused: GuardedObject, path: string, more: Partial<FrozenCase> = {}): FrozenCase => (
  { title, before, refused, path, accepted: relabelled(before), ...more });

/** Every field that cannot be changed, each with a change beside it that can be made. */
export const frozenCases: readonly FrozenCase[] = [
  ...(['Deployment', 'DaemonSet'] as const).map(kind => frozen(`a ${kind} keeps its selector, not its image`, workload(kind, {}), workload(kind, tighter),
    'spec.selector.matchLabels.tier', { accepted: workload(kind, { template: pod('api:2.0.0') }) })),
  frozen('a StatefulSet keeps its selector', replicas({}), replicas(tighter), 'spec.selector.matchLabels.tier', { accepted: replicas({ template: pod('api:2.0.0') }) }),
  frozen('a StatefulSet keeps its Service, not its replicas', replicas({}), replicas({ serviceName: 'other' }), 'spec.serviceName', { accepted: replicas({ replicas: 3 }) }),
  frozen('a StatefulSet goes on to start its pods as it did', replicas({}), replicas({ podManagementPolicy: 'Parallel' }), 'spec.podManagementPolicy', { accepted: replicas({ podManagementPolicy: 'OrderedReady', minReadySeconds: 5 }) }),
  frozen('claim templates do not grow', replicas({}), replicas({ volumeClaimTemplates: [template('data', storage('2Gi'))] }), 'spec.volumeClaimTemplates[data].spec.resources.requests.storage',
    { accepted: replicas({ volumeClaimTemplates: [template('data', storage('1024Mi'))], minReadySeconds: 5 }) }),
  frozen('claim templates do not come', replicas({}), replicas({ volumeClaimTemplates: [template(), template('logs')] }), 'spec.volumeClaimTemplates[logs]'),
  frozen('claim templates keep their class', replicas({}), replicas({ volumeClaimTemplates: [template('data', { storageClassName: 'slow' })] }), 'spec.volumeClaimTemplates[data].spec.storageClassName'),
  frozen('a job keeps what it runs, not how long', job({}), job({ template: pod('api:2.0.0', { restartPolicy: 'OnFailure' }) }), 'spec.template.spec.containers[api].image', { accepted: job({ activeDeadlineSeconds: 60 }) }),
  frozen('a suspended job may be sent elsewhere', job({ suspend: true }), job({ suspend: true, template: pod('api:2.0.0', { restartPolicy: 'OnFailure' }) }), 'spec.template.spec.containers[api].image',
    { accepted: job({ suspend: true, template: pod('api:1.0.0', { restartPolicy: 'OnFailure', nodeSelector: { disk: 'fast' } }) }) }),
  frozen('a job keeps its completions', job({ completions: 3 }), job({ completions: 4 }), 'spec.completions', { accepted: job({ completions: 3, parallelism: 2 }) }),
  frozen('an indexed job grows as a whole', indexed({}), indexed({ completions: 5 }), 'spec.completions', { accepted: indexed({ completions: 5, parallelism: 5 }) }),
  frozen('a job keeps its mode', job({ completions: 3 }), job({ completions: 3, completionMode: 'Indexed' }), 'spec.completionMode'),
  frozen('a job keeps its selector', job({ manualSelector: true, selector }), job({ manualSelector: true, selector: { matchLabels: { ...labels, tier: 'web' } } }), 'spec.selector.matchLabels.tier'),
  frozen('a job keeps its rules for failed pods', indexed({ podFailurePolicy: rule([1]) }), indexed({ podFailurePolicy: rule([2]) }), 'spec.podFailurePolicy.rules[0].onExitCodes.values', { accepted: indexed({ podFailurePolicy: rule([1]), backoffLimit: 2 }) }),
  frozen('a job keeps its rules for success', indexed({ successPolicy: { rules: [{ succeededCount: 1 }] } }), indexed({ successPolicy: { rules: [{ succeededCount: 2 }] } }), 'spec.successPolicy.rules[0].succeededCount'),
  frozen('a job keeps its limit for each index', indexed({ backoffLimitPerIndex: 1 }), indexed({ backoffLimitPerIndex: 2 }), 'spec.backoffLimitPerIndex'),
  frozen('a job keeps whoever runs it', job({ managedBy: 'example.com/one' }), job({ managedBy: 'example.com/two' }), 'spec.managedBy'),
  frozen('a Service keeps to have no address', service({ clusterIP: 'None' }), service({}), 'spec.clusterIP', { ignored: true, accepted: service({ clusterIP: 'None', ports: [{ port: 81 }] }) }),
  frozen('a Service keeps its address', service({}), service({ clusterIP: 'None' }), 'spec.clusterIP', { accepted: service({ type: 'LoadBalancer' }) }),
  frozen('a Service keeps an address that it names', service({ clusterIP: '10.0.0.7' }), service({ clusterIP: '10.0.0.8' }), 'spec.clusterIP', { accepted: service({ type: 'ExternalName', externalName: 'api.example.com' }) }),
  frozen('a Service keeps its first family', service({ ipFamilies: ['IPv4'] }), service({ ipFamilies: ['IPv6'] }), 'spec.ipFamilies[0]'),
  frozen('a Service keeps whoever balances its load', service({ type: 'LoadBalancer', loadBalancerClass: 'example.com/one' }), service({ type: 'LoadBalancer', loadBalancerClass: 'example.com/two' }), 'spec.loadBalancerClass',
    { accepted: service({ type: 'ClusterIP' }) }),
  frozen('a claim grows and never shrinks', claim({}), claim(storage('9Gi')), 'spec.resources.requests.storage', { accepted: claim(storage('11Gi')) }),
  frozen('a claim keeps its access, in any order', claim({ accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] }), claim({ accessModes: ['ReadWriteOnce'] }), 'spec.accessModes'),
  frozen('a claim keeps its class', claim({}), claim({ storageClassName: 'slow' }), 'spec.storageClassName'),
  frozen('a claim keeps its mode', claim({}), claim({ volumeMode: 'Block' }), 'spec.volumeMode'),
  frozen('a storage class keeps its maker, not its growth', storageClass({}), storageClass({ provisioner: 'example.com/other' }), 'provisioner', { accepted: storageClass({ allowVolumeExpansion: true }) }),
  frozen('a storage class keeps its parameters', storageClass({}), storageClass({ parameters: { type: 'slow' } }), 'parameters.type'),
  frozen('a storage class keeps what becomes of volumes', storageClass({}), storageClass({ reclaimPolicy: 'Retain' }), 'reclaimPolicy'),
  frozen('a storage class keeps when it binds', storageClass({}), storageClass({ volumeBindingMode: 'WaitForFirstConsumer' }), 'volumeBindingMode'),
  frozen('a RoleBinding keeps its role, not its subjects', named('rbac.authorization.k8s.io/v1', 'RoleBinding', roleRef('view')), named('rbac.authorization.k8s.io/v1', 'RoleBinding', roleRef('edit')), 'roleRef.name',
    { accepted: named('rbac.authorization.k8s.io/v1', 'RoleBinding', { ...roleRef('view'), ...subject('other') }) }),
  frozen('a ClusterRoleBinding keeps its role, not its subjects', clusterWide('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', roleRef('view')), clusterWide('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', roleRef('edit')), 'roleRef.name',
    { accepted: clusterWide('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { ...roleRef('view'), ...subject('other') }) }),
  frozen('a PriorityClass keeps its value, not its description', priority({}), priority({ value: 2000 }), 'value', { accepted: priority({ description: 'for what earns money' }) }),
  frozen('a PriorityClass keeps what it does to others', priority({}), priority({ preemptionPolicy: 'Never' }), 'preemptionPolicy'),
  frozen('a ConfigMap that is immutable keeps its data', config({}), config({ data: { a: '2' } }), 'data.a'),
  frozen('a ConfigMap that is immutable keeps its bytes', config({ binaryData: { b: 'AA==' } }), config({ binaryData: { b: 'AQ==' } }), 'binaryData.b'),
  frozen('a ConfigMap that is immutable stays it', config({}), config({ immutable: false }), 'immutable'),
  frozen('a ConfigMap that is not immutable can change, and become it', config({}), config({ data: { a: '1', b: '2' } }), 'data.b'),
  frozen('a Secret that is immutable keeps its data', secret({}), secret({ data: { a: 'Mg==' } }), 'data.a'),
  frozen('a Secret that is immutable stays it', secret({}), secret({ immutable: false }), 'immutable'),
  frozen('a Secret keeps its type, not its data', secret({ immutable: false }), secret({ immutable: false, type: 'example.com/other' }), 'type', { accepted: secret({ immutable: false, data: { a: 'Mg==' } }) }),
  frozen('a ResourceQuota keeps its scopes, not its bounds', quota(['NotTerminating'], 5), quota(['Terminating'], 5), 'spec.scopes', { accepted: quota(['NotTerminating'], 6) }),
];
