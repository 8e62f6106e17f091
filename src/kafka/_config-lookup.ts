import type { ConfigFile, ConfigSpan } from './_config-file';
import type { KafkaLine } from '../imports/kafka-config';

/** What a configuration is written for. */
export type ConfigScope = 'broker' | 'topic';

/** The keys that one release line of Kafka has in one scope. */
export interface ConfigLookup {
  readonly scope: ConfigScope;
  readonly line: KafkaLine;
  /** What a key takes in this line. */
  readonly spanOf: (key: string) => ConfigSpan | undefined;
  /** The first line after the one asked for that has the key. */
  readonly cameWith: (key: string) => KafkaLine | undefined;
  /** The first line without a key that earlier ones had. */
  readonly removedWith: (key: string) => KafkaLine | undefined;
  /** The keys that may be written: those that exist and are not deprecated. */
  readonly names: () => readonly string[];
}

/** Only who has a configuration checked loads the list, 34 kB. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const configFile = (): ConfigFile => (require('./_config-data') as typeof import('./_config-data')).configFile;

const lookups = new Map<string, ConfigLookup>();

/** The keys of a line, which is one of those that are known. */
export function lookupOf(scope: ConfigScope, line: KafkaLine): ConfigLookup {
  const id = `${scope} ${line}`;
  const known = lookups.get(id) ?? createLookup(scope, line);
  lookups.set(id, known);
  return known;
}

/** The line that a version belongs to: `4.3` of `4.3.1`. */
export function lineOf(version: string): KafkaLine | undefined {
  const [, line] = /^(\d+\.\d+)(?:\.\d+)?$/.exec(version) ?? [];
  return configFile().lines.find(known => known === line);
}

function createLookup(scope: ConfigScope, line: KafkaLine): ConfigLookup {
  const { lines, [scope]: keys } = configFile();
  const at = lines.indexOf(line);
  const first = ({ since }: ConfigSpan) => (since === undefined ? 0 : lines.indexOf(since));
  const last = ({ until }: ConfigSpan) => (until === undefined ? lines.length - 1 : lines.indexOf(until));
  const spansOf = (key: string) => (Object.hasOwn(keys, key) ? keys[key] : []);
  const spanOf = (key: string) => spansOf(key).find(span => first(span) <= at && at <= last(span));
  let names: string[] | undefined;
  return {
    scope,
    line,
    spanOf,
    cameWith: key => spansOf(key).find(span => first(span) > at)?.since,
    removedWith: key => {
      const gone = spansOf(key).findLast(span => last(span) < at);
      return gone && lines[last(gone) + 1];
    },
    names: () => names ??= Object.keys(keys).filter(key => {
      const span = spanOf(key);
      return span !== undefined && !span.deprecated;
    }),
  };
}
