import type { AddonFacts } from './addon-catalogue';
import type { Statement } from './documents';

/** What it only reads; AWS knows no narrower resource for any of it. */
const reading = [
  'ec2:DescribeAccountAttributes', 'ec2:DescribeAddresses', 'ec2:DescribeAvailabilityZones', 'ec2:DescribeCoipPools', 'ec2:DescribeInstances', 'ec2:DescribeInternetGateways',
  'ec2:DescribeIpamPools', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeTags', 'ec2:DescribeVpcPeeringConnections', 'ec2:DescribeVpcs',
  'ec2:GetCoipPoolUsage', 'ec2:GetSecurityGroupsForVpc', 'elasticloadbalancing:DescribeCapacityReservation', 'elasticloadbalancing:DescribeListenerAttributes', 'elasticloadbalancing:DescribeListenerCertificates',
  'elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeLoadBalancerAttributes', 'elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeSSLPolicies', 'elasticloadbalancing:DescribeTags', 'elasticloadbalancing:DescribeTargetGroupAttributes', 'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancing:DescribeTrustStores', 'acm:DescribeCertificate', 'acm:ListCertificates',
];

/**
 * What the load balancer controller may do: make balancers, groups and rules that carry the tag of this cluster, and change those that do.
 * Firewalls (WAF, Shield) and Cognito stay out of its reach; switch them off in its values.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export function loadBalancerStatements({ partition, region, account, cluster }: AddonFacts): Statement[] {
  const arn = (service: string, ...resources: string[]) => resources.map(resource => `arn:${partition}:${service}:${region}:${account}:${resource}`);
  const groups = arn('ec2', 'security-group/*');
  const balancers = arn('elasticloadbalancing', 'loadbalancer/app/*/*', 'loadbalancer/net/*/*');
  const targets = arn('elasticloadbalancing', 'targetgroup/*/*');
  const listeners = arn('elasticloadbalancing', 'listener/app/*/*/*', 'listener/net/*/*/*', 'listener-rule/app/*/*/*', 'listener-rule/net/*/*/*');
  const asked = { StringEquals: { 'aws:RequestTag/elbv2.k8s.aws/cluster': cluster } };
  const own = { StringEquals: { 'aws:ResourceTag/elbv2.k8s.aws/cluster': cluster } };
  return [
    { Sid: 'Read', Action: reading, Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': region } } },
    {
      Sid: 'MakeOwnServiceRole', Action: 'iam:CreateServiceLinkedRole', Condition: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
      Resource: `arn:${partition}:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
    },
    { Sid: 'MakeGroupsInNetwork', Action: 'ec2:CreateSecurityGroup', Resource: arn('ec2', 'vpc/*') },
    { Sid: 'MakeGroups', Action: 'ec2:CreateSecurityGroup', Resource: groups, Condition: asked },
    { Sid: 'TagNewGroups', Action: 'ec2:CreateTags', Resource: groups, Condition: { StringEquals: { ...asked.StringEquals, 'ec2:CreateAction': 'CreateSecurityGroup' } } },
    { Sid: 'TagGroups', Action: ['ec2:CreateTags', 'ec2:DeleteTags'], Resource: groups, Condition: { ...own, Null: { 'aws:RequestTag/elbv2.k8s.aws/cluster': 'true' } } },
    { Sid: 'ChangeGroups', Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress', 'ec2:DeleteSecurityGroup'], Resource: groups, Condition: own },
    {
      Sid: 'LetBalancersReachNodes', Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'], Resource: groups,
      Condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: 'owned' } },
    },
    { Sid: 'MakeBalancers', Action: ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'], Resource: [...balancers, ...targets], Condition: asked },
    {
      Sid: 'TagNew', Action: 'elasticloadbalancing:AddTags', Resource: [...balancers, ...targets],
      Condition: { StringEquals: { ...asked.StringEquals, 'elasticloadbalancing:CreateAction': ['CreateLoadBalancer', 'CreateTargetGroup'] } },
    },
    {
      Sid: 'Tag', Action: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'], Resource: [...balancers, ...targets, ...listeners],
      Condition: { ...own, Null: { 'aws:RequestTag/elbv2.k8s.aws/cluster': 'true' } },
    },
    {
      Sid: 'Route', Resource: [...balancers, ...listeners], Condition: own,
      Action: ['elasticloadbalancing:AddListenerCertificates', 'elasticloadbalancing:CreateListener', 'elasticloadbalancing:CreateRule', 'elasticloadbalancing:DeleteListener', 'elasticloadbalancing:DeleteRule',
        'elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyListenerAttributes', 'elasticloadbalancing:ModifyRule', 'elasticloadbalancing:RemoveListenerCertificates', 'elasticloadbalancing:SetRulePriorities'],
    },
    {
      Sid: 'Change', Resource: [...balancers, ...targets], Condition: own,
      Action: ['elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:DeleteTargetGroup', 'elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:ModifyCapacityReservation',
        'elasticloadbalancing:ModifyIpPools', 'elasticloadbalancing:ModifyLoadBalancerAttributes', 'elasticloadbalancing:ModifyTargetGroup', 'elasticloadbalancing:ModifyTargetGroupAttributes',
        'elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:SetIpAddressType', 'elasticloadbalancing:SetSecurityGroups', 'elasticloadbalancing:SetSubnets'],
    },
  ];
}
