import { z } from 'zod';
import { awsAccountSchema, awsHostOf, awsRegionSchema, partitionOf } from './aws';
import { cidrSchema, labelSchema } from './syntax';
import type { Problem } from '../errors';
import type { Cleanup } from './topics';

/**
 * Topics in AWS: each one of SNS, with a queue of SQS for every service that receives from it. Whoever makes them and whoever uses them know
 * their names from the prefix, the service and the topic.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
 */
export const awsTopicsSchema = z.strictObject({
  at: z.literal('aws'),
  region: awsRegionSchema,
  account: awsAccountSchema,
  /** What the names of topics and queues begin with; a stack takes the name of its cluster. */
  prefix: labelSchema(40),
  /**
   * The addresses of SNS and SQS, for network plugins that cannot match names: the ranges that their endpoints in the network stand in, or
   * `'internet'`.
   * @default - the environment's network plugin must be able to match host names
   */
  cidrs: z.union([z.array(cidrSchema).min(1), z.literal('internet')]).optional(),
});

/** Where topics are in AWS, with every default filled. */
export type AwsTopicsSpec = z.output<typeof awsTopicsSchema>;

/** As much of a topic as AWS has to do with. */
export interface Carried { readonly topic: string; readonly cleanup: Cleanup; readonly retentionMs: number }

/** What one service sends and receives, by its own names. */
export interface Messenger<T extends Carried = Carried> {
  readonly name: string;
  readonly produces: Readonly<Record<string, T>>;
  readonly consumes: Readonly<Record<string, T>>;
}

/** Every topic has a key that keeps messages in order, so everything is of the kind that does; AWS wants its name to end so. */
const ordered = (...parts: readonly string[]) => `${parts.join('-').replace(/\./g, '-')}.fifo`;

/** The topic of SNS. */
export const snsTopicNameOf = (prefix: string, topic: string) => ordered(prefix, topic);
/** The queue in which a service gets the messages of a topic. */
export const queueNameOf = (prefix: string, service: string, topic: string) => ordered(prefix, service, topic);
/** The queue for messages that a service failed at again and again. */
export const deadLetterNameOf = (prefix: string, service: string, topic: string) => ordered(prefix, service, topic, 'dead');

type Place = Pick<AwsTopicsSpec, 'region' | 'account'>;

export const snsTopicArnOf = ({ region, account, prefix }: Place & Pick<AwsTopicsSpec, 'prefix'>, topic: string) => (
  `arn:${partitionOf(region)}:sns:${region}:${account}:${snsTopicNameOf(prefix, topic)}`);
export const queueUrlOf = ({ region, account }: Place, queue: string) => `https://${awsHostOf('sqs', region)}/${account}/${queue}`;

/** What a service of a fleet does with topics in AWS, with the addresses of what it uses. */
export function awsTopicsOf<T extends Carried>(place: AwsTopicsSpec, { name, produces, consumes }: Messenger<T>) {
  const { at, region, account, prefix } = place;
  const each = <R>(topics: Readonly<Record<string, T>>, of: (topic: T) => R) => (
    Object.fromEntries(Object.entries(topics).map(([alias, topic]) => [alias, { ...topic, ...of(topic) }])));
  return {
    at, region, account, prefix,
    produces: each(produces, ({ topic }) => ({ topicArn: snsTopicArnOf(place, topic) })),
    consumes: each(consumes, ({ topic }) => ({
      queueUrl: queueUrlOf(place, queueNameOf(prefix, name, topic)), deadLetterUrl: queueUrlOf(place, deadLetterNameOf(prefix, name, topic)),
    })),
  };
}

/** The services of AWS that a service speaks to for its topics. */
export function awsServicesOf({ produces, consumes }: { readonly produces: object; readonly consumes: object }): ('sns' | 'sqs')[] {
  return [...(Object.keys(produces).length ? ['sns'] as const : []), ...(Object.keys(consumes).length ? ['sqs'] as const : [])];
}

const longestTopic = 256;
const longestQueue = 80;
const minute = 60_000;
const longestKept = 14 * 24 * 60 * minute;

/** Everything for which topics of services cannot be in AWS. */
export function messagingProblems(prefix: string, services: readonly Messenger[]): Problem[] {
  const taken = new Map<string, string>();
  /** Two topics whose names differ in what AWS does not take would be one. */
  const taking = (kind: string, made: string, by: string, path: string): Problem[] => {
    const first = taken.get(`${kind} ${made}`) ?? by;
    taken.set(`${kind} ${made}`, first);
    return first === by ? [] : [{ path, message: `makes the ${kind} ${made} for ${by}, which is that of ${first} already; rename one of them` }];
  };
  return services.flatMap(({ name, produces, consumes }) => (
    [['produces', produces], ['consumes', consumes]] as const).flatMap(([direction, topics]) => Object.entries(topics).flatMap(([alias, carried]) => {
    const path = `${name}.${direction}.${alias}`;
    const { topic } = carried;
    const [queue, dead] = [queueNameOf(prefix, name, topic), deadLetterNameOf(prefix, name, topic)];
    const alone = [...carriedProblems(carried, path), ...lengthProblems(snsTopicNameOf(prefix, topic), 'topic', longestTopic, path)];
    const together = taking('topic', snsTopicNameOf(prefix, topic), `the topic ${topic}`, path);
    if (direction === 'produces') return [...alone, ...together];
    return [
      ...alone, ...lengthProblems(dead, 'queue', longestQueue, path), ...together,
      ...taking('queue', queue, `${name} and the topic ${topic}`, path),
      ...taking('queue', dead, `what ${name} failed at of the topic ${topic}`, path),
    ];
  })));
}

function carriedProblems({ topic, cleanup, retentionMs }: Carried, path: string): Problem[] {
  return [
    ...(cleanup === 'delete' ? [] : [{ path, message: `is the topic ${topic} whose cleanup is "${cleanup}", expected "delete" where topics are in AWS, which keeps no last message of each key; let it be "delete", or use a Kafka` }]),
    ...(retentionMs === -1 || retentionMs > longestKept ? [{
      path, message: `is the topic ${topic} whose retentionMs is ${retentionMs}, expected at most ${longestKept} where topics are in AWS, since SQS keeps messages for 14 days; say less in this environment by per({…}), or use a Kafka`,
    }] : []),
    ...(retentionMs !== -1 && retentionMs < minute ? [{
      path, message: `is the topic ${topic} whose retentionMs is ${retentionMs}, expected at least ${minute} where topics are in AWS; say more in this environment by per({…})`,
    }] : []),
  ];
}

function lengthProblems(name: string, kind: string, most: number, path: string): Problem[] {
  return name.length <= most ? [] : [{ path, message: `makes the ${kind} ${name}, whose name has ${name.length} characters, expected at most ${most}; shorten the prefix, the service or the topic` }];
}
