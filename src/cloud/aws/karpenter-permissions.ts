import type { AwsStack } from './aws-stack';
import { useDiskKey } from './disk-key';
import type { Statement } from './documents';

interface KarpenterFacts {
  readonly stack: AwsStack;
  readonly cluster: string;
  readonly clusterArn: string;
  readonly queueArn: string;
  readonly queueKeyArn: string;
  readonly nodeRoleArn: string;
  readonly diskKeyArn: string;
}

/**
 * What Karpenter may do: start machines, disks and templates that carry the tag of this cluster, end those that do, and read what is for sale.
 * The profile of its machines is made here, so that it needs no power over IAM but to pass their role on.
 *
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterStatements({ stack, cluster, clusterArn, queueArn, queueKeyArn, nodeRoleArn, diskKeyArn }: KarpenterFacts): Statement[] {
  const { partition, region, account } = stack;
  const ec2 = (...resources: string[]) => resources.map(resource => `arn:${partition}:ec2:${region}:${/^(image|snapshot)\//.test(resource) ? '' : account}:${resource}`);
  const tagged = (prefix: 'aws:RequestTag' | 'aws:ResourceTag') => ({
    StringEquals: { [`${prefix}/kubernetes.io/cluster/${cluster}`]: 'owned' }, StringLike: { [`${prefix}/karpenter.sh/nodepool`]: '*' },
  });
  return [
    {
      Sid: 'StartFromWhatExists', Action: ['ec2:RunInstances', 'ec2:CreateFleet'],
      Resource: [...ec2('image/*', 'snapshot/*', 'security-group/*', 'subnet/*', 'capacity-reservation/*')],
    },
    { Sid: 'StartFromOwnTemplates', Action: ['ec2:RunInstances', 'ec2:CreateFleet'], Resource: ec2('launch-template/*'), Condition: tagged('aws:ResourceTag') },
    {
      Sid: 'StartTagged', Action: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'],
      Resource: ec2('fleet/*', 'instance/*', 'volume/*', 'network-interface/*', 'launch-template/*', 'spot-instances-request/*'), Condition: tagged('aws:RequestTag'),
    },
    {
      Sid: 'TagWhatStarts', Action: 'ec2:CreateTags', Resource: ec2('fleet/*', 'instance/*', 'volume/*', 'network-interface/*', 'launch-template/*', 'spot-instances-request/*'),
      Condition: {
        ...tagged('aws:RequestTag'),
        StringEquals: { [`aws:RequestTag/kubernetes.io/cluster/${cluster}`]: 'owned', 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
      },
    },
    {
      Sid: 'NameWhatRuns', Action: 'ec2:CreateTags', Resource: ec2('instance/*'),
      Condition: { ...tagged('aws:ResourceTag'), 'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] } },
    },
    { Sid: 'EndTagged', Action: ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], Resource: ec2('instance/*', 'launch-template/*'), Condition: tagged('aws:ResourceTag') },
    {
      Sid: 'ReadWhatIsForSale', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': region } },
      Action: ['ec2:DescribeCapacityReservations', 'ec2:DescribeImages', 'ec2:DescribeInstances', 'ec2:DescribeInstanceStatus', 'ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplates', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSpotPriceHistory', 'ec2:DescribeSubnets'],
    },
    { Sid: 'ReadImages', Action: 'ssm:GetParameter', Resource: `arn:${partition}:ssm:${region}::parameter/aws/service/*` },
    { Sid: 'ReadPrices', Action: 'pricing:GetProducts', Resource: '*' },
    { Sid: 'HearInterruptions', Action: ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], Resource: queueArn },
    { Sid: 'DecryptInterruptions', Action: 'kms:Decrypt', Resource: queueKeyArn },
    { Sid: 'PassNodeRole', Action: 'iam:PassRole', Resource: nodeRoleArn, Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } },
    { Sid: 'ReadProfile', Action: 'iam:GetInstanceProfile', Resource: `arn:${partition}:iam::${account}:instance-profile/${cluster}-karpenter-node` },
    ...useDiskKey({ diskKeyArn, region }),
    { Sid: 'FindApiServer', Action: 'eks:DescribeCluster', Resource: clusterArn },
  ];
}
