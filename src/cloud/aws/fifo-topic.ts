import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { policyOf } from './documents';

/** What can be done with one topic; SNS takes no policy that names actions of other things. @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const actions = [
  'sns:AddPermission', 'sns:DeleteTopic', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:Publish', 'sns:RemovePermission', 'sns:SetTopicAttributes',
  'sns:Subscribe',
] as const;

/** A topic of SNS that keeps the messages of a key in order, encrypted, for its own account and over TLS alone. */
export class FifoTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, keyArn }: { readonly name: string; readonly keyArn: string }) {
    super(scope, id);
    const { account, partition } = AwsStack.of(this);
    const topic = new SnsTopic(this, 'topic', {
      name, fifoTopic: true, contentBasedDeduplication: false,
      // Each key has its own order, and may be repeated on its own: that is what lets many of them through.
      fifoThroughputScope: 'MessageGroup', kmsMasterKeyId: keyArn, signatureVersion: 2,
    });
    this.arn = topic.arn;
    new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: policyOf([
        {
          Sid: 'AccountDecides', Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: actions, Resource: topic.arn,
          Condition: { StringEquals: { 'aws:PrincipalAccount': account } },
        },
        { Sid: 'TlsOnly', Effect: 'Deny', Principal: '*', Action: actions, Resource: topic.arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]),
    });
  }
}
