import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import type { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import type { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import type { EksClusterSpec } from './eks-cluster-props';

/** The policies of EKS that stand for the roles of Kubernetes. @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const policies = {
  'cluster-admin': 'AmazonEKSClusterAdminPolicy', 'admin': 'AmazonEKSAdminPolicy', 'edit': 'AmazonEKSEditPolicy', 'view': 'AmazonEKSViewPolicy',
} as const;

/** Lets people and programs in, each by an entry of its own; who made the cluster gets nothing by that. */
export function addAccess(scope: Construct, { access }: EksClusterSpec, cluster: EksCluster): void {
  const { partition } = AwsStack.of(scope);
  for (const [name, { principalArn, role, namespaces }] of Object.entries(access)) {
    const entry = new EksAccessEntry(scope, `access-${name}`, { clusterName: cluster.name, principalArn, type: 'STANDARD' });
    new EksAccessPolicyAssociation(scope, `access-${name}-policy`, {
      clusterName: cluster.name, principalArn: entry.principalArn,
      policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${policies[role]}`,
      accessScope: namespaces ? { type: 'namespace', namespaces } : { type: 'cluster' },
    });
  }
}
