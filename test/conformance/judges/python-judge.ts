import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedFolder, lastLines } from './installed-folder';
import { MissingTool, type Judge } from './judge';
import { execute } from '../runner/processes';

const timeoutMs = 15 * 60_000;

/**
 * A judge written in Python, in an environment of its own, with every package pinned by checksum; its `path` is the interpreter of that environment,
 * so that the judge is run as `<path> -m <module>`.
 *
 * @param name the folder of its pins, `requirements.txt`, and the package that gives it its version.
 */
export function pythonJudge(name: string): Judge {
  const requirements = join(__dirname, name, 'requirements.txt');
  const text = readFileSync(requirements, 'utf8');
  return {
    ...installedFolder({
      // The interpreter is a link: where the Python that it was made from is gone, so is the judge.
      name, version: pinnedVersion(name, text), kind: 'environments', pins: [text], program: 'bin/python',
      telling: `installing ${[...text.matchAll(/^[\w.-]+==/gm)].length} packages with pip`,
      require: use => use === 'install' ? requirePython(name) : Promise.resolve(),
      fill: async folder => {
        await run(name, 'python3', ['-m', 'venv', folder]);
        const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile', '--no-deps', '--require-hashes', '-r', requirements];
        await run(name, join(folder, 'bin/python'), pip);
      },
    }),
    optional: false,
  };
}

/** @throws Error when the package that gives the judge its name is not among the pins. */
export function pinnedVersion(name: string, requirements: string): string {
  const [, version] = new RegExp(`^${name}==(\\S+)`, 'm').exec(requirements) ?? [];
  if (!version) throw new Error(`judge ${name}: requirements.txt has no ${name}==<version>, expected the pin that gives the judge its version`);
  return version;
}

/** @throws MissingTool when Python is not there, older than what the pins were made for, or without what makes environments. */
async function requirePython(judge: string): Promise<void> {
  const how = 'install it from https://www.python.org/downloads/ and have python3 on the PATH';
  const { code, stdout } = await execute('python3', ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 11))']).catch(() => {
    throw new MissingTool(`judge ${judge}: python3 is missing, expected 3.11 or newer; ${how}`);
  });
  if (code !== 0) throw new MissingTool(`judge ${judge}: python3 has no ensurepip; on Debian it is in the package python3-venv`);
  if (stdout.trim() !== 'True') throw new MissingTool(`judge ${judge}: python3 is too old, expected 3.11 or newer; ${how}`);
}

async function run(judge: string, program: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await execute(program, args, { timeoutMs });
  if (code !== 0) throw new Error(`judge ${judge}: ${program} ${args[1]} ended with ${code}\n${lastLines(stderr)}`);
}
