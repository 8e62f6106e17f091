import { identities } from './identities';
import { karpenterObjects } from './karpenter';
import type { Infrastructure } from '../../spec/infrastructure';

/** What is given to Kubernetes as it stands. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
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
 * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/charts/cluster-autoscaler
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export function chartsOf(made: Infrastructure): Chart[] {
  const { karpenter, controllers = [] } = made;
  return [...controllers.map(name => charts[name](made)), ...karpenter ? [karpenterChart(made, karpenter)] : []];
}

const charts: Readonly<Record<NonNullable<Infrastructure['controllers']>[number], (made: Infrastructure) => Chart>> = {
  'aws-load-balancer-controller': ({ cluster, region, network }) => chart('aws-load-balancer-controller', {
    repository: 'https://aws.github.io/eks-charts', version: '3.5.0',
    values: { clusterName: cluster.name, region, vpcId: network.id, replicaCount: 2, podDisruptionBudget: { maxUnavailable: 1 } },
  }),
  'cluster-autoscaler': ({ cluster, region }) => chart('cluster-autoscaler', {
    repository: 'https://kubernetes.github.io/autoscaler', version: '9.59.0',
    values: {
      cloudProvider: 'aws', awsRegion: region, autoDiscovery: { clusterName: cluster.name }, replicaCount: 2,
      // It reckons as the scheduler of its own minor version does.
      image: { tag: `v${cluster.kubernetes}.0` },
      extraArgs: { 'balance-similar-node-groups': true, 'expander': 'least-waste' },
      securityContext: { runAsNonRoot: true, runAsUser: 65_534, runAsGroup: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
      containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    },
  }, account => ({ rbac: { serviceAccount: account } })),
  'external-secrets': ({ region }) => chart('external-secrets', {
    repository: 'https://charts.external-secrets.io', version: '2.9.0',
    values: { replicaCount: 2, leaderElect: true, webhook: { replicaCount: 2 }, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
    objects: [{
      apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: secretStoreName },
      spec: { provider: { aws: { service: 'SecretsManager', region } } },
    }],
  }),
};

const karpenterChart = ({ cluster, disks, network }: Infrastructure, { queue, instanceProfile, subnets }: NonNullable<Infrastructure['karpenter']>) => chart('karpenter', {
  repository: 'oci://public.ecr.aws/karpenter', version: '1.14.1',
  values: {
    settings: {
      clusterName: cluster.name, clusterEndpoint: cluster.endpoint, interruptionQueue: queue, ...network.internet === false && { isolatedVPC: true },
    },
  },
  objects: karpenterObjects({ cluster: cluster.name, instanceProfile, subnets, diskKey: disks?.key }),
});

type Said = Pick<Chart, 'repository' | 'version' | 'values'> & Partial<Pick<Chart, 'objects'>>;

/** A chart whose pods run where its role is for, as whom it is for. @param asWhom how its values say that */
function chart(name: keyof typeof identities, { values, objects = [], ...rest }: Said, asWhom = (account: { readonly name: string }): Chart['values'] => ({ serviceAccount: account })): Chart {
  const { namespace, serviceAccount } = identities[name];
  return { name, namespace, ...rest, values: { ...values, ...asWhom({ name: serviceAccount }) }, objects };
}
