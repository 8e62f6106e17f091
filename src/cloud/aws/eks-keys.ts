import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role';
import type { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import type { EksClusterSpec } from './eks-cluster-props';
import { EncryptionKey, usedByRoles } from './encryption-key';
import { logsUse } from './log-group';

/** The keys of a cluster: made here, or those that exist. One for each purpose, so that who reads logs reads no Secrets. */
export function clusterKeys(scope: Construct, cluster: EksClusterSpec): { secrets: string; disks: string; logs: string } {
  const { name } = cluster;
  return {
    secrets: cluster.secretsKeyArn ?? new EncryptionKey(scope, 'secrets-key', { name: `${name}/secrets`, description: `Secrets of the cluster ${name}` }).arn,
    disks: cluster.diskKeyArn ?? diskKey(scope, cluster),
    logs: cluster.logKeyArn ?? new EncryptionKey(scope, 'log-key', {
      name: `${name}/logs`, description: `Logs of the cluster ${name}`, statements: [logsUse(AwsStack.of(scope), [`/aws/eks/${name}/`])],
    }).arn,
  };
}

/** Autoscaling groups start the machines of node groups by a role of their own, which a key's policy can only name where it exists. */
function diskKey(scope: Construct, { name, autoMode, createServiceLinkedRole }: EksClusterSpec): string {
  const { account, partition } = AwsStack.of(scope);
  const own = { name: `${name}/disks`, description: `Disks of nodes and claims of the cluster ${name}` };
  if (autoMode) return new EncryptionKey(scope, 'disk-key', own).arn;
  const role = createServiceLinkedRole
    ? new IamServiceLinkedRole(scope, 'autoscaling-role', { awsServiceName: 'autoscaling.amazonaws.com' }).arn
    : `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  return new EncryptionKey(scope, 'disk-key', { ...own, statements: usedByRoles('Autoscaling', [role]) }).arn;
}
