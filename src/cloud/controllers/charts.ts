import { karpenterObjects } from './karpenter';
import type { Infrastructure } from '../../spec/infrastructure';

/** What is given to Kubernetes as it stands. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** A controller of a cluster: the chart that installs it, with what the cloud knows for its values. */
export interface Chart {
  readonly name: string;
  /** Where it is published, `https://…` or `oci://…` without its name. */
  readonly repository: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** What tells the controller what to do; their kinds come with the chart. */
  readonly objects: readonly Manifest[];
}

/** What External Secrets reads from, as environments name it: `secretStore: { name: 'aws-secrets-manager' }`. */
const secretStoreName = 'aws-secrets-manager';

/**
 * The controllers that a cluster was prepared for.
 *
 * @see https://github.com/aws/eks-charts/tree/master/stable/aws-load-balancer-controller
 * @see https://karpenter.sh/docs/reference/settings/
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export function chartsOf(made: Infrastructure): Chart[] {
  const { cluster, region, network, karpenter, controllers = [], disks } = made;
  const known: Readonly<Record<NonNullable<Infrastructure['controllers']>[number], () => Chart>> = {
    'aws-load-balancer-controller': () => ({
      name: 'aws-load-balancer-controller', repository: 'https://aws.github.io/eks-charts', version: '3.5.0', namespace: 'kube-system',
      values: {
        clusterName: cluster.name, region, vpcId: network.id, replicaCount: 2, podDisruptionBudget: { maxUnavailable: 1 },
        serviceAccount: { name: 'aws-load-balancer-controller' },
      },
      objects: [],
    }),
    'external-secrets': () => ({
      name: 'external-secrets', repository: 'https://charts.external-secrets.io', version: '2.9.0', namespace: 'external-secrets',
      values: {
        replicaCount: 2, leaderElect: true, serviceAccount: { name: 'external-secrets' }, webhook: { replicaCount: 2 },
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
      },
      objects: [{
        apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: secretStoreName },
        spec: { provider: { aws: { service: 'SecretsManager', region } } },
      }],
    }),
  };
  return [
    ...controllers.map(name => known[name]()),
    ...karpenter ? [{
      name: 'karpenter', repository: 'oci://public.ecr.aws/karpenter', version: '1.14.1', namespace: 'kube-system',
      values: {
        settings: { clusterName: cluster.name, clusterEndpoint: cluster.endpoint, interruptionQueue: karpenter.queue },
        serviceAccount: { name: 'karpenter' },
      },
      objects: karpenterObjects(cluster.name, karpenter.instanceProfile, disks?.key),
    }] : [],
  ];
}
