import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, stampPath } from './cache';
import { requireJava } from './java';
import type { FoundJudge, Judge } from './judge';
import { differences, pomOf, type Jars } from './maven-jars';
import { execute } from '../runner/processes';

const timeoutMs = 10 * 60_000;
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/**
 * A judge that is a list of jars from a Maven repository, each pinned by its SHA-256; its `path` is the folder of them.
 *
 * @param name the folder of its pins, `jars.json`.
 */
export function mavenJudge(name: string): Judge {
  const text = readFileSync(join(__dirname, name, 'jars.json'), 'utf8');
  const jars = JSON.parse(text) as Jars;
  const version = versionOf(jars);
  const fingerprint = createHash('sha256').update(text).digest('hex');
  const path = join(cacheFolder(), 'jars', `${name}-${version}`);
  const stamp = stampPath(name, version);
  const found: FoundJudge = { name, version, path };
  const isThere = () => existsSync(path) && existsSync(stamp) && (JSON.parse(readFileSync(stamp, 'utf8')) as { fingerprint?: string }).fingerprint === fingerprint;
  return {
    name, version, optional: false,
    find: async () => isThere() && await requireJava(name, ['java', 'javac']).then(() => true, () => false) ? found : undefined,
    install: async talk => {
      await requireJava(name, isThere() ? ['java', 'javac'] : ['java', 'javac', 'mvn']);
      if (isThere()) return found;
      talk(`${name} ${version}: fetching ${jars.jars.length} jars with mvn`);
      const unfinished = `${path}.${process.pid}`;
      const pom = `${unfinished}.pom.xml`;
      try {
        mkdirSync(unfinished, { recursive: true });
        writeFileSync(pom, pomOf(jars));
        const { code, stdout, stderr } = await execute(
          'mvn', ['-B', '-ntp', '-q', '-f', pom, `${plugin}:copy-dependencies`, '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`], { timeoutMs });
        if (code !== 0) throw new Error(`judge ${name}: mvn ended with ${code}\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n')}`);
        const problems = differences(jars, readdirSync(unfinished).map(file => ({ file, content: readFileSync(join(unfinished, file)) })));
        if (problems.length > 0) throw new Error(problems.map(problem => `judge ${name}: ${problem}`).join('\n'));
        rmSync(path, { recursive: true, force: true });
        renameSync(unfinished, path);
      } finally {
        for (const left of [unfinished, pom]) rmSync(left, { recursive: true, force: true });
      }
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, `${JSON.stringify({ fingerprint })}\n`);
      return found;
    },
  };
}

function versionOf({ program, jars }: Jars): string {
  const found = jars.find(({ jar }) => jar.startsWith(`${program}:`));
  if (!found) throw new Error(`jars.json: no jar is ${program}, expected the one that gives the judge its version`);
  return found.jar.split(':')[2];
}
