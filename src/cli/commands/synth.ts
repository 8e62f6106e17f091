import { resolve } from 'node:path';
import { types } from 'node:util';
import { isMartyError, MartyError } from '../../errors';
import { applyPlan } from '../../synth/apply';
import { ownerOf } from '../../synth/owner';
import { planOf, type Plan } from '../../synth/plan';
import { addCommand, jsonText, progress, type Cli, type Context } from '../command';
import { readProject } from '../project/config';
import { namesOf } from '../project/environments';
import { problemsOfApp, runApp } from '../synth/run-app';
import { resultOf } from '../synth/result';
import { stagedTree, treeFor } from '../synth/staged-tree';
import { closingTable, editedLines, fileList } from '../synth/talk';

interface SynthOptions {
  readonly env?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly config?: string;
  readonly owner?: string;
}

/** `marty synth`: from the app to manifests on disk. */
export function addSynth(cli: Cli): void {
  addCommand<SynthOptions>(cli, 'synth', 'Run the app of cdk8s.yaml and write its manifests', synth)
    .option('--env <names>', 'only these environments, separated by commas; the files of others stay as they are')
    .option('--out <dir>', 'write here instead of to the output of cdk8s.yaml')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .option('--owner <name>', 'who writes the folders, instead of the name in package.json')
    .option('--dry-run', 'list what would be written and removed, and do none of it')
    .addHelpText('after', `
Only files that differ are written, and only files are removed that an earlier run wrote and nothing defines any more. When
anything is wrong, nothing is written.`);
}

async function synth(context: Context, { env, out, dryRun = false, config, owner }: SynthOptions): Promise<void> {
  const { io, cwd, json } = context;
  const started = performance.now();
  if (env !== undefined && !namesOf(env)) throw new MartyError('USAGE', '--env is empty, expected environments separated by commas');
  const project = readProject(io, cwd, config);
  // The app obeys the variable even when we are not told to; whatever it leaves out then must not count as removed.
  const environments = namesOf(env) ?? namesOf(io.env.MARTY_ENVIRONMENTS);
  progress(context, `running ${project.app ?? 'the app'}`);
  const written = await runApp(io, project, environments).catch((error: unknown) => { throw json ? withProblems(error) : error; });
  const own = ownerOf(project.folder);
  const whole = stagedTree(written, { project: own, instead: owner });
  const tree = environments ? treeFor(whole, environments) : whole;
  const owners = new Set([owner ?? own, ...[...tree.values()].map(folder => folder.owner)]);
  const outdir = out === undefined ? resolve(project.folder, project.output) : resolve(cwd, out);
  progress(context, `comparing with ${outdir}`);
  const plan = onDisk(outdir, () => planOf(tree, outdir, owners, environments));
  if (!dryRun) onDisk(outdir, () => applyPlan(plan));
  report(context, plan, dryRun, Math.round(performance.now() - started));
}

function report({ io, json }: Context, plan: Plan, dryRun: boolean, durationMs: number): void {
  const result = resultOf(plan, { dryRun, durationMs });
  if (json) io.data(jsonText(result));
  else if (dryRun) io.data(fileList(result));
  if (json) return;
  io.talk(editedLines(result));
  io.talk(closingTable(result));
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
