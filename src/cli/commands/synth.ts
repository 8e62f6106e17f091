import { types } from 'node:util';
import { isMartyError, MartyError } from '../../errors';
import { applyPlan } from '../../synth/apply';
import { ownerOf } from '../../synth/owner';
import { planOf } from '../../synth/plan';
import { addCommand, jsonText, progress, type Cli, type Context } from '../command';
import { readProject } from '../project/config';
import { namesOf } from '../project/environments';
import { arranged, formatNamed, outdirOf } from '../synth/formats';
import { profileOf, profileTable } from '../synth/profile';
import { problemsOfApp, runApp } from '../synth/run-app';
import { resultOf, type SynthResult } from '../synth/result';
import { stagedTree, treeFor } from '../synth/staged-tree';
import { closingTable, editedLines, fileList } from '../synth/talk';

interface SynthOptions {
  readonly env?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly config?: string;
  readonly owner?: string;
  readonly profile?: boolean;
  readonly format?: string;
}

/** `marty synth`: from the app to manifests on disk. */
export function addSynth(cli: Cli): void {
  addCommand<SynthOptions>(cli, 'synth', 'Run the app of cdk8s.yaml and write its manifests', synth)
    .option('--env <names>', 'only these environments, separated by commas; the files of others stay as they are')
    .option('--out <dir>', 'write here instead of to the output of cdk8s.yaml')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .option('--owner <name>', 'who writes the folders, instead of the name in package.json')
    .option('--format <name>', 'plain: a folder per service in each environment; kustomize: base and overlays; helm: charts', 'plain')
    .option('--dry-run', 'list what would be written and removed, and do none of it')
    .option('--profile', 'tell where the time went, step by step and chart by chart')
    .addHelpText('after', `
Only files that differ are written, and only files are removed that an earlier run wrote and nothing defines any more. When
anything is wrong, nothing is written.`);
}

async function synth(context: Context, { env, out, dryRun = false, config, owner, profile = false, format: named = 'plain' }: SynthOptions): Promise<void> {
  const { io, cwd, json } = context;
  const started = performance.now();
  if (env !== undefined && !namesOf(env)) throw new MartyError('USAGE', '--env is empty, expected environments separated by commas');
  const project = readProject(io, cwd, config);
  // The app obeys the variable even when we are not told to; whatever it leaves out then must not count as removed.
  const environments = namesOf(env) ?? namesOf(io.env.MARTY_ENVIRONMENTS);
  const format = formatNamed(named, environments);
  progress(context, `running ${project.app ?? 'the app'}`);
  let left: string | undefined;
  const profiled = profile ? (text: string | undefined) => { left = text; } : undefined;
  const appStarted = performance.now();
  const written = await runApp(io, project, environments, profiled).catch((error: unknown) => { throw json ? withProblems(error) : error; });
  const appEnded = performance.now();
  const own = ownerOf(project.folder);
  const whole = stagedTree(written, { project: own, instead: owner });
  const { tree, layout } = arranged(format, environments ? treeFor(whole, environments) : whole);
  // Only what belongs to those whom the app writes for: of another one's folders it knows nothing.
  const owners = new Set([...whole.values()].map(folder => folder.owner));
  const outdir = outdirOf(format, project, cwd, out);
  progress(context, `comparing with ${outdir}`);
  const plan = onDisk(outdir, () => planOf(tree, outdir, owners, environments, layout));
  if (!dryRun) onDisk(outdir, () => applyPlan(plan));
  const ended = performance.now();
  const times = profile ? profileOf(left, { appMs: appEnded - appStarted, outputMs: ended - appEnded }) : undefined;
  report(context, resultOf(plan, { dryRun, durationMs: Math.round(ended - started), profile: times, layout }));
}

function report({ io, json }: Context, result: SynthResult): void {
  if (json) io.data(jsonText(result));
  else if (result.dryRun) io.data(fileList(result));
  if (json) return;
  io.talk(editedLines(result));
  io.talk(closingTable(result));
  if (result.profile) io.talk(`\n${profileTable(result.profile)}`);
}

/** What the file system refuses is no mistake of ours. */
function onDisk<T>(outdir: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isMartyError(cause) || !types.isNativeError(cause) || !('syscall' in cause)) throw cause;
    throw new MartyError('OUTPUT_CONFLICT', `${outdir} cannot be written: ${cause.message}; mend that, and run it again: what is half done is completed then`, { cause });
  }
}

function withProblems(error: unknown): unknown {
  if (!isMartyError(error, 'APP_FAILED')) return error;
  return new MartyError(error.code, error.message, { problems: problemsOfApp(error), cause: error.cause });
}
