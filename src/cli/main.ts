import { Command } from 'commander';
import { addContract } from './commands/contract';
import { addExplain } from './commands/explain';
import { addImport } from './commands/import';
import { addInit } from './commands/init';
import { addSpec } from './commands/spec';
import { addSynth } from './commands/synth';
import { exitCodes, type ExitCode } from './exit-code';
import { failed } from './failure';
import { createIo, type Io } from './io';
import { packageVersion } from './package';
import type { Cli } from './command';

const commands = [addInit, addSynth, addExplain, addSpec, addContract, addImport] as const;

/** Runs the command line: from its arguments to its exit code. */
export async function main(args: readonly string[], io: Io = createIo()): Promise<ExitCode> {
  let exit: ExitCode = exitCodes.ok;
  try {
    const program = programOf(io);
    const cli: Cli = { program, io, ended: code => { exit = code; } };
    commands.forEach(add => add(cli));
    addHelp(program);
    await program.parseAsync([...args], { from: 'user' });
    return exit;
  } catch (error) {
    return failed(error, io, args.includes('--json'));
  }
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
  program.command('help [command]').summary('Print the help of a command').action(async (name: string | undefined) => {
    if (name === undefined) return program.outputHelp();
    const command = program.commands.find(other => other.name() === name);
    if (command) return command.outputHelp();
    await program.parseAsync([name], { from: 'user' });
  });
}
