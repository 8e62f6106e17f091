import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Construct } from 'constructs';
import type { AwsStack } from './aws-stack';
import type { Statement } from './documents';
import { encrypting } from './encryption-key';
import { logRetentionDays } from './syntax';

/** The shortest time that CloudWatch offers and that is at least as long as what is asked for. */
export function retentionOf(days: number): number {
  return logRetentionDays.find(offered => offered >= days) ?? logRetentionDays[logRetentionDays.length - 1];
}

/** Lets CloudWatch encrypt log groups whose names begin so. */
export function logsUse(stack: AwsStack, prefixes: readonly string[], region = stack.region): Statement {
  return {
    Sid: 'UseLogs',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: encrypting,
    Resource: '*',
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': prefixes.map(prefix => stack.arn('logs', `log-group:${prefix}*`, region)) } },
  };
}

export interface LogGroupProps {
  readonly name: string;
  readonly days: number;
  readonly keyArn: string;
  /** @default - the region of the stack */
  readonly region?: string;
}

/** A place for logs, encrypted, that keeps them for a time that CloudWatch offers. */
export class LogGroup extends Construct {
  readonly arn: string;
  readonly resource: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, { name, days, keyArn, region }: LogGroupProps) {
    super(scope, id);
    this.resource = new CloudwatchLogGroup(this, 'group', { ...region && { region }, name, retentionInDays: retentionOf(days), kmsKeyId: keyArn });
    this.arn = this.resource.arn;
  }
}
