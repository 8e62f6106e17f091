import { Command } from 'commander';
import { exitCodes, type ExitCode } from './exit-code';
import { failed } from './failure';
import { createIo, type Io } from './io';
import { closest } from '../errors';
import { packageVersion } from './package';
import type { Cli } from './command';

/** Every command by its name, in the order of the help. Each is loaded when it is asked for: most need nothing of what the others do. */
/* eslint-disable @typescript-eslint/no-require-imports */
const commands: Readonly<Record<string, () => (cli: Cli) => void>> = {
  'init': () => (require('./commands/init') as typeof import('./commands/init')).addInit,
  'synth': () => (require('./commands/synth') as typeof import('./commands/synth')).addSynth,
  'check': () => (require('./commands/check') as typeof import('./commands/check')).addCheck,
  'env': () => (require('./commands/env') as typeof import('./commands/env')).addEnv,
  'explain': () => (require('./commands/explain') as typeof import('./commands/explain')).addExplain,
  'spec': () => (require('./commands/spec') as typeof import('./commands/spec')).addSpec,
  'contract': () => (require('./commands/contract') as typeof import('./commands/contract')).addContract,
  'catalog': () => (require('./commands/catalog') as typeof import('./commands/catalog')).addCatalog,
  'import': () => (require('./commands/import') as typeof import('./commands/import')).addImport,
  'kafka': () => (require('./commands/kafka') as typeof import('./commands/kafka')).addKafka,
  'infra': () => (require('./commands/infra') as typeof import('./commands/infra')).addInfra,
  'diff': () => (require('./commands/diff') as typeof import('./commands/diff')).addDiff,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** Runs the command line: from its arguments to its exit code. */
export async function main(args: readonly string[], io: Io = createIo()): Promise<ExitCode> {
  let exit: ExitCode = exitCodes.ok;
  try {
    const program = programOf(io);
    const cli: Cli = { program, io, ended: code => { exit = code; } };
    for (const name of neededFor(args)) commands[name]()(cli);
    addHelp(program);
    await program.parseAsync([...args], { from: 'user' });
    return exit;
  } catch (error) {
    return failed(error, io, args.includes('--json'));
  }
}

/** The one command that is called, or all of them where that is not sure: help lists them, and a mistyped one is like another. */
function neededFor(args: readonly string[]): readonly string[] {
  const named = args.filter(arg => Object.hasOwn(commands, arg));
  return named.length === 1 && !args.some(arg => ['help', '--help'].includes(arg)) ? named : Object.keys(commands);
}

function programOf(io: Io): Command {
  return new Command('marty')
    .description('One typed description per microservice; Kubernetes manifests and a running process that read it.')
    .version(packageVersion(), '--version', 'print the version')
    .option('--cwd <dir>', 'work in this folder')
    .option('--json', 'print the result, or the error, as JSON; `marty spec --schema` has the schemas')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: text => io.data(text), writeErr: text => io.talk(text), getOutHasColors: () => false, getErrHasColors: () => false })
    .showSuggestionAfterError()
    .addHelpText('after', '\nExit codes: 0 done, 1 findings or drift, 2 wrong use, 3 invalid input, 4 a needed program is missing, 70 a mistake of marty itself.')
    .exitOverride();
}

/** Unlike commander's own, it refuses what is no command. */
function addHelp(program: Command): void {
  program.command('help [command...]').summary('Print the help of a command').action(async (names: readonly string[]) => {
    let command = program;
    for (const name of names) {
      const known = command.commands;
      const next = known.find(other => other.name() === name);
      if (!next && command === program) return void await program.parseAsync([name], { from: 'user' });
      const meant = closest(name, known.map(other => other.name()));
      command = next ?? command.error(`error: unknown command '${name}'${meant ? `\n(Did you mean ${meant}?)` : ''}`);
    }
    command.outputHelp();
  });
}
