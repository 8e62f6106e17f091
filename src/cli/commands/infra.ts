import { join, resolve } from 'node:path';
import { MartyError } from '../../errors';
import { replace } from '../../synth/apply';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { infrastructuresOf } from '../infra/outputs';
import type { InfraResult } from '../infra/result';

interface ConfigOptions {
  readonly out?: string;
  readonly environment?: string;
  readonly dryRun?: boolean;
}

/** `marty infra`: what stacks of a cloud made, for descriptions. */
export function addInfra(cli: Cli): void {
  const program = cli.program.command('infra').summary('Take facts of environments from what a cloud\'s stacks made')
    .description('Take facts of environments from what a cloud\'s stacks made.').helpCommand(false).configureHelp({ showGlobalOptions: true });
  addCommand<ConfigOptions>({ ...cli, program }, 'config <outputs>', 'Print what each environment was given, from the outputs of its stack', run)
    .option('--out <dir>', 'write <environment>.json per environment, instead of printing them')
    .option('--environment <name>', 'the environment, where the stack does not name it')
    .option('--dry-run', 'with --out, list the files that would be written, and write none')
    .addHelpText('after', `
<outputs> is a file that \`terraform output -json\` printed or \`cdktf deploy --outputs-file\` wrote, or - for stdin. Import the written
file where the environments are described, and spread cloudFactsOf(file) into the environment.`);
}

function run({ io, cwd, json }: Context, { out, environment, dryRun = false }: ConfigOptions, [outputs]: readonly string[]): void {
  if (dryRun && out === undefined) throw new MartyError('USAGE', '--dry-run needs --out, since nothing is written without it');
  const text = outputs === '-' ? io.input() : io.files.text(resolve(cwd, outputs));
  if (text === undefined) throw new MartyError('INPUT_INVALID', `${outputs}: there is no such file; expected what \`terraform output -json\` printed, or - to read it from stdin`);
  const environments = infrastructuresOf(text, outputs === '-' ? 'stdin' : outputs, environment);
  if (out === undefined) return io.data(jsonText({ environments }));
  const folder = resolve(cwd, out);
  const files = Object.entries(environments).map(([name, infrastructure]) => {
    const path = `${name}.json`;
    const content = jsonText(infrastructure);
    const written = io.files.text(join(folder, path)) !== content;
    if (written && !dryRun) replace(join(folder, path), content);
    return { path, written };
  });
  const result: InfraResult = { folder: out, files, dryRun };
  if (json) return io.data(jsonText(result));
  const changed = files.filter(({ written }) => written);
  if (dryRun) io.data(changed.map(({ path }) => `write  ${path}\n`).join(''));
  io.talk(`${out}: ${changed.length} of ${files.length} files ${dryRun ? 'would be written' : 'written'}\n`);
}
