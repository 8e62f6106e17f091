import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../conformance/judges/catalogue';
import { differences, fileOf, pomOf, type Jars } from '../../conformance/judges/maven-jars';

const content = Buffer.from('a jar');
const jar = { jar: 'org.example:one:1.2', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };

test('a jar has the name that Maven gives it in a folder', () => {
  expect(fileOf(jar)).toBe('one-1.2.jar');
});

test('the project asks for each jar alone', () => {
  const pom = pomOf({ jars: [jar] });
  expect(pom).toContain('<groupId>org.example</groupId><artifactId>one</artifactId><version>1.2</version><exclusions><exclusion><groupId>*</groupId>');
  expect(pom.match(/<dependency>/g)).toHaveLength(1);
});

test('what came is accepted when it is what is listed', () => {
  expect(differences({ jars: [jar] }, [{ file: 'one-1.2.jar', content }])).toEqual([]);
});

test('a jar that is missing, changed or not listed is named', () => {
  const changed = Buffer.from('b jar');
  expect(differences({ jars: [jar] }, [])).toEqual(['one-1.2.jar is missing']);
  expect(differences({ jars: [jar] }, [{ file: 'one-1.2.jar', content: changed }])).toEqual([expect.stringMatching(/^one-1\.2\.jar is 5 bytes with SHA-256 \w{64}, expected 5 bytes with \w{64}$/)]);
  expect(differences({ jars: [jar] }, [{ file: 'one-1.2.jar', content }, { file: 'two-1.jar', content }])).toEqual(['two-1.jar came and is not in jars.json']);
});

describe.each([['kafka', '4.3.1'], ['kafka-3.9', '3.9.2']])('the judge %s', (name, version) => {
  const { jars } = JSON.parse(readFileSync(join(__dirname, '../../conformance/judges', name, 'jars.json'), 'utf8')) as Jars;

  test('has the version of its broker, and is not optional', () => {
    expect(catalogue().find(judge => judge.name === name)).toMatchObject({ version, optional: false });
  });

  test('lists each jar once, with a checksum', () => {
    expect(new Set(jars.map(fileOf)).size).toBe(jars.length);
    expect(jars.filter(each => !/^[\w.-]+:[\w.-]+:[\w.-]+$/.test(each.jar) || !/^[0-9a-f]{64}$/.test(each.sha256) || each.bytes <= 0)).toEqual([]);
  });

  test('has all jars of Kafka in one version', () => {
    const own = jars.filter(each => each.jar.startsWith('org.apache.kafka:'));
    expect(own.map(each => each.jar.split(':')[2]).filter(each => each !== version)).toEqual([]);
    expect(own.length).toBeGreaterThan(10);
  });
});
