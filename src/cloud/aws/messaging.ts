import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { AwsStack } from './aws-stack';
import type { Statement } from './documents';
import { EncryptionKey } from './encryption-key';
import { FifoQueue } from './fifo-queue';
import { FifoTopic } from './fifo-topic';
import { messengersOf, producedBy, receivedBy, silentProblems } from './messengers';
import { tagOwner } from './owner';
import { keyArnSchema } from './syntax';
import { MartyError } from '../../errors';
import { awsHostOf } from '../../spec/aws';
import { deadLetterNameOf, messagingProblems, queueNameOf, snsTopicArnOf, snsTopicNameOf, type AwsTopicsSpec } from '../../spec/messaging';
import type { MicroserviceSpec } from '../../spec/microservice';
import { labelSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

const messagingSchema = z.strictObject({
  /** The prefix of the names of what belongs to them. */
  name: labelSchema(40),
  /** What the names of topics and queues begin with, where stacks exchange messages: all of them say the same. @default - name */
  prefix: labelSchema(40).optional(),
  /** How often a message is tried before it is put aside, 1 to 1000. @default 5 */
  maxReceives: z.int().min(1).max(1000).default(5),
  /** How long a service has for a message before another of its pods gets it, in seconds, 1 to 43200. @default 60 */
  visibilitySeconds: z.int().min(1).max(43_200).default(60),
  /** A key that exists, whose policy lets SNS use it. @default - one is made */
  keyArn: keyArnSchema.optional(),
});

/** The services of AWS that carry messages, as endpoints in a network are called. */
export const messagingEndpoints = ['sns', 'sqs'] as const;

export type MessagingInput = Omit<InputOf<typeof messagingSchema>, 'name'>;

export interface MessagingProps extends MessagingInput {
  /** What the names of topics and queues begin with; the environment of the services says the same as `topics.prefix`. */
  readonly name: string;
  /** The environment of the services. @default - nothing that a topic says may differ between environments */
  readonly environment?: string;
  readonly services: readonly MicroserviceSpec[];
}

/**
 * The topics that services declare: one of SNS for each that they send to, a queue of SQS with one for dead letters for each service that
 * receives, all in the order of keys and encrypted by one key. Topics that others send are there already.
 */
export class Messaging extends Construct {
  /** What each service may do, and nothing else: send to its topics, receive from its queues. */
  readonly permissions: Readonly<Record<string, readonly Statement[]>>;
  /** Where topics and queues are, and what their names begin with. */
  readonly place: Readonly<Pick<AwsTopicsSpec, 'region' | 'account' | 'prefix'>>;

  /** @throws PROPS_INVALID with every topic that cannot be made. */
  constructor(scope: Construct, id: string, { environment, services, ...props }: MessagingProps) {
    super(scope, id);
    const { name, prefix = name, maxReceives, visibilitySeconds, keyArn } = propsOf(messagingSchema, props, this.node.path);
    const messengers = messengersOf(services, environment);
    const silent = silentProblems(messengers);
    const problems = silent.length ? silent : messagingProblems(prefix, messengers);
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: not every topic can be made${environment ? ` in ${environment}` : ''}:`, { problems });
    const { region, account } = AwsStack.of(this);
    this.place = { region, account, prefix };
    const permissions: Record<string, readonly Statement[]> = {};
    if (messengers.length) {
      const key = keyArn ?? this.ownKey(name, prefix);
      const topics = new Map(producedBy(messengers).map(topic => [topic, new FifoTopic(this, `topic-${topic.replace(/\./g, '-')}`, { name: snsTopicNameOf(prefix, topic), keyArn: key })]));
      for (const messenger of messengers) {
        const queues = receivedBy(messenger).map(({ topic, retentionMs }) => new FifoQueue(this, `queue-${messenger.name}-${topic.replace(/\./g, '-')}`, {
          name: queueNameOf(prefix, messenger.name, topic), deadLetterName: deadLetterNameOf(prefix, messenger.name, topic),
          topicArn: topics.get(topic)?.arn ?? snsTopicArnOf(this.place, topic),
          keyArn: key, retentionSeconds: Math.ceil(retentionMs / 1000), visibilitySeconds, maxReceives,
        }));
        const service = services.find(({ name: of }) => of === messenger.name);
        if (service) queues.forEach(queue => tagOwner(queue, service));
        const sentTo = producedBy([messenger]).flatMap(topic => topics.get(topic)?.arn ?? []);
        permissions[messenger.name] = [...sending(sentTo, key, region), ...receiving(queues, key, region)];
      }
    }
    this.permissions = permissions;
  }

  private ownKey(name: string, prefix: string): string {
    const stack = AwsStack.of(this);
    return new EncryptionKey(this, 'key', {
      name: `${name}/messages`, description: `Messages of ${name}`,
      statements: [{
        Sid: 'UseSns', Principal: { Service: 'sns.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*',
        Condition: { ArnLike: { 'aws:SourceArn': stack.arn('sns', `${prefix}-*`) } },
      }],
    }).arn;
  }
}

/** The key of messages, through the service of AWS that has them. */
const keyUse = (Sid: string, actions: readonly string[], keyArn: string, service: string, region: string): Statement => (
  { Sid, Action: actions, Resource: keyArn, Condition: { StringEquals: { 'kms:ViaService': awsHostOf(service, region) } } });

function sending(topicArns: readonly string[], keyArn: string, region: string): Statement[] {
  return topicArns.length === 0 ? [] : [
    { Sid: 'SendMessages', Action: 'sns:Publish', Resource: topicArns },
    keyUse('EncryptMessages', ['kms:Decrypt', 'kms:GenerateDataKey'], keyArn, 'sns', region),
  ];
}

function receiving(queues: readonly FifoQueue[], keyArn: string, region: string): Statement[] {
  return queues.length === 0 ? [] : [
    {
      Sid: 'ReceiveMessages', Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      Resource: queues.flatMap(({ arn, deadLetterArn }) => [arn, deadLetterArn]),
    },
    keyUse('DecryptMessages', ['kms:Decrypt'], keyArn, 'sqs', region),
  ];
}
