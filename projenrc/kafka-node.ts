import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Builds the jar that runs in every Kafka pod: `npx jiti projenrc/kafka-node.ts <folder of Kafka's jars> [--check]`.
 *
 * The jar is committed, since users of the package have no JDK. `--check` compiles again and writes nothing: it fails
 * when the committed jar is not made of these sources.
 */
const sources = join(__dirname, '../src/kafka/node/java');
const committed = join(__dirname, '../src/kafka/node/marty-kafka.jar');
const manifestFile = 'META-INF/MANIFEST.MF';
const digestName = 'Sources-SHA-256';
const javacName = 'Build-Javac';
/** In base64 it has to fit into the annotation in which `kubectl apply` keeps what it applied: 256 KiB, with all else. */
const largest = 150_000;

const work = mkdtempSync(join(tmpdir(), 'marty-kafka-'));
const [libraries, ...options] = process.argv.slice(2);
if (!libraries || options.some(option => option !== '--check')) {
  fail('expected: kafka-node.ts <folder of kafka jars> [--check]', 2);
}
try {
  const problems = options.includes('--check') ? check() : build();
  if (problems.length > 0) fail(problems.join('\n'), 1);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function build(): string[] {
  const classes = compile();
  const manifest = join(work, 'manifest');
  // Created-By is ours, or the jar tool would write which JDK of which distribution it comes from.
  writeFileSync(manifest, [
    'Manifest-Version: 1.0',
    'Created-By: marty-msf',
    'Premain-Class: martymsf.kafka.Agent',
    `${javacName}: ${javacMajor()}`,
    ...wrapped(`${digestName}: ${digest()}`),
    '',
  ].join('\n'));
  const entries = files(classes).flatMap(file => ['-C', classes, file]);
  run('jar', ['--create', '--file', committed, '--manifest', manifest, '--date', '1980-01-01T00:00:02Z', ...entries]);
  const size = statSync(committed).size;
  process.stdout.write(`${committed}: ${entries.length / 3} classes, ${size} bytes\n`);
  return size > largest ? [`${committed}: size is ${size} bytes, expected <= ${largest}; leave something out`] : [];
}

function check(): string[] {
  const packed = join(work, 'packed');
  mkdirSync(packed);
  run('jar', ['--extract', '--file', committed], packed);
  const manifest = readFileSync(join(packed, manifestFile), 'utf8').replace(/\r?\n /g, '');
  const attribute = (name: string) => new RegExp(`^${name}: (.*?)\\r?$`, 'm').exec(manifest)?.[1];
  const again = 'build it again with projenrc/kafka-node.ts';

  const problems: string[] = [];
  if (attribute(digestName) !== digest()) problems.push(`${committed}: is made of other sources; ${again}`);
  const compiled = compile();
  const major = javacMajor();
  if (attribute(javacName) !== major) {
    process.stdout.write(`javac is ${major}, the jar was made with ${attribute(javacName)}: classes are not compared, only the digest of the sources\n`);
    return problems;
  }
  const there = files(packed).filter(file => file !== manifestFile);
  const here = files(compiled);
  for (const file of new Set([...there, ...here])) {
    if (!here.includes(file)) problems.push(`${committed}: holds ${file}, which no source gives; ${again}`);
    else if (!there.includes(file)) problems.push(`${committed}: lacks ${file}; ${again}`);
    else if (!readFileSync(join(packed, file)).equals(readFileSync(join(compiled, file)))) problems.push(`${committed}: ${file} differs; ${again}`);
  }
  if (problems.length === 0) process.stdout.write(`${committed}: ${here.length} classes are those of the sources\n`);
  return problems;
}

/** With lines, by which our own mistakes are told, and without all else that would make the jar larger. */
function compile(): string {
  const classes = join(work, 'classes');
  const java = files(sources).map(file => join(sources, file));
  run('javac', [
    '--release', '17', '-encoding', 'UTF-8', '-proc:none', '-g:source,lines', '-XDstringConcat=inline', '-Xlint:all,-classfile', '-Werror',
    '-cp', join(libraries, '*'), '-d', classes, ...java,
  ]);
  return classes;
}

function javacMajor(): string {
  return /javac (\d+)/.exec(run('javac', ['-version']))?.[1] ?? 'unknown';
}

function digest(): string {
  const hash = createHash('sha256');
  for (const file of files(sources)) hash.update(`${file}\0`).update(readFileSync(join(sources, file))).update('\0');
  return hash.digest('hex');
}

/** A line of a manifest has 72 bytes at most; what follows begins with a space. */
function wrapped(line: string): string[] {
  return line.length <= 70 ? [line] : [line.slice(0, 70), ...wrapped(` ${line.slice(70)}`)];
}

/** Relative, with slashes, in an order that no machine changes. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1).replace(/\\/g, '/'))
    .sort();
}

function run(command: string, args: readonly string[], cwd?: string): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') fail(`${command} is missing; install a JDK of version 17 or newer`, 4);
    throw error;
  }
}

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  rmSync(work, { recursive: true, force: true });
  process.exit(code);
}
