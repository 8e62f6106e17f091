import { relative, resolve } from 'node:path';
import { MartyError } from '../../errors';
import { addCommand, type Cli, type Context } from '../command';
import { clusterSide, concerning } from '../diff/cluster';
import { compareSides } from '../diff/compare';
import { checkFormat, printed } from '../diff/print';
import { sideAt } from '../diff/side';
import { readProject } from '../project/config';
import type { ExitCode } from '../exit-code';

interface DriftOptions {
  readonly dump?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly format?: string;
  readonly config?: string;
}

/** `marty env drift`: what somebody changed in a cluster by hand. */
export function addDrift(cli: Cli): void {
  addCommand<DriftOptions>(cli, 'drift <environment>', 'Tell what in a cluster is not as it is written', drift)
    .option('--dump <file>', 'read a saved `kubectl get -o yaml` instead of a cluster')
    .option('--context <name>', 'the context of kubectl, instead of the current one')
    .option('--namespace <name>', 'the namespace of objects that name none (default: default)')
    .option('--format <name>', 'text or markdown (default: text)')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
The output of the environment is compared with what the cluster holds, read with kubectl; nothing is changed. What a cluster fills in by
itself is no drift: defaults, addresses, its books. Objects of the platform that nobody writes any more are told as added. Secret values are
never shown.`);
}

function drift(context: Context, { dump, format = 'text', namespace = 'default', ...options }: DriftOptions, [environment]: readonly string[]): ExitCode {
  const { io, cwd } = context;
  checkFormat(format);
  if (dump !== undefined && options.context !== undefined) throw new MartyError('USAGE', '--context is given with --dump, expected one of them');
  const { folder, output } = readProject(io, cwd, options.config);
  const path = relative(cwd, resolve(folder, output, environment));
  if (!io.files.exists(resolve(cwd, path))) throw new MartyError('USAGE', `environment is "${environment}", but ${path} is not there; run \`marty synth\`, or name another one`);
  const written = sideAt(io, cwd, path, { name: environment });
  const live = dump === undefined
    ? clusterSide(io, cwd, written, { context: options.context, namespace })
    : concerning(written, sideAt(io, cwd, dump), namespace);
  return printed(context, compareSides(written, live, { live: 'after', namespace, guard: false }), format);
}
