import { posix, resolve } from 'node:path';
import { stringify } from 'yaml';
import { controllerFiles, controllerTools } from '../../cloud/controllers';
import { didYouMean, MartyError } from '../../errors';
import { problemsOf } from '../../spec/problems';
import { gitPlaceSchema } from '../../synth/gitops/options';
import { yamlStreamOf } from '../../manifests/yaml';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { lostFrom } from '../infra/lost';
import { infrastructuresOf } from '../infra/outputs';
import { checkWriteOptions, writeFiles, type WriteOptions } from '../written-files';

interface OutputOptions extends WriteOptions {
  readonly environment?: string;
}

interface ConfigFlags extends OutputOptions {
  readonly prune?: boolean;
}

interface ControllerFlags extends OutputOptions {
  readonly tool: string;
  readonly repository: string;
  readonly branch: string;
  readonly path: string;
}

/** `marty infra`: what stacks of a cloud made, for descriptions. */
export function addInfra(cli: Cli): void {
  const program = cli.program.command('infra').summary('Take facts of environments from what a cloud\'s stacks made')
    .description('Take facts of environments from what a cloud\'s stacks made.').helpCommand(false).configureHelp({ showGlobalOptions: true });
  addCommand<ConfigFlags>({ ...cli, program }, 'config <outputs...>', 'Print what each environment was given, from the outputs of its stacks', config)
    .option('--out <dir>', 'write <environment>.json per environment, instead of printing them')
    .option('--environment <name>', 'the environment, where the stack does not name it')
    .option('--prune', 'with --out, forget what a file tells and the outputs no longer do')
    .option('--dry-run', 'with --out, list the files that would be written, and write none')
    .addHelpText('after', `
<outputs> are files that \`terraform output -json\` printed or \`cdktf deploy --outputs-file\` wrote, or - for stdin: of all stacks of an
environment together, since a file that would lose something is not written. Import the written file where the environments are
described, and spread cloudFactsOf(file) into the environment.`);
  addCommand<ControllerFlags>({ ...cli, program }, 'controllers <outputs...>', 'Write what has Argo CD or Flux install the controllers that a cluster was prepared for', controllers)
    .option('--out <dir>', 'write a folder per environment into this one, instead of printing everything')
    .option('--tool <name>', `what installs them: ${controllerTools.join(' or ')}`, 'argo-cd')
    .requiredOption('--repository <url>', 'the Git repository that the folder is committed to')
    .requiredOption('--path <path>', 'where the folder is in that repository')
    .option('--branch <name>', 'the branch that is followed', 'main')
    .option('--environment <name>', 'the environment, where the stack does not name it')
    .option('--dry-run', 'with --out, list the files that would be written, and write none')
    .addHelpText('after', `
Load balancers, secrets, Karpenter and encrypted disks, with what the cloud made for them as values. Commit the folder and apply
<environment>/controllers.yaml once, where the tool runs; from then on the tool applies what changes.`);
}

function config(context: Context, { environment, out, dryRun, prune }: ConfigFlags, outputs: readonly string[]): void {
  checkWriteOptions({ out, dryRun });
  const environments = read(context, outputs, environment);
  if (out === undefined) return context.io.data(jsonText({ environments }));
  if (!prune) checkNothingLost(context, environments, out);
  writeFiles(context, new Map(Object.entries(environments).map(([name, infrastructure]) => [`${name}.json`, jsonText(infrastructure)])), { out, dryRun });
}

/** @throws INPUT_INVALID where files tell of something that the outputs do not: those of another stack may not be among them. */
function checkNothingLost({ io, cwd }: Context, environments: ReturnType<typeof read>, out: string): void {
  const problems = Object.entries(environments).flatMap(([name, made]) => {
    const file = posix.join(out, `${name}.json`);
    return lostFrom(io.files.text(resolve(cwd, file)) ?? '', made).map(what => ({ path: file, message: `tells of ${what}, and the outputs do not` }));
  });
  if (problems.length) throw new MartyError('INPUT_INVALID', 'facts would be lost; give the outputs of every stack of the environment, or say --prune where they are gone:', { problems });
}

function controllers(context: Context, options: ControllerFlags, outputs: readonly string[]): void {
  const { environment, out, dryRun, tool, repository, branch, path } = options;
  checkWriteOptions({ out, dryRun });
  const known = controllerTools.find(name => name === tool);
  const problems = problemsOf(gitPlaceSchema, { repository, branch, path }).map(problem => ({ ...problem, path: `--${problem.path}` }));
  if (problems.length) throw new MartyError('USAGE', 'the files cannot be delivered:', { problems });
  if (known === undefined) throw new MartyError('USAGE', `--tool is "${tool}", expected ${controllerTools.join(' or ')}${didYouMean(tool, controllerTools)}`);
  const environments = Object.entries(read(context, outputs, environment));
  const place = { tool: known, repository, branch };
  const texts = new Map(environments.flatMap(([name, made]) => [...controllerFiles(made, { ...place, path: posix.join(path, name) })]
    .map(([file, manifests]) => [`${name}/${file}`, yamlStreamOf(manifests, stringify)] as const)));
  if (texts.size === 0) context.io.talk('there is nothing to install: these stacks prepared for no controller; give the outputs of the stack that has the cluster\n');
  if (out === undefined) return context.io.data(context.json ? jsonText({ files: Object.fromEntries(texts) }) : [...texts.values()].join('---\n'));
  writeFiles(context, texts, { out, dryRun });
}

function read({ io, cwd }: Context, outputs: readonly string[], environment: string | undefined): ReturnType<typeof infrastructuresOf> {
  return infrastructuresOf(outputs.map(file => {
    const text = file === '-' ? io.input() : io.files.text(resolve(cwd, file));
    if (text === undefined) throw new MartyError('INPUT_INVALID', `${file}: there is no such file; expected what \`terraform output -json\` printed, or - to read it from stdin`);
    return { text, subject: file === '-' ? 'stdin' : file };
  }), environment);
}
