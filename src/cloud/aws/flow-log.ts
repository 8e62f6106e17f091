import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { LogGroup } from './log-group';
import { Role } from './role';

/** Writes down every connection of a network, accepted or not, minute by minute. */
export function addFlowLog(scope: Construct, { name, vpc, days, keyArn }: { name: string; vpc: Vpc; days: number; keyArn: string }): void {
  const group = new LogGroup(scope, 'flow-log-group', { name: `/aws/vpc/${name}`, days, keyArn });
  const role = new Role(scope, 'flow-log-role', {
    name: `${name}-flow-log`, description: `Writes the log of connections of the network ${name}`, services: ['vpc-flow-logs.amazonaws.com'],
    statements: [{
      Sid: 'WriteLog',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      Resource: AwsStack.of(scope).arn('logs', `log-group:/aws/vpc/${name}:*`),
    }],
  });
  new FlowLog(scope, 'flow-log', {
    vpcId: vpc.id, trafficType: 'ALL', logDestinationType: 'cloud-watch-logs', logDestination: group.arn, iamRoleArn: role.arn,
    maxAggregationInterval: 60, tags: { Name: name },
  });
}
