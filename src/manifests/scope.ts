import { schemaOf } from './_schemas';

/** Kinds of the whole cluster whose schema is not known here. Of others, those whose name begins with `Cluster` are taken for one. */
const clusterKinds: ReadonlySet<string> = new Set([
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'CustomResourceDefinition', 'DeviceClass', 'FlowSchema', 'GatewayClass', 'IPAddress',
  'IngressClass', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'Node', 'PersistentVolume',
  'PodSecurityPolicy', 'PriorityClass', 'PriorityLevelConfiguration', 'RuntimeClass', 'SecurityContextConstraints', 'ServiceCIDR', 'StorageClass',
  'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttachment', 'VolumeSnapshotClass',
]);

/** Whether objects of a kind belong to a namespace, as far as it can be told. */
export function isNamespaced(apiVersion: string, kind: string): boolean {
  const scope = schemaOf(apiVersion, kind)?.entry.scope;
  return scope === undefined ? !clusterKinds.has(kind) && !kind.startsWith('Cluster') : scope === 'Namespaced';
}
