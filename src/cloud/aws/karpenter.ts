import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import type { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { policyOf } from './documents';
import { EncryptionKey, usedBy } from './encryption-key';
import { nodePolicies } from './eks-node-pool';
import { karpenterStatements } from './karpenter-permissions';
import { Role } from './role';
import { ServiceAccountRole } from './service-account-role';
import { identities } from '../controllers/identities';

interface KarpenterProps {
  readonly cluster: EksCluster;
  readonly name: string;
  readonly diskKeyArn: string;
  /** The key of its queue. @default - one is made */
  readonly queueKeyArn?: string;
}

/** What AWS says when a machine is about to go. @see https://karpenter.sh/docs/concepts/disruption/#interruption */
const events: Readonly<Record<string, { readonly source: string; readonly type: string }>> = {
  'health': { source: 'aws.health', type: 'AWS Health Event' },
  'spot-interruption': { source: 'aws.ec2', type: 'EC2 Spot Instance Interruption Warning' },
  'rebalance': { source: 'aws.ec2', type: 'EC2 Instance Rebalance Recommendation' },
  'state-change': { source: 'aws.ec2', type: 'EC2 Instance State-change Notification' },
};

/** What Karpenter needs of AWS: a role for its pods, no wider than this cluster's machines, and a queue that tells it which are taken back. */
export class Karpenter extends Construct {
  readonly queueName: string;
  readonly instanceProfile: string;

  constructor(scope: Construct, id: string, { cluster, name, diskKeyArn, queueKeyArn }: KarpenterProps) {
    super(scope, id);
    const stack = AwsStack.of(this);
    const keyArn = queueKeyArn ?? new EncryptionKey(this, 'queue-key', {
      name: `${name}/interruptions`, description: `Interruptions of machines of the cluster ${name}`,
      statements: [usedBy(stack, 'events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'])],
    }).arn;
    const queue = new SqsQueue(this, 'queue', { name: `${name}-interruptions`, messageRetentionSeconds: 300, kmsMasterKeyId: keyArn, kmsDataKeyReusePeriodSeconds: 300 });
    this.queueName = queue.name;
    new SqsQueuePolicy(this, 'queue-policy', {
      queueUrl: queue.url,
      policy: policyOf([
        { Sid: 'EventsTell', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue.arn, Condition: { StringEquals: { 'aws:SourceAccount': stack.account } } },
        { Sid: 'TlsOnly', Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: queue.arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]),
    });
    for (const [event, { source, type }] of Object.entries(events)) {
      const rule = new CloudwatchEventRule(this, `${event}-rule`, {
        name: `${name}-${event}`, description: `${type}, for Karpenter of the cluster ${name}`, eventPattern: JSON.stringify({ 'source': [source], 'detail-type': [type] }),
      });
      new CloudwatchEventTarget(this, `${event}-target`, { rule: rule.name, arn: queue.arn, targetId: 'karpenter' });
    }
    // Entries of roles that node groups have are made by EKS itself; the machines of Karpenter have a role, and an entry, of their own.
    const nodeRole = new Role(this, 'node-role', {
      name: `${name}-karpenter-node`, description: `Machines that Karpenter starts for the cluster ${name}`, services: ['ec2.amazonaws.com'], managed: nodePolicies,
    });
    this.instanceProfile = new IamInstanceProfile(this, 'instance-profile', { name: `${name}-karpenter-node`, role: nodeRole.roleName }).name;
    new EksAccessEntry(this, 'nodes', { clusterName: cluster.name, principalArn: nodeRole.arn, type: 'EC2_LINUX' });
    new ServiceAccountRole(this, 'controller', {
      name: `${name}-karpenter`, description: `Karpenter of the cluster ${name}`, clusterName: cluster.name, ...identities.karpenter,
      statements: karpenterStatements({
        stack, cluster: name, clusterArn: cluster.arn, queueArn: queue.arn, queueKeyArn: keyArn, nodeRoleArn: nodeRole.arn, diskKeyArn,
      }),
    });
  }
}
