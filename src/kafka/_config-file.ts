import type { KafkaLine } from '../imports/kafka-config';

/** The types of Kafka's own definition of its configuration. */
export type ConfigType = 'BOOLEAN' | 'STRING' | 'SHORT' | 'INT' | 'LONG' | 'DOUBLE' | 'LIST' | 'CLASS' | 'PASSWORD';

/** What a key takes, from one release line of Kafka to another. */
export interface ConfigSpan {
  readonly type: ConfigType;
  /** First line with the key, or with these bounds. @default - the first that is known here */
  readonly since?: KafkaLine;
  /** Last line with the key, or with these bounds. @default - the last that is known here */
  readonly until?: KafkaLine;
  readonly min?: number;
  readonly max?: number;
  /** A number that is allowed besides those between the bounds. */
  readonly also?: number;
  /** All that is allowed, as the value or as an element of the list. */
  readonly values?: readonly string[];
  /** Whether the case of a value does not matter. @default false */
  readonly ignoreCase?: boolean;
  /** Whether an empty text or list is refused. @default false */
  readonly filled?: boolean;
  /** Whether a list is refused that has an element twice, or an empty one. @default false */
  readonly unique?: boolean;
  /** `replicas`: `*`, or pairs of a partition and a broker. */
  readonly format?: 'replicas';
  /** Whether Kafka says that the key will go. @default false */
  readonly deprecated?: boolean;
}

/** The spans of every key, oldest first. */
export type ConfigKeys = Readonly<Record<string, readonly ConfigSpan[]>>;

/** What is generated from Kafka's own list of keys. */
export interface ConfigFile {
  /** Release lines, oldest first. */
  readonly lines: readonly KafkaLine[];
  readonly broker: ConfigKeys;
  readonly topic: ConfigKeys;
  /** The key of a broker that is the default of a topic's key, where they are named differently. */
  readonly defaultOf: Readonly<Record<string, string>>;
}
