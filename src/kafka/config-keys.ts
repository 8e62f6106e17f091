import { adviceFor, needsZooKeeper } from './_config-advice';
import type { ConfigSpan } from './_config-file';
import { listenerKey } from './_config-listener';
import { configFile, lineOf, lookupOf, type ConfigLookup } from './_config-lookup';
import { isHandedOn, providerIn, providerKey, providersOf } from './_config-plugins';
import { placeProblem } from './_config-roles';
import { valueProblem, type ConfigValue } from './_config-value';
import { didYouMean, type Problem } from '../errors';

export { fieldProblems } from './_config-fields';
export { isOwned, ownedKeys, ownedProblems } from './_config-owned';
export { readersOf, type ConfigReaders } from './_config-roles';
export type { ConfigValue } from './_config-value';

/** Keys of Kafka and their values, as in `server.properties`. */
export type KafkaConfig = Readonly<Record<string, ConfigValue>>;

/** What a configuration is for: a node by its roles, or a topic. */
export type KafkaConfigRole = 'broker' | 'controller' | 'combined' | 'topic';

export interface KafkaConfigTarget {
  /** Version of Kafka, 3.9 to 4.3, such as `4.3.1`. */
  readonly version: string;
  readonly role: KafkaConfigRole;
  /** What the controllers of a broker are given: they decide what is said here about new topics. @default - nothing */
  readonly controllers?: KafkaConfig;
}

/**
 * Everything that is wrong with a configuration, at most one problem per key, by Kafka's own list of keys: those that do not
 * exist, are gone, come later or are going, values that Kafka refuses, and keys of nodes that do not read them. What Kafka
 * hands on to a class of yours is let through. A configuration may be a part: keys that are missing are no problem.
 *
 * @see https://kafka.apache.org/43/configuration/broker-configs/
 * @see https://kafka.apache.org/43/configuration/topic-configs/
 */
export function configProblems(config: KafkaConfig, target: KafkaConfigTarget): Problem[] {
  const line = lineOf(target.version);
  if (line === undefined) {
    const { lines } = configFile();
    return [{ path: 'version', message: `is ${target.version}, expected a version of Kafka ${lines[0]} to ${lines[lines.length - 1]}, such as 4.3.1` }];
  }
  const lookup = lookupOf(target.role === 'topic' ? 'topic' : 'broker', line);
  return Object.keys(config).flatMap(key => {
    const message = keyProblem(key, config, target, lookup);
    return message === undefined ? [] : [{ path: key, message }];
  });
}

function keyProblem(key: string, config: KafkaConfig, target: KafkaConfigTarget, lookup: ConfigLookup): string | undefined {
  const span = lookup.spanOf(key);
  if (span) return knownProblem(key, span, config, target, lookup);
  const gone = lookup.removedWith(key);
  if (gone !== undefined) return `was removed in Kafka ${gone}; ${adviceFor(key, name => lookup.spanOf(name) !== undefined)}`;
  const later = lookup.cameWith(key);
  if (later !== undefined) return `came with Kafka ${later}, and the version here is ${target.version}; remove it, or use a later version`;
  if (lookup.scope === 'topic') return explanation(key, lookup) ?? unknownProblem(lookup);
  const standIn = listenerKey(key, config, lookup);
  if (standIn) return 'span' in standIn ? checkedValue(standIn.span, config[key], config) : standIn.problem;
  const provider = providerKey(key, config);
  return provider ? provider.problem : strangerProblem(key, config, lookup);
}

function knownProblem(key: string, span: ConfigSpan, config: KafkaConfig, target: KafkaConfigTarget, lookup: ConfigLookup): string | undefined {
  const { role, controllers = {} } = target;
  const advice = () => adviceFor(key, name => lookup.spanOf(name) !== undefined);
  if (lookup.scope === 'broker' && needsZooKeeper(key)) return `has no effect in a cluster of controllers; ${advice()}`;
  const misplaced = role === 'broker' || role === 'controller' ? placeProblem(key, config, role, controllers) : undefined;
  if (misplaced !== undefined) return misplaced;
  return span.deprecated ? `is deprecated in Kafka ${lookup.line}; ${advice()}` : checkedValue(span, config[key], config);
}

/** A value that a provider holds is known only to the running node. */
function checkedValue(span: ConfigSpan, value: ConfigValue, config: KafkaConfig): string | undefined {
  const provider = providerIn(value);
  if (provider === undefined) return valueProblem(span, value);
  const known = providersOf(config);
  if (known.includes(provider)) return undefined;
  const hint = span.type === 'PASSWORD' ? '' : ` ${provider}, which is not in config.providers${didYouMean(provider, known)}`;
  return `is taken from a provider${hint || ' that is not in config.providers'}`;
}

/** A key that Kafka does not define may still be read by a class that it starts, unless it is a slip of the pen. */
function strangerProblem(key: string, config: KafkaConfig, lookup: ConfigLookup): string | undefined {
  return explanation(key, lookup) ?? (isHandedOn(key, config, lookup) ? undefined : unknownProblem(lookup));
}

/** Limits that are kept in the cluster's metadata and never read from a file. */
const whileRunning = ['follower.replication.throttled.rate', 'leader.replication.throttled.rate', 'replica.alter.log.dirs.io.max.bytes.per.second'];

const unknownProblem = ({ line, scope }: ConfigLookup) => `is no key of Kafka ${line} for ${scope === 'topic' ? 'a topic' : 'a node'}`;

/** What was meant by a key that does not exist, where that can be told. */
function explanation(key: string, lookup: ConfigLookup): string | undefined {
  const { defaultOf } = configFile();
  const other = lookupOf(lookup.scope === 'topic' ? 'broker' : 'topic', lookup.line);
  if (lookup.scope === 'topic' && other.spanOf(key)) {
    const meant = Object.keys(defaultOf).find(topic => defaultOf[topic] === key);
    return `is a key of brokers, not of topics${meant === undefined ? '; say it for the brokers' : `; did you mean ${meant}?`}`;
  }
  if (lookup.scope === 'broker' && other.spanOf(key)) {
    const meant = Object.hasOwn(defaultOf, key) ? `; did you mean ${defaultOf[key]}, the default of all topics?` : '; say it for the topic';
    return `is a key of topics, not of brokers${meant}`;
  }
  if (lookup.scope === 'broker' && whileRunning.includes(key)) return 'is read from the cluster and from no file; set it with kafka-configs while the cluster runs';
  const hint = didYouMean(key, lookup.names());
  return hint ? unknownProblem(lookup) + hint : undefined;
}
