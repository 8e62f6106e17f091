import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Judge } from './judge';
import { execute } from '../runner/processes';

/** An optional judge that is used when it is on the PATH under its plain name, in whatever version that is. */
export function pathJudge(name: string, versionArguments: readonly string[]): Judge {
  return {
    name,
    version: 'any',
    optional: true,
    find: async () => {
      const path = programOnPath(name);
      if (path === undefined) return undefined;
      const { stdout, stderr } = await execute(path, versionArguments);
      const version = /v?\d+\.\d+(\.\d+)?[\w.+-]*/.exec(`${stdout}\n${stderr}`)?.[0] ?? 'unknown';
      return { name, path, version };
    },
  };
}

/** A judge that need not be built where the PATH has it under its plain name in exactly the pinned version. */
export function presentOr(judge: Judge, versionArguments: readonly string[]): Judge {
  const { install } = judge;
  const find = async () => {
    const onPath = await pathJudge(judge.name, versionArguments).find();
    return await judge.find() ?? (onPath?.version === judge.version ? onPath : undefined);
  };
  return { ...judge, find, ...install && { install: async talk => await find() ?? await install(talk) } };
}

export function programOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .map(folder => join(folder, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
