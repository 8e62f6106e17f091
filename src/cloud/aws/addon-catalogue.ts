import { autoscalerStatements } from './autoscaler-permissions';
import { useDiskKey } from './disk-key';
import type { Statement } from './documents';
import { loadBalancerStatements } from './load-balancer-permissions';
import { readingSecrets } from './secret';
import type { ClusterSpec } from '../cluster/cluster';
import { identities } from '../controllers/identities';

/** What an add-on's pods may do, and under which names they run. */
export interface AddonIdentity {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Policies that AWS publishes, by name. */
  readonly managed?: readonly string[];
  /** What else they may do. */
  readonly statements?: (facts: AddonFacts) => readonly Statement[];
}

/** What permissions of add-ons are made from. */
export interface AddonFacts {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly cluster: string;
  readonly diskKeyArn: string;
  /** The zones of Route 53 in which names of what is exposed may be written. */
  readonly dnsZoneIds: readonly string[];
  /** What names of secrets begin with that the cluster may read. */
  readonly secretPrefixes: readonly string[];
}

/** One thing that is installed into a cluster of EKS. */
export interface CatalogueEntry {
  /** Who installs it: EKS as an add-on, or whoever delivers manifests, for whom only its identity is made. */
  readonly by: 'eks' | 'manifests';
  /** Whether nodes cannot come up without it. */
  readonly before?: 'nodes';
  /** Whether every cluster has it. */
  readonly always?: true;
  /** Whether Auto Mode does what it does. */
  readonly notInAutoMode?: true;
  readonly identity?: AddonIdentity;
  /** Services of AWS that it speaks to, by the last parts of their endpoints' names, besides those that every node does. */
  readonly endpoints?: readonly string[];
  /** Its configuration where nothing else is said. @see `aws eks describe-addon-configuration` */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Lets names be written in the zones that are named, and the others be seen. */
const names = ({ partition, dnsZoneIds }: AddonFacts): Statement[] => [
  ...(dnsZoneIds.length ? [{
    Sid: 'WriteNames', Action: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'],
    Resource: dnsZoneIds.map(id => `arn:${partition}:route53:::hostedzone/${id}`),
  }] : []),
  { Sid: 'SeeZones', Action: 'route53:ListHostedZones', Resource: '*' },
];

/** Lets secrets be read: those whose names begin as is said, and passwords that RDS keeps of databases named after the cluster. */
const secrets = ({ partition, region, account, cluster, secretPrefixes }: AddonFacts): Statement[] => {
  const [Action, secret] = [readingSecrets, `arn:${partition}:secretsmanager:${region}:${account}:secret`];
  return [
    ...(secretPrefixes.length ? [{ Sid: 'ReadSecrets', Action, Resource: secretPrefixes.map(prefix => `${secret}:${prefix}*`) }] : []),
    ...[['Cluster', 'cluster'], ['Instance', 'db']].map(([what, kind]) => ({
      Sid: `ReadPasswordsOf${what}s`, Action, Resource: `${secret}:rds!${kind}-*`,
      Condition: { StringLike: { [`secretsmanager:ResourceTag/aws:rds:primaryDB${what}Arn`]: `arn:${partition}:rds:${region}:${account}:${kind}:${cluster}-*` } },
    })),
    {
      Sid: 'Decrypt', Action: 'kms:Decrypt', Resource: `arn:${partition}:kms:${region}:${account}:key/*`,
      Condition: { 'StringEquals': { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` }, 'ForAnyValue:StringLike': { 'kms:ResourceAliases': [`alias/${cluster}/*`] } },
    },
  ];
};

/**
 * What can be installed, in the order in which it is: what nodes need to come up is there before the first of them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export const addonCatalogue: Readonly<Record<string, CatalogueEntry>> = {
  'vpc-cni': {
    by: 'eks', before: 'nodes', always: true, notInAutoMode: true,
    identity: { namespace: 'kube-system', serviceAccount: 'aws-node', managed: ['AmazonEKS_CNI_Policy'] },
    values: { enableNetworkPolicy: 'true', env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' } },
  },
  'eks-pod-identity-agent': { by: 'eks', before: 'nodes', always: true, notInAutoMode: true },
  'kube-proxy': { by: 'eks', before: 'nodes', always: true, notInAutoMode: true },
  'coredns': { by: 'eks', always: true, notInAutoMode: true, values: { replicaCount: 2 } },
  'aws-ebs-csi-driver': {
    by: 'eks', always: true, notInAutoMode: true,
    identity: { namespace: 'kube-system', serviceAccount: 'ebs-csi-controller-sa', managed: ['service-role/AmazonEBSCSIDriverPolicy'], statements: useDiskKey },
  },
  'eks-node-monitoring-agent': { by: 'eks', always: true, notInAutoMode: true },
  'metrics-server': { by: 'eks', always: true, values: { replicas: 2 } },
  'snapshot-controller': { by: 'eks' },
  'aws-efs-csi-driver': {
    by: 'eks', endpoints: ['elasticfilesystem'], identity: { namespace: 'kube-system', serviceAccount: 'efs-csi-controller-sa', managed: ['service-role/AmazonEFSCSIDriverPolicy'] },
  },
  'amazon-cloudwatch-observability': {
    by: 'eks', endpoints: ['logs', 'monitoring'], identity: { namespace: 'amazon-cloudwatch', serviceAccount: 'cloudwatch-agent', managed: ['CloudWatchAgentServerPolicy'] },
  },
  'adot': { by: 'eks' },
  'aws-load-balancer-controller': {
    by: 'manifests', notInAutoMode: true, endpoints: ['elasticloadbalancing'], identity: { ...identities['aws-load-balancer-controller'], statements: loadBalancerStatements },
  },
  'cluster-autoscaler': {
    by: 'manifests', notInAutoMode: true, endpoints: ['autoscaling'], identity: { ...identities['cluster-autoscaler'], statements: autoscalerStatements },
  },
  'external-secrets': { by: 'manifests', endpoints: ['secretsmanager'], identity: { ...identities['external-secrets'], statements: secrets } },
  'external-dns': { by: 'eks', identity: { namespace: 'external-dns', serviceAccount: 'external-dns', statements: names } },
  'cert-manager': { by: 'eks' },
  'kube-state-metrics': { by: 'eks' },
  'prometheus-node-exporter': { by: 'eks' },
};

/** Services of AWS that what is installed into a cluster speaks to. */
export function endpointsUsedBy({ addons, autoscaling }: Pick<ClusterSpec, 'addons' | 'autoscaling'>): string[] {
  const named = Object.keys(addons).filter(name => addons[name] !== false && Object.hasOwn(addonCatalogue, name));
  const installed = [...named, ...autoscaling === 'cluster-autoscaler' ? [autoscaling] : []];
  return [...autoscaling === 'karpenter' ? ['sqs', 'ssm'] : [], ...installed.flatMap(name => addonCatalogue[name].endpoints ?? [])];
}
