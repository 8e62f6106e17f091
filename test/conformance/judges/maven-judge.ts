import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedFolder, lastLines } from './installed-folder';
import { requireJava } from './java';
import type { Judge } from './judge';
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
  return {
    ...installedFolder({
      name, version: versionOf(jars), kind: 'jars', pins: [text], telling: `fetching ${jars.jars.length} jars with mvn`,
      require: use => requireJava(name, ['java', 'javac', ...use === 'install' ? ['mvn'] as const : []]),
      fill: folder => fetchJars(name, jars, folder),
    }),
    optional: false,
  };
}

async function fetchJars(name: string, jars: Jars, folder: string): Promise<void> {
  const pom = `${folder}.pom.xml`;
  try {
    writeFileSync(pom, pomOf(jars));
    const { code, stdout, stderr } = await execute(
      'mvn', ['-B', '-ntp', '-q', '-f', pom, `${plugin}:copy-dependencies`, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`], { timeoutMs });
    if (code !== 0) throw new Error(`judge ${name}: mvn ended with ${code}\n${lastLines(`${stdout}\n${stderr}`)}`);
  } finally {
    rmSync(pom, { force: true });
  }
  const problems = differences(jars, readdirSync(folder).map(file => ({ file, content: readFileSync(join(folder, file)) })));
  if (problems.length > 0) throw new Error(problems.map(problem => `judge ${name}: ${problem}`).join('\n'));
}

function versionOf({ program, jars }: Jars): string {
  const found = jars.find(({ jar }) => jar.startsWith(`${program}:`));
  if (!found) throw new Error(`jars.json: no jar is ${program}, expected the one that gives the judge its version`);
  return found.jar.split(':')[2];
}
