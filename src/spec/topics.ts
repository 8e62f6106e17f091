import { z } from 'zod';
import { varying, type Names, type Varying } from './varying';
import type { Schema } from './schema';
import type { Problem } from '../errors';

/** A topic: a name and the type of what is sent through it. */
export interface TopicSpec<M = unknown> {
  readonly name: string;
  readonly message: Schema<M>;
  /** The field of the message that decides which messages keep their order. */
  readonly key: string;
  readonly partitions: number | { perEnvironment: object };
  readonly retentionMs?: number | { perEnvironment: object };
  readonly cleanup?: Cleanup;
  readonly replication?: number | { perEnvironment: object };
  readonly minInsync?: number | { perEnvironment: object };
  readonly producedElsewhere: boolean;
}

/** What becomes of messages that were kept long enough: they go, or all but the last of each key, or both. */
export type Cleanup = 'delete' | 'compact' | 'compact-and-delete';

export interface TopicOptions<N extends Names, M> {
  /** What a message is. */
  message: Schema<M>;
  /** The field of the message that decides which messages keep their order. */
  key: keyof M & string;
  /** How many consumers can share the work, 1 to 1000. @default 3 */
  partitions?: Varying<N, number>;
  /** Milliseconds that messages are kept; -1 for ever. @default - 604800000, or what a Kafka that exists already says */
  retentionMs?: Varying<N, number>;
  /**
   * What becomes of messages that were kept long enough: they go, or all but the last of each key, or both.
   * @default - 'delete', or what a Kafka that exists already says
   */
  cleanup?: Cleanup;
  /** Copies of every partition, 1 to 9, in a Kafka of the platform's own. @default - as many as that Kafka gives its topics */
  replication?: Varying<N, number>;
  /** Copies that have to be written before a write counts, 1 to 8. @default - one fewer than there are */
  minInsync?: Varying<N, number>;
  /** Whether somebody else sends the messages: another repository, or a program that is not described. @default false */
  producedElsewhere?: boolean;
}

/** @see https://kafka.apache.org/documentation/#topicconfigs */
export const topicSchema = z.strictObject({
  name: z.string().min(1).max(249)
    .regex(/^[a-zA-Z0-9._-]+$/, { error: 'expected letters, digits, ".", "_" and "-"' })
    .refine(name => name !== '.' && name !== '..', { error: 'is no name that Kafka allows' }),
  key: z.string().min(1),
  partitions: varying(z.int().min(1).max(1000)).default(3),
  retentionMs: varying(z.int().min(-1)).optional(),
  cleanup: z.enum(['delete', 'compact', 'compact-and-delete']).optional(),
  replication: varying(z.int().min(1).max(9)).optional(),
  minInsync: varying(z.int().min(1).max(8)).optional(),
  producedElsewhere: z.boolean().default(false),
  /** The JSON Schema of a message. */
  message: z.record(z.string(), z.unknown()),
});

/** What becomes of the messages of a topic that says nothing of it, where the platform decides. */
export const usualTopic = { retentionMs: 604_800_000, cleanup: 'delete' } as const satisfies Partial<TopicSpec>;

interface Messages { readonly topic: string; readonly producedElsewhere: boolean }

/** What a service sends and receives, by its own names. */
interface Traffic {
  readonly name: string;
  readonly produces: Readonly<Record<string, Messages>>;
  readonly consumes: Readonly<Record<string, Messages>>;
}

/**
 * Topics that services receive and nobody sends, or send although somebody else is said to.
 *
 * @param sentBesides topics that programs of the platform send
 */
export function senderProblems(services: readonly Traffic[], sentBesides: readonly string[] = []): Problem[] {
  const used = (direction: 'produces' | 'consumes') => services.flatMap(service => Object.entries(service[direction])
    .map(([alias, messages]) => ({ ...messages, path: `${service.name}.${direction}.${alias}` })));
  const sent = new Set([...used('produces').map(({ topic }) => topic), ...sentBesides]);
  return [
    ...used('consumes').filter(({ topic, producedElsewhere }) => !sent.has(topic) && !producedElsewhere)
      .map(({ path, topic }) => ({ path, message: `receives ${topic}, which no service sends; let one send it, or say producedElsewhere: true of the topic` })),
    ...used('produces').filter(({ producedElsewhere }) => producedElsewhere)
      .map(({ path, topic }) => ({ path, message: `sends ${topic}, which says producedElsewhere: true; leave that out, since the topic is made here` })),
  ];
}
