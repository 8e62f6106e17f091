import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { policyOf } from './documents';

export interface FifoQueueProps {
  readonly name: string;
  /** The queue for what its service failed at. */
  readonly deadLetterName: string;
  /** The topic that sends to it. */
  readonly topicArn: string;
  readonly keyArn: string;
  readonly retentionSeconds: number;
  readonly visibilitySeconds: number;
  readonly maxReceives: number;
}

/** The longest time that SQS keeps a message, in seconds. */
export const longestRetention = 1_209_600;

/** A queue of SQS that one topic sends to and one service receives from, in order, with a second one for what the service failed at. */
export class FifoQueue extends Construct {
  readonly arn: string;
  readonly deadLetterArn: string;

  constructor(scope: Construct, id: string, props: FifoQueueProps) {
    super(scope, id);
    const { name, deadLetterName, topicArn, keyArn, retentionSeconds, visibilitySeconds, maxReceives } = props;
    const common = {
      fifoQueue: true, contentBasedDeduplication: false, deduplicationScope: 'messageGroup', fifoThroughputLimit: 'perMessageGroupId',
      kmsMasterKeyId: keyArn, kmsDataKeyReusePeriodSeconds: 300, visibilityTimeoutSeconds: visibilitySeconds, receiveWaitTimeSeconds: 20,
    };
    const dead = new SqsQueue(this, 'dead-letters', {
      ...common, name: deadLetterName, messageRetentionSeconds: longestRetention,
      // By name, since each of the two says which the other is.
      redriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [AwsStack.of(this).arn('sqs', name)] }),
    });
    const queue = new SqsQueue(this, 'queue', {
      ...common, name, messageRetentionSeconds: retentionSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: maxReceives }),
    });
    const policies = [this.policy('dead-letters-policy', dead, topicArn), this.policy('policy', queue, topicArn)];
    new SnsTopicSubscription(this, 'subscription', {
      topicArn, protocol: 'sqs', endpoint: queue.arn, rawMessageDelivery: true,
      // What SNS cannot deliver goes where people look for what was not done.
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }), dependsOn: policies,
    });
    this.arn = queue.arn;
    this.deadLetterArn = dead.arn;
  }

  private policy(id: string, { arn, url }: SqsQueue, topicArn: string): SqsQueuePolicy {
    return new SqsQueuePolicy(this, id, {
      queueUrl: url,
      policy: policyOf([
        { Sid: 'TopicSends', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn, Condition: { ArnEquals: { 'aws:SourceArn': topicArn } } },
        { Sid: 'TlsOnly', Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]),
    });
  }
}
