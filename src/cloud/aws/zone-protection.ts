import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { policyOf, type Statement } from './documents';
import { EncryptionKey } from './encryption-key';
import { logsUse } from './log-group';
import { MartyError } from '../../errors';

/** Where Route 53 takes keys and logs of public zones from, whatever region a stack is of. */
export const zoneRegion = 'us-east-1';

/** What the names of logs of zones begin with. */
export const zoneLogs = '/aws/route53/';

export interface ZoneProtectionProps {
  /** The prefix of the names of keys. */
  readonly name: string;
  /** A key that exists and signs. @default - one is made */
  readonly signingKeyArn?: string;
  /** A key that exists and encrypts logs. @default - one is made */
  readonly logKeyArn?: string;
}

/**
 * What public zones share, in the one region that Route 53 takes it from: a key that signs their answers, a key that encrypts the logs of questions,
 * and the permission to write these.
 */
export class ZoneProtection extends Construct {
  readonly signingKeyArn: string;
  readonly logKeyArn: string;
  /** What must be there before a zone writes logs. */
  readonly ready: readonly CloudwatchLogResourcePolicy[];

  /** @throws PROPS_INVALID in a partition whose Route 53 knows neither. */
  constructor(scope: Construct, id: string, { name, signingKeyArn, logKeyArn }: ZoneProtectionProps) {
    super(scope, id);
    const stack = AwsStack.of(this);
    if (stack.partition !== 'aws') {
      throw new MartyError('PROPS_INVALID', `${this.node.path}: region is ${stack.region}, where Route 53 neither signs nor logs public zones, expected one of the partition aws; make the zones in another stack and name them by id`);
    }
    this.signingKeyArn = signingKeyArn ?? new EncryptionKey(this, 'signing-key', {
      name: `${name}/zone-signing`, description: `Signs the public zones of ${name}`, region: zoneRegion, signing: true, statements: signingUse(stack),
    }).arn;
    this.logKeyArn = logKeyArn ?? new EncryptionKey(this, 'log-key', {
      name: `${name}/zone-logs`, description: `Logs of questions to the public zones of ${name}`, region: zoneRegion, statements: [logsUse(stack, [zoneLogs], zoneRegion)],
    }).arn;
    this.ready = [new CloudwatchLogResourcePolicy(this, 'log-policy', {
      region: zoneRegion,
      policyName: `${name}-zones`,
      policyDocument: policyOf([{
        Sid: 'WriteQuestions',
        Principal: { Service: 'route53.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: stack.arn('logs', `log-group:${zoneLogs}*`, zoneRegion),
        Condition: ofZones(stack),
      }]),
    })];
  }
}

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html */
function signingUse(stack: AwsStack): Statement[] {
  const Principal = { Service: 'dnssec-route53.amazonaws.com' };
  const Condition = ofZones(stack);
  return [
    { Sid: 'SignZones', Principal, Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'], Resource: '*', Condition },
    { Sid: 'GrantSigning', Principal, Action: 'kms:CreateGrant', Resource: '*', Condition: { ...Condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
}

/** For zones of this account alone. */
const ofZones = ({ account, partition }: AwsStack) => ({
  StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:${partition}:route53:::hostedzone/*` },
});
