import { join, resolve } from 'node:path';
import { MartyError } from '../../errors';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { filledTemplates } from '../init/files';
import { projectName } from '../init/name';
import { diskFiles } from '../io';
import { packageFolder, packageVersion } from '../package';
import type { InitResult } from '../init/result';

interface InitOptions {
  readonly name?: string;
  readonly package?: string;
  readonly dryRun?: boolean;
}

/** Files that people have before they begin, and that a project does as well with. */
const mayStay = ['README.md', '.gitignore'];

/** `marty init`: an empty folder becomes a working project. */
export function addInit(cli: Cli): void {
  addCommand<InitOptions>(cli, 'init [folder]', 'Begin a project in an empty folder', init)
    .option('--name <name>', 'the name of the project and its platform, a DNS label; the folder\'s name when not given')
    .option('--package <spec>', 'what package.json says of marty-msf: a version, or file:… for a packed copy')
    .option('--dry-run', 'list the files, and write none')
    .addHelpText('after', '\nNo file is ever overwritten; a README.md or .gitignore that is there stays. Nothing is installed.');
}

function init({ io, cwd, json }: Context, { name: given, package: spec, dryRun = false }: InitOptions, [target = '.']: readonly string[]): void {
  const folder = resolve(cwd, target);
  const name = projectName(folder, given);
  const content = filledTemplates(diskFiles, join(packageFolder, 'templates', 'init'), { name, package: spec ?? `^${packageVersion()}` });
  const there = [...content.keys()].filter(file => io.files.exists(join(folder, file)));
  const inTheWay = there.filter(file => !mayStay.includes(file));
  if (inTheWay.length) {
    throw new MartyError('FILE_EXISTS', `${folder} is not empty, and nothing was written; choose another folder, or move away:`, {
      problems: inTheWay.map(path => ({ path, message: 'is there already' })),
    });
  }
  const files = [...content.keys()].filter(file => !there.includes(file)).sort();
  if (!dryRun) files.forEach(file => io.files.create(join(folder, file), content.get(file) ?? ''));
  const next = [...(target === '.' ? [] : [`cd ${target}`]), 'npm install', 'npm run synth', 'npm start'];
  const result: InitResult = { folder, name, dryRun, files, kept: there, next };
  if (json) return io.data(jsonText(result));
  io.data(files.map(file => `${file}\n`).join(''));
  io.talk(dryRun ? 'A dry run: nothing was written.\n' : `\n${name} is ready. Go on with:\n${next.map(command => `  ${command}\n`).join('')}`);
}
