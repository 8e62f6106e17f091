import type { AddonFacts } from './addon-catalogue';
import type { Statement } from './documents';

/**
 * What the classic autoscaler may do: look at groups of machines, and change the size of those that EKS made for pools of this cluster.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md#permissions
 */
export const autoscalerStatements = ({ partition, region, account, cluster }: AddonFacts): Statement[] => [
  {
    Sid: 'LookAtGroups', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': region } },
    Action: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeLaunchConfigurations', 'autoscaling:DescribeScalingActivities',
      'ec2:DescribeImages', 'ec2:DescribeInstanceTypes', 'ec2:DescribeLaunchTemplateVersions', 'ec2:GetInstanceTypesFromInstanceRequirements'],
  },
  { Sid: 'LookAtPools', Action: 'eks:DescribeNodegroup', Resource: `arn:${partition}:eks:${region}:${account}:nodegroup/${cluster}/*/*` },
  {
    Sid: 'ScalePools', Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
    Resource: `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
    // EKS gives these tags to the groups of its pools.
    Condition: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/enabled': 'true', [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: 'owned' } },
  },
];
