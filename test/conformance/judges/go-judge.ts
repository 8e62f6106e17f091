import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { programPath, stampPath } from './cache';
import type { GoPins } from './go-pins';
import type { FoundJudge, Judge } from './judge';
import { MissingTool } from './judge';
import { execute } from '../runner/processes';

const buildTimeoutMs = 60 * 60_000;
const heartbeatMs = 30_000;

/** A judge built from its Go module, with every dependency pinned by checksum. */
export function goJudge(pins: GoPins): Judge {
  const { name, version } = pins;
  const found: FoundJudge = { name, version, path: programPath(name, version) };
  return {
    name,
    version,
    optional: false,
    find: () => Promise.resolve(isBuilt(pins) ? found : undefined),
    install: async talk => {
      if (isBuilt(pins)) return found;
      await requireGo(pins);
      await build(pins, talk);
      return found;
    },
  };
}

function isBuilt(pins: GoPins): boolean {
  const stamp = stampPath(pins.name, pins.version);
  if (!existsSync(stamp) || !existsSync(programPath(pins.name, pins.version))) return false;
  return (JSON.parse(readFileSync(stamp, 'utf8')) as { fingerprint?: string }).fingerprint === pins.fingerprint;
}

async function build(pins: GoPins, talk: (line: string) => void): Promise<void> {
  const { name, version } = pins;
  const program = programPath(name, version);
  // A second installer may be at work: each builds under a name of its own, the last rename wins, both are the same.
  const unfinished = `${program}.${process.pid}`;
  mkdirSync(dirname(program), { recursive: true });
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  talk(`${name} ${version}: building ${pins.program}`);
  const heartbeat = setInterval(() => talk(`${name} ${version}: still building, ${seconds()} s`), heartbeatMs);
  try {
    const { code, stderr } = await execute(
      'go',
      [
        'build',
        '-mod=readonly',
        '-trimpath',
        '-buildvcs=false',
        ...(pins.tags === '' ? [] : ['-tags', pins.tags]),
        '-ldflags',
        pins.ldflags,
        '-o',
        unfinished,
        pins.program,
      ],
      { cwd: pins.folder, env: goEnvironment(), timeoutMs: buildTimeoutMs },
    );
    if (code !== 0) {
      throw new Error(
        `judge ${name} ${version}: go build ended with ${code}\n${stderr.trim().split('\n').slice(-20).join('\n')}`,
      );
    }
    renameSync(unfinished, program);
  } finally {
    clearInterval(heartbeat);
    rmSync(unfinished, { force: true });
  }
  const megabytes = Math.round(statSync(program).size / 1e6);
  const stamp = stampPath(name, version);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(
    stamp,
    `${JSON.stringify({ fingerprint: pins.fingerprint, program: pins.program, seconds: seconds(), megabytes })}\n`,
  );
  talk(`${name} ${version}: built in ${seconds()} s, ${megabytes} MB`);
}

/** The same flags wherever it runs: other ones would compile everything again, a `go.work` would change the pins. */
function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' };
}

/** @throws MissingTool when Go is not there or too old. */
async function requireGo(pins: GoPins): Promise<void> {
  const how = 'install it from https://go.dev/doc/install and have go on the PATH';
  const version = await execute('go', ['env', 'GOVERSION'], { env: goEnvironment() }).then(
    outcome => outcome.stdout.trim().replace(/^go/, ''),
    () => undefined,
  );
  if (version === undefined) {
    throw new MissingTool(`judge ${pins.name}: go is missing, expected go ${pins.go} or newer; ${how}`);
  }
  if (isOlder(version, pins.go)) {
    throw new MissingTool(`judge ${pins.name}: go is ${version}, expected ${pins.go} or newer; ${how}`);
  }
}

function isOlder(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map(text => text.split('.').map(part => Number.parseInt(part, 10) || 0));
  for (const [index, part] of want.entries()) {
    if ((have[index] ?? 0) !== part) return (have[index] ?? 0) < part;
  }
  return false;
}
