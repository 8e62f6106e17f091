import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import type { TerraformStack } from 'cdktf';
import { accountDecides, policy, region, takenBy } from '../fixture/documents';

/** The good resources that twins refer to. */
export interface TwinContext {
  readonly key: KmsKey;
  readonly logs: CloudwatchLogGroup;
  readonly role: IamRole;
  readonly network: Vpc;
}

export function contextIn(stack: TerraformStack): TwinContext {
  new AwsProvider(stack, 'aws', { region });
  const key = new KmsKey(stack, 'good-key', { description: 'good', enableKeyRotation: true, policy: policy(accountDecides) });
  const logs = new CloudwatchLogGroup(stack, 'good-logs', { name: 'good', retentionInDays: 365, kmsKeyId: key.arn });
  const role = new IamRole(stack, 'good-role', { name: 'good', assumeRolePolicy: takenBy('pods.eks.amazonaws.com') });
  const network = new Vpc(stack, 'good-network', { cidrBlock: '10.0.0.0/16' });
  new DefaultSecurityGroup(stack, 'good-closed', { vpcId: network.id });
  new FlowLog(stack, 'good-flows', { vpcId: network.id, trafficType: 'ALL', logDestination: logs.arn, iamRoleArn: role.arn });
  return { key, logs, role, network };
}
