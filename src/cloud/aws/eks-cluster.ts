import { EksCluster as Cluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { Construct } from 'constructs';
import { propsOf } from './_props';
import { existingCluster, type AwsCluster, type ExistingCluster } from './aws-cluster';
import { AwsStack } from './aws-stack';
import { Backup } from './backup';
import { useDiskKey } from './disk-key';
import { addAccess } from './eks-access';
import { Addons } from './eks-addons';
import { eksClusterSchema, type EksClusterInput, type EksClusterSpec } from './eks-cluster-props';
import { clusterKeys } from './eks-keys';
import { NodeNetwork } from './eks-node-network';
import { NodePool, nodePolicies } from './eks-node-pool';
import { addOidcProvider } from './eks-oidc';
import { placeProblems } from './eks-places';
import { podNetworkProblems } from './eks-pod-network';
import { Karpenter } from './karpenter';
import { LogGroup } from './log-group';
import type { AwsNetwork } from './aws-network';
import { letGo } from './protection';
import { Role } from './role';
import { MartyError } from '../../errors';
import { waivePolicy } from '../check';
import type { NodePool as NodePoolSpec } from '../cluster/node-pools';

/** What a control plane stands in. */
interface Surroundings {
  readonly network: AwsNetwork;
  readonly keys: ReturnType<typeof clusterKeys>;
  readonly nodes: NodeNetwork;
  readonly nodeRole: Role;
}

export interface EksClusterProps extends EksClusterInput {
  /** The network that it stands in: a `Network`, or one that exists. */
  readonly network: AwsNetwork;
}

/**
 * A cluster of EKS: control plane, nodes, add-ons and who may enter. Secrets, disks and logs are encrypted by keys of its own; the API server is
 * private; what nodes need to come up (network, identity, proxy) is there before the first node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/introduction.html
 */
export class EksCluster extends Construct implements AwsCluster {
  /**
   * A cluster that exists.
   *
   * @throws PROPS_INVALID with everything that cannot be so.
   */
  static fromIds(cluster: ExistingCluster): AwsCluster {
    return existingCluster(cluster);
  }

  readonly name: string;
  readonly version: string;
  readonly arn: string;
  readonly endpoint: string;
  /** The certificate of the authority that signs for the API server, base64. */
  readonly certificateAuthority: string;
  /** The group of the nodes, which databases let in. */
  readonly nodeSecurityGroupId: string;
  /** The role of the nodes, its ARN. */
  readonly nodeRoleArn: string;
  readonly addons: Addons;
  /** The key that encrypts disks of nodes and claims, its ARN. */
  readonly diskKeyArn: string;
  /** What Karpenter was given, where it was asked for. */
  readonly karpenter: Karpenter | undefined;
  readonly oidcProviderArn?: string;
  readonly secretsReader?: string;
  readonly account: string;
  readonly region: string;
  /** What the cluster's construct of the provider is, for what is not said here. */
  readonly resource: Cluster;
  private readonly pools = new Map<string, NodePool>();

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { network, ...props }: EksClusterProps) {
    super(scope, id);
    const cluster = propsOf(eksClusterSchema, props, this.node.path);
    const problems = [...placeProblems(cluster, network), ...podNetworkProblems(network, cluster.autoMode)];
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: the properties cannot be used:`, { problems });
    const { name } = cluster;
    const keys = clusterKeys(this, cluster);
    this.diskKeyArn = keys.disks;
    const nodes = new NodeNetwork(this, 'nodes', { name, network, apiClients: cluster.apiClients, ownGroup: cluster.autoMode });
    const nodeRole = new Role(this, 'node-role', {
      name: `${name}-node`, description: `Nodes of the cluster ${name}`, services: ['ec2.amazonaws.com'],
      managed: cluster.autoMode ? autoModeNodePolicies : nodePolicies,
    });
    this.nodeRoleArn = nodeRole.arn;
    this.resource = this.controlPlane(cluster, { network, keys, nodes, nodeRole });
    this.name = this.resource.name;
    this.version = cluster.version;
    ({ account: this.account, region: this.region } = AwsStack.of(this));
    this.arn = this.resource.arn;
    this.endpoint = this.resource.endpoint;
    this.certificateAuthority = this.resource.certificateAuthority.get(0).data;
    this.nodeSecurityGroupId = nodes.securityGroupId ?? this.resource.vpcConfig.clusterSecurityGroupId;
    addAccess(this, cluster, this.resource);
    if (cluster.oidcProvider) this.oidcProviderArn = addOidcProvider(this, this.resource);
    const pods = network.subnetsOf('pods');
    this.addons = new Addons(this, 'addons', {
      cluster, resource: this.resource, diskKeyArn: keys.disks,
      ...Object.keys(pods).length > 0 && { pods: { subnets: pods, securityGroupIds: [this.nodeSecurityGroupId] } },
    });
    for (const [pool, spec] of Object.entries(cluster.nodePools)) {
      this.pools.set(pool, this.nodePool(pool, spec, { cluster, network, nodeRole, diskKeyArn: keys.disks }));
    }
    this.addons.addAfterNodes([...this.pools.values()].map(({ resource }) => resource));
    this.secretsReader = this.addons.controllerRoles['external-secrets'];
    if (cluster.backupDays !== undefined) {
      const copies = { name: `${name}-cluster`, of: `what is in the cluster ${name}`, days: cluster.backupDays, keyArn: cluster.backupKeyArn };
      new Backup(this, 'backup', copies).addResource('cluster', this.arn);
    }
    this.karpenter = cluster.karpenter ? new Karpenter(this, 'karpenter', { cluster: this.resource, name, diskKeyArn: keys.disks, queueKeyArn: cluster.queueKeyArn }) : undefined;
  }

  private nodePool(pool: string, spec: NodePoolSpec, { cluster, network, nodeRole, diskKeyArn }: {
    cluster: EksClusterSpec; network: AwsNetwork; nodeRole: Role; diskKeyArn: string;
  }): NodePool {
    return new NodePool(this, `pool-${pool}`, {
      name: pool, pool: spec, cluster: this.resource, version: cluster.version, nodeRole, diskKeyArn,
      securityGroupIds: [this.nodeSecurityGroupId], subnetIds: network.subnetsOf('private'), after: this.addons.beforeNodes,
    });
  }

  private controlPlane(cluster: EksClusterSpec, { network, keys, nodes, nodeRole }: Surroundings): Cluster {
    const { name, autoMode, publicAccess } = cluster;
    const role = new Role(this, 'role', {
      name: `${name}-cluster`, description: `Control plane of the cluster ${name}`, services: ['eks.amazonaws.com'],
      actions: autoMode ? ['sts:AssumeRole', 'sts:TagSession'] : undefined,
      managed: ['AmazonEKSClusterPolicy', ...(autoMode ? autoModePolicies : [])],
      statements: [
        { Sid: 'EncryptSecrets', Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey'], Resource: keys.secrets },
        ...autoMode ? useDiskKey({ diskKeyArn: keys.disks, region: AwsStack.of(this).region }) : [],
      ],
    });
    const logs = new LogGroup(this, 'logs', { name: `/aws/eks/${name}/cluster`, days: cluster.logDays, keyArn: keys.logs });
    const resource = new Cluster(this, 'cluster', {
      name,
      version: cluster.version,
      roleArn: role.arn,
      bootstrapSelfManagedAddons: false,
      deletionProtection: cluster.deletionProtection === true,
      enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      encryptionConfig: { resources: ['secrets'], provider: { keyArn: keys.secrets } },
      kubernetesNetworkConfig: {
        // Of IPv6, its network would have no ranges, and its nodes no right to addresses.
        ipFamily: 'ipv4',
        ...cluster.serviceCidr && { serviceIpv4Cidr: cluster.serviceCidr },
        elasticLoadBalancing: { enabled: autoMode },
      },
      computeConfig: { enabled: autoMode, ...autoMode && { nodePools: ['general-purpose', 'system'], nodeRoleArn: nodeRole.arn } },
      ...cluster.controlPlaneTier && { controlPlaneScalingConfig: { tier: cluster.controlPlaneTier } },
      storageConfig: { blockStorage: { enabled: autoMode } },
      upgradePolicy: { supportType: cluster.supportType },
      vpcConfig: {
        // Nodes of Auto Mode stand where the ends of the control plane do.
        subnetIds: Object.values(network.subnetsOf(autoMode ? 'private' : 'control')),
        securityGroupIds: [nodes.controlPlaneSecurityGroupId],
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccess !== undefined,
        ...publicAccess && { publicAccessCidrs: publicAccess.cidrs },
      },
      zonalShiftConfig: { enabled: cluster.zonalShift },
      tags: { Name: name },
      dependsOn: [...role.ready, ...(autoMode ? nodeRole.ready : []), logs.resource],
    });
    letGo(resource, 'MARTY_AWS_EKS_DELETION', cluster);
    if (publicAccess) waivePolicy(resource, 'CKV_AWS_39', publicAccess.reason);
    return resource;
  }
}

/** What nodes of Auto Mode may do: join, and pull images. @see https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html */
const autoModeNodePolicies = ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly'];

/** What the control plane does itself in Auto Mode. @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html */
const autoModePolicies = ['AmazonEKSComputePolicy', 'AmazonEKSBlockStoragePolicy', 'AmazonEKSLoadBalancingPolicy', 'AmazonEKSNetworkingPolicy'];
