import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KafkaLine } from '../../src/imports/kafka-config';
import type { ConfigFile, ConfigKeys, ConfigSpan, ConfigType } from '../../src/kafka/_config-file';

/** Releases whose keys are pinned under `schemas/kafka`, one per line, oldest first. */
export const kafkaReleases = ['3.9.2', '4.0.2', '4.1.2', '4.2.1', '4.3.1'] as const;

/** One key as Kafka prints it. */
export interface KafkaKey {
  type: ConfigType;
  default?: string | number | boolean | readonly string[];
  /** Bounds or choice, in the words of Kafka's validator. */
  valid?: string;
  required?: boolean;
  deprecated?: boolean;
  filled?: boolean;
  unique?: boolean;
}

/** The keys of one release. */
export interface KafkaKeys {
  '//': string;
  broker: Record<string, KafkaKey>;
  topic: Record<string, KafkaKey>;
  /** The keys of a broker that a topic's key defaults to, the strongest first. */
  synonyms: Record<string, readonly string[]>;
}

/** Reads the pinned keys of a release. */
export function readKafkaKeys(root: string, release: string): KafkaKeys {
  return JSON.parse(gunzipSync(readFileSync(join(root, 'schemas/kafka', `${release}.json.gz`))).toString()) as KafkaKeys;
}

type Scope = 'broker' | 'topic';
type Content = Omit<ConfigSpan, 'since' | 'until'>;

const lineOf = (release: string) => release.slice(0, release.lastIndexOf('.')) as KafkaLine;
const lines = kafkaReleases.map(lineOf);

/**
 * Keys that Kafka's own classes read without defining them.
 *
 * @see https://kafka.apache.org/43/security/authorization-and-acls/ super.users, allow.everyone.if.no.acl.found
 * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-606%3A+Add+Metadata+Context+to+MetricsReporter metrics.jmx.include
 * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-421%3A+Automatically+resolve+external+configurations config.providers
 */
const undefinedKeys: Readonly<Record<string, Content>> = {
  'allow.everyone.if.no.acl.found': { type: 'BOOLEAN' },
  'config.providers': { type: 'LIST' },
  'metrics.jmx.exclude': { type: 'STRING' },
  'metrics.jmx.include': { type: 'STRING' },
  'super.users': { type: 'STRING' },
};

/** What a server checks in code when it starts, beyond its definitions. */
const startRules: Readonly<Record<string, Partial<Content>>> = {
  'log.retention.hours': { min: 1, also: -1 },
  'log.retention.minutes': { min: 1, also: -1 },
  'log.retention.ms': { min: 1, also: -1 },
  'log.roll.ms': { min: 1 },
  'metrics.recording.level': { values: ['INFO', 'DEBUG', 'TRACE'], ignoreCase: true },
};

/** The keys of all pinned releases, each with the lines it exists in and what it takes there. */
export function mergeKafka(root: string): ConfigFile {
  const releases = kafkaReleases.map(release => readKafkaKeys(root, release));
  const synonyms = Object.entries(Object.assign({}, ...releases.map(keys => keys.synonyms)) as KafkaKeys['synonyms']);
  return {
    lines,
    broker: mergeScope(releases, 'broker'),
    topic: mergeScope(releases, 'topic'),
    defaultOf: Object.fromEntries(synonyms.map(([topic, brokers]) => [topic, brokers[0]]).filter(([topic, broker]) => topic !== broker).sort(byName)),
  };
}

function mergeScope(releases: readonly KafkaKeys[], scope: Scope): ConfigKeys {
  const own = scope === 'broker' ? undefinedKeys : {};
  const names = [...new Set([...Object.keys(own), ...releases.flatMap(release => Object.keys(release[scope]))])].sort();
  return Object.fromEntries(names.map(name => [name, spansOf(releases.map(release => {
    const key = release[scope][name] as KafkaKey | undefined;
    return key ? { ...contentOf(name, key), ...(scope === 'broker' ? startRules[name] : undefined) } : own[name];
  }))]));
}

/** Neighbouring lines in which a key takes the same become one span. */
function spansOf(contents: readonly (Content | undefined)[]): ConfigSpan[] {
  const spans: { content: Content; first: number; last: number }[] = [];
  contents.forEach((content, index) => {
    if (!content) return;
    const previous = spans.at(-1);
    if (previous?.last === index - 1 && JSON.stringify(previous.content) === JSON.stringify(content)) previous.last = index;
    else spans.push({ content, first: index, last: index });
  });
  return spans.map(({ content, first, last }) => ({
    ...content,
    ...(first > 0 ? { since: lines[first] } : {}),
    ...(last < lines.length - 1 ? { until: lines[last] } : {}),
  }));
}

function contentOf(name: string, { type, valid, deprecated, filled, unique }: KafkaKey): Content {
  const flags = { ...(filled ? { filled } : {}), ...(unique ? { unique } : {}), ...(deprecated ? { deprecated } : {}) };
  return { type, ...(valid === undefined ? {} : limitsOf(name, valid)), ...flags };
}

/** Reads the words of a validator, and fails on words that are new. */
function limitsOf(name: string, valid: string): Partial<Content> {
  const range = /^\[(-?[\d.]+),\.\.\.(?:,(-?[\d.]+))?\](?: or (-?\d+))?$/.exec(valid);
  if (range) {
    const [min, max, also] = range.slice(1).map(text => (text === undefined ? undefined : Number(text)));
    return { min, ...(max === undefined ? {} : { max }), ...(also === undefined ? {} : { also }) };
  }
  const choice = /^(\(case insensitive\) )?\[([\w.-]+(?:, [\w.-]+)*)\]$/.exec(valid);
  if (choice) return { values: choice[2].split(', '), ...(choice[1] ? { ignoreCase: true } : {}) };
  if (valid === 'non-empty string') return { filled: true };
  if (valid.startsWith('[partitionId]:[brokerId]')) return { format: 'replicas' };
  if (valid.startsWith('The default value of -1 means')) return { min: 1, also: -1 };
  if (valid === 'non-null string' || valid === 'non-empty list') return {};
  throw new Error(`${name}: validator is ${valid}, expected one that is known; teach limitsOf`);
}

const byName = ([a]: readonly string[], [b]: readonly string[]) => (a < b ? -1 : 1);

/** The generated data, one key per line. */
export function kafkaJson(header: string, file: ConfigFile): string {
  const record = (entries: object) => `{\n${Object.entries(entries).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',\n')}\n}`;
  return `{"//":${JSON.stringify(header)},\n"lines":${JSON.stringify(file.lines)},\n`
    + `"broker":${record(file.broker)},\n"topic":${record(file.topic)},\n"defaultOf":${record(file.defaultOf)}}\n`;
}

/** The names in it, as types, so that what is said about a key cannot name one that does not exist. */
export function kafkaTypes(header: string, { lines: known, broker, topic }: ConfigFile): string {
  const union = (doc: string, name: string, words: readonly string[]) => `/** ${doc} */\nexport type ${name} =\n${words.map(word => `  | '${word}'`).join('\n')};\n`;
  return [
    `${header}\n`,
    union('Release lines of Kafka whose keys are known.', 'KafkaLine', known),
    union('Keys of a server, of any line.', 'KafkaServerKey', Object.keys(broker)),
    union('Keys of a topic, of any line.', 'KafkaTopicKey', Object.keys(topic)),
  ].join('\n');
}
