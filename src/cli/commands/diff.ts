import { join, relative, resolve } from 'node:path';
import { MartyError } from '../../errors';
import { addCommand, type Cli, type Context } from '../command';
import { clusterSide, concerning } from '../diff/cluster';
import { compareSides } from '../diff/compare';
import { checkFormat, printed } from '../diff/print';
import { sideSince } from '../diff/revision';
import { sideAt, type Side } from '../diff/side';
import { readProject } from '../project/config';
import type { ExitCode } from '../exit-code';
import type { DiffResult } from '../diff/result';

interface DiffOptions {
  readonly environments?: readonly string[];
  readonly since?: string;
  readonly cluster?: boolean;
  readonly context?: string;
  readonly dump?: string;
  readonly namespace?: string;
  readonly format?: string;
  readonly config?: string;
}

/** `marty diff`: what changes, by what it means. */
export function addDiff(cli: Cli): void {
  addCommand<DiffOptions>(cli, 'diff [paths...]', 'Tell what differs between manifests, by what they mean', diff)
    .option('--environments <names...>', 'compare two environments of the output')
    .option('--since <revision>', 'compare a folder with itself at a git revision')
    .option('--cluster', 'compare a cluster with a folder, with kubectl: what would change when it is applied')
    .option('--context <name>', 'the context of kubectl, instead of the current one')
    .option('--dump <file>', 'compare a saved `kubectl get -o yaml` with a folder, instead of a cluster')
    .option('--namespace <name>', 'the namespace of objects that name none')
    .option('--format <name>', 'text or markdown, for a pull request (default: text)')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
Without an option, two files or folders are compared: marty diff BEFORE AFTER. With --since, --cluster or --dump, one path, or the output
of cdk8s.yaml. What a cluster could not follow is listed with its remedy. Secret values are never shown. The exit code is 1 when anything
differs.`);
}

function diff(context: Context, options: DiffOptions, paths: readonly string[]): ExitCode {
  const { format = 'text' } = options;
  checkFormat(format);
  if (context.json && options.format !== undefined) throw new MartyError('USAGE', `--json is given with --format ${format}, expected one of them`);
  const modes = (['environments', 'since', 'cluster', 'dump'] as const).filter(mode => options[mode] !== undefined);
  if (modes.length > 1) throw new MartyError('USAGE', `--${modes[0]} is given with --${modes[1]}, expected one of them`);
  if (options.context !== undefined && modes[0] !== 'cluster') throw new MartyError('USAGE', '--context is given without --cluster');
  return printed(context, resultOf(context, options, paths, modes[0]), format);
}

function resultOf(context: Context, options: DiffOptions, paths: readonly string[], mode: 'environments' | 'since' | 'cluster' | 'dump' | undefined): DiffResult {
  const { io, cwd } = context;
  const { namespace } = options;
  if (mode === undefined) {
    if (paths.length !== 2) throw new MartyError('USAGE', `there ${paths.length === 1 ? 'is 1 path' : `are ${paths.length} paths`}, expected two to compare; or one of --since, --environments, --cluster and --dump`);
    if (paths[0] === '-' && paths[1] === '-') throw new MartyError('USAGE', 'both paths are -, expected at most one of them to be stdin');
    return compareSides(sideAt(io, cwd, paths[0]), sideAt(io, cwd, paths[1]), { namespace });
  }
  if (mode === 'environments') return betweenEnvironments(context, options, paths);
  if (paths.length > 1) throw new MartyError('USAGE', `there are ${paths.length} paths, expected at most one with --${mode}`);
  const path = paths[0] ?? outputOf(context, options);
  if (mode === 'since') return compareSides(sideSince(io, cwd, path, options.since ?? ''), present(context, path), { namespace });
  const written = sideAt(io, cwd, path);
  const live = mode === 'dump' ? concerning(written, sideAt(io, cwd, options.dump ?? ''), namespace) : clusterSide(io, cwd, written, options);
  return compareSides(live, written, { live: 'before', namespace: namespace ?? 'default' });
}

/** A folder as it is now: it may have gone since the revision. */
function present({ io, cwd }: Context, path: string): Side {
  return io.files.exists(resolve(cwd, path)) ? sideAt(io, cwd, path) : { name: path, objects: [], notes: [`${path} is not there any more`] };
}

function betweenEnvironments(context: Context, options: DiffOptions, paths: readonly string[]): DiffResult {
  const names = [...(options.environments ?? []).flatMap(name => name.split(',')), ...paths].filter(Boolean);
  if (names.length !== 2) throw new MartyError('USAGE', `--environments names ${names.length}, expected two: --environments staging production`);
  const [before, after] = names.map(name => sideAt(context.io, context.cwd, join(outputOf(context, options), name), { name }));
  return compareSides(before, after, { environments: [names[0], names[1]], namespace: options.namespace, guard: false });
}

function outputOf({ io, cwd }: Context, { config }: DiffOptions): string {
  const { folder, output } = readProject(io, cwd, config);
  return relative(cwd, resolve(folder, output)) || '.';
}
