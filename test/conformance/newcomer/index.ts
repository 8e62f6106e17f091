import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { blocksOf, root, type Block } from '../../support/documents';
import { verdictOf, type Check, type Verdict } from '../runner/check';

const guide = 'docs/guide/getting-started.md';

/** Somebody who has the packed package and the guide, and types what stands there. */
export const checks: readonly Check[] = [{ name: 'getting-started', judges: [], run: follow }];

async function* follow(): AsyncIterable<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'marty-newcomer-'));
  const running: ChildProcess[] = [];
  const problems: string[] = [];
  let count = 0;
  try {
    const tarball = join(folder, packed(folder));
    let at = join(folder, 'work');
    mkdirSync(at);
    for (const block of blocksOf(guide)) {
      count += 1;
      try {
        at = await carryOut(block, at, tarball, running);
      } catch (error) {
        problems.push(`step ${count}, ${block.text.trim().split('\n')[0]}: ${error instanceof Error ? error.message : String(error)}`);
        break;
      }
    }
    if (!problems.length) problems.push(...missing(at));
  } finally {
    for (const child of running) if (child.pid) process.kill(-child.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
  yield verdictOf({ name: 'newcomer', version: 'npm', path: 'npm' }, guide, count, problems);
}

function packed(folder: string): string {
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ filename }] = JSON.parse(output.slice(output.indexOf('['))) as { filename: string }[];
  return filename;
}

/** Writes a file, or types a command; returns the folder one is in afterwards. */
async function carryOut({ language, attributes, text }: Block, at: string, tarball: string, running: ChildProcess[]): Promise<string> {
  if (attributes.title) {
    mkdirSync(dirname(join(at, attributes.title)), { recursive: true });
    writeFileSync(join(at, attributes.title), text);
    return at;
  }
  if (language !== 'sh') return at;
  // The one thing that differs from what a reader types: the package comes from the tarball, since it is not published yet.
  const script = text.replace('--package marty-msf marty init', `--package ${tarball} marty init --package file:${tarball}`);
  if (attributes.background) {
    const child = spawn('bash', ['-ec', script], { cwd: at, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    running.push(child);
    if (!await answers(attributes.background)) throw new Error(`${attributes.background} did not answer within 60 s`);
    return at;
  }
  const output = execFileSync('bash', ['-ec', script], { cwd: at, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (attributes.expect && !output.includes(attributes.expect)) throw new Error(`it printed ${output.trim()}, expected ${attributes.expect}`);
  const cd = /^cd (\S+)$/m.exec(script);
  return cd ? join(at, cd[1]) : at;
}

async function answers(url: string): Promise<boolean> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(200)) {
    if (await fetch(url).then(({ ok }) => ok, () => false)) return true;
  }
  return false;
}

/** What the newcomer has in the end: three services in two environments of odd names, and nothing of what went before. */
function missing(at: string): string[] {
  const there = (folder: string) => readdirSync(join(at, folder), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort().join(' ');
  return [
    ...(there('deploy') === 'blue-lagoon on-prem-2' ? [] : [`deploy holds ${there('deploy')}`]),
    ...['blue-lagoon', 'on-prem-2'].filter(environment => there(`deploy/${environment}`) !== '_platform catalog mailer storefront').map(environment => `deploy/${environment} holds ${there(`deploy/${environment}`)}`),
  ];
}
