import type { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Construct } from 'constructs';
import type { Role } from './role';
import type { NodePool as Pool } from '../cluster/node-pools';
import type { TerraformResource } from '../engine';
import type { Zone } from '../network/plan';

export interface NodePoolProps {
  readonly name: string;
  readonly pool: Pool;
  readonly cluster: EksCluster;
  readonly version: string;
  readonly nodeRole: Role;
  readonly diskKeyArn: string;
  readonly securityGroupIds: readonly string[];
  readonly subnetIds: Readonly<Partial<Record<Zone, string>>>;
  /** What must be in the cluster before a node can come up. */
  readonly after: readonly TerraformResource[];
}

/** What AWS lets nodes do: join, pull images, be looked after by Systems Manager. */
export const nodePolicies = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'];

/** The images of EKS by system, processor and accelerator. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
export function amiTypeOf({ system, arch, gpu }: Pick<Pool, 'system' | 'arch' | 'gpu'>): string {
  if (system === 'minimal') return `BOTTLEROCKET_${arch === 'arm64' ? 'ARM_64' : 'x86_64'}${gpu ? '_NVIDIA' : ''}`;
  return arch === 'arm64' ? (gpu ? 'AL2023_ARM_64_NVIDIA' : 'AL2023_ARM_64_STANDARD') : gpu ? 'AL2023_x86_64_NVIDIA' : 'AL2023_x86_64_STANDARD';
}

/** Machines with 2 processors and 8 GiB, newer ones first. */
const machines = { amd64: ['m7i.large', 'm6i.large', 'm7a.large'], arm64: ['m7g.large', 'm6g.large', 'm8g.large'] } as const;

/** A group of nodes that EKS keeps: encrypted disks, the second version of the metadata service alone, no way in by SSH. */
export class NodePool extends Construct {
  readonly resource: EksNodeGroup;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { name, pool, cluster, version, nodeRole, diskKeyArn, securityGroupIds, subnetIds, after } = props;
    const fullName = `${cluster.nameInput ?? ''}-${name}`;
    const template = new LaunchTemplate(this, 'template', {
      name: fullName,
      description: `Nodes of the pool ${name}`,
      updateDefaultVersion: true,
      ebsOptimized: 'true',
      vpcSecurityGroupIds: [...securityGroupIds],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1, instanceMetadataTags: 'disabled' },
      monitoring: { enabled: true },
      blockDeviceMappings: disksOf(pool).map(({ device, sizeGiB }) => ({
        deviceName: device,
        ebs: { volumeSize: sizeGiB, volumeType: 'gp3', encrypted: 'true', kmsKeyId: diskKeyArn, deleteOnTermination: 'true' },
      })),
      tagSpecifications: ['instance', 'volume', 'network-interface'].map(resourceType => ({ resourceType, tags: { Name: fullName } })),
    });
    const zones = pool.zones ?? (Object.keys(subnetIds) as Zone[]);
    this.resource = new EksNodeGroup(this, 'group', {
      clusterName: cluster.name,
      nodeGroupNamePrefix: `${name}-`,
      nodeRoleArn: nodeRole.arn,
      version,
      amiType: amiTypeOf(pool),
      capacityType: pool.capacity === 'spot' ? 'SPOT' : 'ON_DEMAND',
      instanceTypes: [...pool.machines ?? machines[pool.arch]],
      subnetIds: zones.flatMap(zone => subnetIds[zone] ?? []),
      scalingConfig: { minSize: pool.min, maxSize: pool.max, desiredSize: pool.min },
      updateConfig: { maxUnavailablePercentage: pool.unavailablePercent },
      nodeRepairConfig: { enabled: pool.repair },
      launchTemplate: { id: template.id, version: template.getStringAttribute('latest_version') },
      labels: { 'marty-msf/pool': name, ...pool.labels },
      taint: pool.taints.map(({ key, value, effect }) => ({ key, value, effect: effects[effect] })),
      // How many nodes there are now is for who scales them to say.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['scaling_config[0].desired_size'] },
      dependsOn: [...nodeRole.ready, ...after],
    });
  }
}

const effects = { NoSchedule: 'NO_SCHEDULE', NoExecute: 'NO_EXECUTE', PreferNoSchedule: 'PREFER_NO_SCHEDULE' } as const;

/** Bottlerocket keeps its system and what pods write on disks of their own. */
function disksOf({ system, diskGiB }: Pool): { device: string; sizeGiB: number }[] {
  return system === 'minimal' ? [{ device: '/dev/xvda', sizeGiB: 4 }, { device: '/dev/xvdb', sizeGiB: diskGiB }] : [{ device: '/dev/xvda', sizeGiB: diskGiB }];
}
