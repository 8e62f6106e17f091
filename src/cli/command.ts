import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';

/** What every command is given. */
export interface Context {
  readonly io: Io;
  /** The folder to work in. */
  readonly cwd: string;
  /** Whether the result, or the error, is asked for as JSON. */
  readonly json: boolean;
}

/** What a command does: prints data, tells the rest, and says how it ended when it is not well. */
export type Action<O> = (context: Context, options: O, args: readonly string[]) => Promise<ExitCode | void> | ExitCode | void;

/** Where commands are added: the program, with the world around it. */
export interface Cli {
  readonly program: Command;
  readonly io: Io;
  /** Takes note of how a command ended. */
  readonly ended: (exit: ExitCode) => void;
}

/** The options that every command has. */
interface GlobalOptions { readonly cwd?: string; readonly json?: boolean }

/**
 * Adds a command.
 *
 * @param usage its name and arguments: `explain <environment> <path>`.
 * @returns the command, to add options to.
 */
export function addCommand<O>({ program, io, ended }: Cli, usage: string, summary: string, action: Action<O>): Command {
  const command = program.command(usage).summary(summary).description(`${summary}.`);
  return command.action(async () => {
    const options = command.optsWithGlobals<O & GlobalOptions>();
    const context = { io, cwd: resolve(io.cwd, options.cwd ?? '.'), json: options.json ?? false };
    ended(await action(context, options, command.args) ?? exitCodes.ok);
  });
}

/** Tells a step, where somebody watches. */
export function progress({ io, json }: Context, text: string): void {
  if (io.terminal && !json) io.talk(`${text}\n`);
}

/** A result as JSON, the same bytes for the same result. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
