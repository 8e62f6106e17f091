import type { ClusterSpec } from './cluster';
import type { Problem } from '../../errors';

export const clouds = ['aws', 'azure', 'google'] as const;
export type Cloud = (typeof clouds)[number];

/** Whether a cloud has something: as part of every cluster, where it is asked for, never, or in a version of this library to come. */
export type Support = 'always' | 'yes' | { readonly never: string } | { readonly notYet: string };

/** Something that a cluster can have, and which clouds have it. */
export interface Capability {
  /** What it is, for people. */
  readonly title: string;
  /** The field of a cluster's description that asks for it; nothing for what every cluster has. */
  readonly field?: string;
  /** Whether a description asks for it. */
  readonly asked?: (cluster: ClusterSpec) => boolean;
  readonly aws: Support;
  readonly azure: Support;
  readonly google: Support;
}

const later: Support = { notYet: 'clusters of this cloud are not built by this version' };
const everywhereLater = { azure: later, google: later } as const;
const pools = (holds: (pool: ClusterSpec['nodePools'][string]) => boolean) => ({ nodePools }: ClusterSpec) => Object.values(nodePools).some(holds);

/**
 * What a cluster can have, cloud by cloud. Descriptions are held against it, and the matrix in the guide is written from it: what a cloud cannot
 * do, or is not built yet, is refused and never left out in silence.
 */
export const capabilities: Readonly<Record<string, Capability>> = {
  'kubernetes-version': { title: 'A chosen minor version of Kubernetes', field: 'kubernetes', asked: () => true, aws: 'yes', ...everywhereLater },
  'extended-support': { title: 'Versions beyond their free time', field: 'support', asked: ({ support }) => support === 'extended', aws: 'yes', ...everywhereLater },
  'private-endpoint': { title: 'API server reached from the network alone', field: 'endpoint', asked: ({ endpoint }) => endpoint === 'private', aws: 'yes', ...everywhereLater },
  'public-endpoint': { title: 'API server reached from named ranges too', field: 'endpoint', asked: ({ endpoint }) => endpoint !== 'private', aws: 'yes', ...everywhereLater },
  'api-clients': { title: 'What is connected to the network let in to the API server', field: 'apiClients', asked: ({ apiClients }) => Object.keys(apiClients).length > 0, aws: 'yes', ...everywhereLater },
  'role-access': { title: 'Roles of Kubernetes for principals of the cloud', field: 'access', asked: () => true, aws: 'yes', ...everywhereLater },
  'namespace-access': { title: 'Roles that hold in some namespaces', field: 'access', asked: ({ access }) => Object.values(access).some(({ namespaces }) => namespaces), aws: 'yes', ...everywhereLater },
  'no-creator-admin': { title: 'Who makes a cluster gets no power over it', aws: 'always', ...everywhereLater },
  'karpenter': { title: 'Nodes by Karpenter of one\'s own', field: 'autoscaling', asked: ({ autoscaling }) => autoscaling === 'karpenter', aws: 'yes', ...everywhereLater },
  'managed-nodes': { title: 'Nodes kept by the cloud altogether (Auto Mode, node auto-provisioning, Autopilot)', field: 'autoscaling', asked: ({ autoscaling }) => autoscaling === 'managed', aws: 'yes', ...everywhereLater },
  'cluster-autoscaler': { title: 'Nodes by the classic autoscaler', field: 'autoscaling', asked: ({ autoscaling }) => autoscaling === 'cluster-autoscaler', aws: 'yes', ...everywhereLater },
  'fixed-nodes': { title: 'Pools whose size people choose', field: 'autoscaling', asked: ({ autoscaling }) => autoscaling === 'none', aws: 'yes', ...everywhereLater },
  'node-pools': { title: 'Several pools of nodes', field: 'nodePools', asked: ({ nodePools }) => Object.keys(nodePools).length > 1, aws: 'yes', ...everywhereLater },
  'spot-nodes': { title: 'Capacity that can be taken back', field: 'nodePools', asked: pools(({ capacity }) => capacity === 'spot'), aws: 'yes', ...everywhereLater },
  'gpu-nodes': { title: 'Accelerators of NVIDIA', field: 'nodePools', asked: pools(({ gpu }) => gpu), aws: 'yes', ...everywhereLater },
  'arm-nodes': { title: 'Processors of ARM', field: 'nodePools', asked: pools(({ arch }) => arch === 'arm64'), aws: 'yes', ...everywhereLater },
  'minimal-system': { title: 'A system made for containers alone', field: 'nodePools', asked: pools(({ system }) => system === 'minimal'), aws: 'yes', ...everywhereLater },
  'general-system': { title: 'The cloud\'s general system', field: 'nodePools', asked: pools(({ system }) => system === 'general'), aws: 'yes', ...everywhereLater },
  'zonal-pools': { title: 'Pools in some zones', field: 'nodePools', asked: pools(({ zones }) => zones !== undefined), aws: 'yes', ...everywhereLater },
  'empty-pools': { title: 'Pools that may have no node', field: 'nodePools', asked: pools(({ min }) => min === 0), aws: 'yes', ...everywhereLater },
  'taints': { title: 'Taints and labels of nodes', field: 'nodePools', asked: pools(({ taints }) => taints.length > 0), aws: 'yes', ...everywhereLater },
  'rolling-nodes': { title: 'How many nodes may be missing in an upgrade', aws: 'always', ...everywhereLater },
  'node-repair': { title: 'Broken nodes replaced by the cloud', field: 'nodePools', asked: pools(({ repair }) => repair), aws: 'yes', ...everywhereLater },
  'disk-encryption': { title: 'Disks of nodes encrypted by a key of one\'s own', aws: 'always', ...everywhereLater },
  'metadata-protection': { title: 'Pods kept from the nodes\' metadata', aws: 'always', ...everywhereLater },
  'no-ssh': { title: 'No way into nodes by SSH', aws: 'always', ...everywhereLater },
  'private-nodes': { title: 'Nodes without public addresses', aws: 'always', ...everywhereLater },
  'secrets-encryption': { title: 'Secrets in etcd encrypted by a key of one\'s own', aws: 'always', ...everywhereLater },
  'control-plane-logs': { title: 'All logs of the control plane, encrypted', field: 'logDays', asked: () => true, aws: 'yes', ...everywhereLater },
  'pod-identity': { title: 'Pods prove who they are, without keys', field: 'identity', asked: ({ identity }) => identity === 'pod-identity', aws: 'yes', ...everywhereLater },
  'oidc-identity': { title: 'Pods prove who they are by tokens of the cluster\'s issuer', field: 'identity', asked: ({ identity }) => identity === 'oidc', aws: 'yes', ...everywhereLater },
  'network-policies': { title: 'Network policies enforced', aws: 'always', ...everywhereLater },
  'ipv6': { title: 'Pods with addresses of IPv6', field: 'addresses', asked: ({ addresses }) => addresses === 'ipv6', aws: { notYet: 'its network is of IPv4' }, ...everywhereLater },
  'service-range': { title: 'A chosen range for Services', field: 'serviceCidr', asked: ({ serviceCidr }) => serviceCidr !== undefined, aws: 'yes', ...everywhereLater },
  'maintenance-window': { title: 'A window in which the cloud may upgrade', field: 'maintenance', asked: ({ maintenance }) => maintenance !== undefined, aws: { never: 'AWS upgrades no minor version by itself before its support ends; upgrade by changing kubernetes' }, ...everywhereLater },
  'zonal-shift': { title: 'Traffic leaves a zone that fails', field: 'zonalShift', asked: ({ zonalShift }) => zonalShift, aws: 'yes', ...everywhereLater },
  'deletion-protection': { title: 'A cluster that refuses to be deleted', field: 'deletionProtection', asked: ({ deletionProtection }) => deletionProtection === true, aws: 'yes', ...everywhereLater },
  'backup': { title: 'What is in the cluster backed up by the cloud', field: 'backup', asked: ({ backup }) => backup !== undefined, aws: 'yes', ...everywhereLater },
  'cloud-policy': { title: 'Manifests checked by policies of the cloud', field: 'policy', asked: ({ policy }) => policy, aws: { never: 'AWS has none; `marty check` and policies of the cluster do that' }, ...everywhereLater },
  'signed-images': { title: 'Signed images alone', field: 'signedImages', asked: ({ signedImages }) => signedImages, aws: { never: 'AWS enforces none; a policy of the cluster does' }, ...everywhereLater },
  'addons': { title: 'Add-ons kept by the cloud', field: 'addons', asked: ({ addons }) => Object.keys(addons).length > 0, aws: 'yes', ...everywhereLater },
  'claims': { title: 'Claims for encrypted disks', aws: 'always', ...everywhereLater },
  'existing-network': { title: 'A network that exists', aws: 'yes', ...everywhereLater },
  'existing-keys': { title: 'Keys that exist', aws: 'yes', ...everywhereLater },
  'existing-cluster': { title: 'A cluster that exists', aws: 'yes', ...everywhereLater },
  'existing-identity-provider': { title: 'A provider of identities that exists', aws: 'yes', ...everywhereLater },
  'existing-zones': { title: 'Zones of names that exist', aws: 'yes', ...everywhereLater },
};

/** Everything that a description asks of a cloud that does not have it. */
export function refusals(cluster: ClusterSpec, cloud: Cloud): Problem[] {
  return Object.values(capabilities).flatMap(capability => {
    const support = capability[cloud];
    if (typeof support === 'string' || !capability.field || !capability.asked?.(cluster)) return [];
    const what = `${capability.title[0].toLowerCase()}${capability.title.slice(1)}`;
    return [{ path: capability.field, message: 'never' in support ? `asks for ${what}, which this cloud does not have: ${support.never}` : `asks for ${what}, which is not built yet: ${support.notYet}` }];
  });
}

/** The matrix as a table of Markdown. */
export function capabilityMatrix(): string {
  const cell = (support: Support) => (support === 'always' ? 'always' : support === 'yes' ? 'yes' : 'never' in support ? `no: ${support.never}` : 'not yet');
  return [
    '| capability | asked for by | AWS | Azure | Google Cloud |', '|---|---|---|---|---|',
    ...Object.values(capabilities).map(({ title, field, aws, azure, google }) => `| ${title} | ${field ? `\`${field}\`` : 'by default'} | ${cell(aws)} | ${cell(azure)} | ${cell(google)} |`),
    '',
  ].join('\n');
}
