import type { Manifest } from './charts';
import { discoveryTag } from './identities';

interface Machines {
  readonly cluster: string;
  readonly instanceProfile: string;
  /** Where they are started. @default - in subnets that carry the cluster's tag */
  readonly subnets?: readonly string[];
  /** The key of their disks. @default - that of the account */
  readonly diskKey?: string;
}

/** Whatever is not needed for so long goes. */
const calm = '1m';

/**
 * Machines as those of node pools are: Bottlerocket, encrypted disks, the second version of the metadata service alone; and a pool of them that
 * grows and shrinks with what is asked for.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/
 * @see https://karpenter.sh/docs/concepts/nodepools/
 */
export function karpenterObjects({ cluster, instanceProfile, subnets, diskKey }: Machines): Manifest[] {
  const tagged = () => [{ tags: discoveryTag(cluster) }];
  const disk = (deviceName: string, volumeSize: string) => (
    { deviceName, ebs: { volumeSize, volumeType: 'gp3', encrypted: true, ...diskKey && { kmsKeyID: diskKey }, deleteOnTermination: true } });
  return [{
    apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'default' },
    spec: {
      amiSelectorTerms: [{ alias: 'bottlerocket@latest' }],
      instanceProfile,
      subnetSelectorTerms: subnets?.map(id => ({ id })) ?? tagged(),
      securityGroupSelectorTerms: tagged(),
      blockDeviceMappings: [disk('/dev/xvda', '4Gi'), disk('/dev/xvdb', '50Gi')],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      detailedMonitoring: true,
    },
  }, {
    apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'default' },
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
          requirements: [
            { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] },
            { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] },
          ],
          expireAfter: '720h',
        },
      },
      limits: { cpu: '200' },
      disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: calm, budgets: [{ nodes: '10%' }] },
    },
  }];
}
