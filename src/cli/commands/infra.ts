import { resolve } from 'node:path';
import { MartyError } from '../../errors';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { infrastructuresOf } from '../infra/outputs';
import { checkWriteOptions, writeFiles, type WriteOptions } from '../written-files';

interface ConfigOptions extends WriteOptions {
  readonly environment?: string;
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

function run(context: Context, { environment, out, dryRun }: ConfigOptions, [outputs]: readonly string[]): void {
  checkWriteOptions({ out, dryRun });
  const { io, cwd } = context;
  const text = outputs === '-' ? io.input() : io.files.text(resolve(cwd, outputs));
  if (text === undefined) throw new MartyError('INPUT_INVALID', `${outputs}: there is no such file; expected what \`terraform output -json\` printed, or - to read it from stdin`);
  const environments = infrastructuresOf(text, outputs === '-' ? 'stdin' : outputs, environment);
  if (out === undefined) return io.data(jsonText({ environments }));
  writeFiles(context, new Map(Object.entries(environments).map(([name, infrastructure]) => [`${name}.json`, jsonText(infrastructure)])), { out, dryRun });
}
