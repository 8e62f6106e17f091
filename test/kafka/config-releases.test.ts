import { resolve } from 'node:path';
import { kafkaReleases, readKafkaKeys, type KafkaKey } from '../../projenrc/imports/kafka';
import { adviceFor, needsZooKeeper } from '../../src/kafka/_config-advice';
import { configFile, lineOf, lookupOf } from '../../src/kafka/_config-lookup';
import { configProblems, type ConfigValue, type KafkaConfig, type KafkaConfigRole } from '../../src/kafka/config-keys';
import { linesOf } from '../support/problems';

const root = resolve(__dirname, '../..');
const released = new Map(kafkaReleases.map(release => [release, readKafkaKeys(root, release)]));
const [first, last] = ['3.9.2', '4.3.1'] as const;
const old = readKafkaKeys(root, first);
const current = readKafkaKeys(root, last);

const check = (config: KafkaConfig, role: KafkaConfigRole = 'combined', version: string = last) => linesOf(configProblems(config, { version, role }));

/** Every key that may be written, in every pinned release. */
const everyKey = kafkaReleases.flatMap(release => (['broker', 'topic'] as const).flatMap(scope => (
  Object.entries(readKafkaKeys(root, release)[scope]).map(([key, definition]) => ({ release, scope, key, definition, role: scope === 'topic' ? 'topic' : 'combined' } as const)))))
  .filter(({ scope, key, definition }) => !definition.deprecated && !(scope === 'broker' && needsZooKeeper(key)));

const textOf = ({ default: value }: KafkaKey): ConfigValue | undefined => (Array.isArray(value) ? value.join(',') : value as ConfigValue | undefined);

describe('every key of every release', () => {
  test('passes with its own default', () => {
    const given = everyKey.filter(({ definition }) => definition.default !== undefined && definition.default !== '');
    expect(given.length).toBeGreaterThan(1300);
    expect(given.flatMap(({ release, key, definition, role }) => check({ [key]: textOf(definition) ?? '' }, role, release))).toEqual([]);
  });

  test('is refused with one letter wrong, and meant', () => {
    const newest = everyKey.filter(({ release, key, scope }) => release === last || (release === first && !(key in current[scope])));
    const missed = newest.flatMap(({ release, key, role }, index) => {
      const at = index % key.length;
      const slip = `${key.slice(0, at)}${key[at] === 'q' ? 'x' : 'q'}${key.slice(at + 1)}`;
      const lines = check({ [slip]: 1 }, role, release);
      return lines.length === 1 && lines[0].startsWith(`${slip}: `) && lines[0].endsWith(`; did you mean ${key}?`) ? [] : [`${release} ${slip}`];
    });
    expect(newest.length).toBeGreaterThan(390);
    expect(missed).toEqual([]);
  });

  test('is refused with a value of another type', () => {
    const wrong: Readonly<Record<KafkaKey['type'], readonly ConfigValue[]>> = {
      BOOLEAN: ['yes', 1, ''], STRING: [1, true], LIST: [1, true], CLASS: [1, true, 'no class', ''], PASSWORD: [1, true],
      SHORT: ['one', 1.5, true, 32768, -32769], INT: ['one', 1.5, true, 2147483648, -2147483649],
      LONG: ['one', 1.5, true, '9223372036854775808', '-9223372036854775809'], DOUBLE: ['one', true, ''],
    };
    const accepted = everyKey.flatMap(({ release, key, definition, role }) => wrong[definition.type]
      .filter(value => check({ [key]: value }, role, release).length !== 1)
      .map(value => `${release} ${key} ${String(value)}`));
    expect(accepted).toEqual([]);
  });

  test('is accepted on its bounds and refused beyond them', () => {
    let bounds = 0;
    const wrong = everyKey.flatMap(({ release, key, definition, role }) => {
      const [, min, max, also] = /^\[(-?[\d.]+),\.\.\.(?:,(-?[\d.]+))?\](?: or (-?\d+))?$/.exec(definition.valid ?? '') ?? [];
      const step = definition.type === 'DOUBLE' ? 0.001 : 1;
      return [[min, -step], [max, step]].flatMap(([bound, beyond]) => {
        if (bound === undefined) return [];
        bounds += 1;
        const outside = Number(bound) + Number(beyond);
        const refused = check({ [key]: outside }, role, release).length === 1;
        const right = check({ [key]: Number(bound) }, role, release).length === 0 && refused === (String(outside) !== also);
        return right ? [] : [`${release} ${key} ${bound}`];
      });
    });
    expect(bounds).toBeGreaterThan(800);
    expect(wrong).toEqual([]);
  });

  test('is refused with a value outside of its choice', () => {
    const chosen = everyKey.filter(({ definition }) => /^(\(case insensitive\) )?\[[A-Za-z]/.test(definition.valid ?? ''));
    expect(chosen.length).toBeGreaterThan(40);
    expect(chosen.filter(({ release, key, role }) => check({ [key]: 'none-of-those' }, role, release).length !== 1)).toEqual([]);
  });
});

describe('between releases', () => {
  const removed = (scope: 'broker' | 'topic') => Object.keys(old[scope]).filter(key => !(key in current[scope]));
  const added = (scope: 'broker' | 'topic') => Object.keys(current[scope]).filter(key => !(key in old[scope]));

  test('46 keys of nodes and 3 of topics are gone since 3.9.2, each with the line it went in', () => {
    expect([removed('broker').length, removed('topic').length]).toEqual([46, 3]);
    for (const scope of ['broker', 'topic'] as const) {
      for (const key of removed(scope)) expect(check({ [key]: 'x' }, scope === 'topic' ? 'topic' : 'combined')).toEqual([expect.stringMatching(/: was removed in Kafka 4\.[013]; \w/)]);
    }
  });

  test('those of later releases are refused before', () => {
    expect([added('broker').length, added('topic').length]).toEqual([77, 1]);
    const line = /: came with Kafka 4\.[0-3], and the version here is 3\.9\.2; /;
    for (const key of added('broker').filter(name => name !== 'config.providers')) expect(check({ [key]: 'x' }, 'combined', first)).toEqual([expect.stringMatching(line)]);
  });

  test('no key is accepted in a release that does not have it', () => {
    const all = Object.keys(configFile().broker).filter(key => configFile().broker[key].some(({ since, until }) => since ?? until));
    for (const [release, keys] of released) {
      const known = lookupOf('broker', lineOf(release) ?? '4.3');
      expect(all.filter(key => (known.spanOf(key) !== undefined) !== key in keys.broker && key !== 'config.providers')).toEqual([]);
    }
  });

  test('node.id and process.roles have to be given since 4', () => {
    expect(['node.id', 'process.roles'].map(key => [old.broker[key].required, current.broker[key].required])).toEqual([[undefined, true], [undefined, true]]);
  });

  test('whatever an advice names instead exists', () => {
    const gone = kafkaReleases.slice(1).flatMap((release, index) => (['broker', 'topic'] as const).flatMap(scope => {
      const [before, after] = [readKafkaKeys(root, kafkaReleases[index])[scope], readKafkaKeys(root, release)[scope]];
      return Object.keys(before).filter(key => !(key in after) || after[key].deprecated).map(key => [key, after] as const);
    }));
    const features = ['metadata.version', 'share.version', 'group.version', 'streams.version', 'eligible.leader.replicas.version'];
    const named = gone.flatMap(([key, after]) => (adviceFor(key, name => name in after).match(/\b[a-z]+(\.[a-z]+)+\b(?!\.[A-Z])/g) ?? [])
      .filter(word => !features.includes(word) && !word.startsWith('org.apache.') && !(word in after)).map(word => `${key}: ${word}`));
    expect(gone.length).toBeGreaterThan(50);
    expect(named).toEqual([]);
  });
});
