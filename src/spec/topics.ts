import { z } from 'zod';
import { varying, type Names, type Varying } from './varying';
import type { Schema } from './schema';

/** A topic: a name and the type of what is sent through it. */
export interface TopicSpec<M = unknown> {
  readonly name: string;
  readonly message: Schema<M>;
  /** The field of the message that decides which messages keep their order. */
  readonly key: string;
  readonly partitions: number | { perEnvironment: object };
  readonly retentionMs: number | { perEnvironment: object };
}

export interface TopicOptions<N extends Names, M> {
  /** What a message is. */
  message: Schema<M>;
  /** The field of the message that decides which messages keep their order. */
  key: keyof M & string;
  /** How many consumers can share the work, 1 to 1000. @default 3 */
  partitions?: Varying<N, number>;
  /** Milliseconds that messages are kept; -1 for ever. @default 604800000 */
  retentionMs?: Varying<N, number>;
}

/** @see https://kafka.apache.org/documentation/#topicconfigs */
export const topicSchema = z.strictObject({
  name: z.string().min(1).max(249)
    .regex(/^[a-zA-Z0-9._-]+$/, { error: 'expected letters, digits, ".", "_" and "-"' })
    .refine(name => name !== '.' && name !== '..', { error: 'is no name that Kafka allows' }),
  key: z.string().min(1),
  partitions: varying(z.int().min(1).max(1000)).default(3),
  retentionMs: varying(z.int().min(-1)).default(604_800_000),
  /** The JSON Schema of a message. */
  message: z.record(z.string(), z.unknown()),
});
