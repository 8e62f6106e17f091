import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../../support/documents';
import { scratchFolder } from '../../runner/processes';

/** The modules of an engine that take the place of ours. */
export interface Engine {
  readonly name: string;
  /** The folder `node_modules` that is looked into before ours. */
  readonly modules?: string;
}

/** The engine that this repository has installed. */
export const cdktf: Engine = { name: 'cdktf' };

/** Where the apps of these checks are. */
const own = 'test/conformance/cloud';

const workplaces = new Map<string, string>();

/**
 * A folder with every app in it as it stands here, and the package, which finds the modules of an engine. The package is copied, not linked: from
 * where it really is it would find ours.
 *
 * @throws Error when the package is not compiled.
 */
export function workplaceOf({ name, modules }: Engine): string {
  const present = workplaces.get(name);
  if (present) return present;
  if (!existsSync(join(root, 'lib'))) throw new Error('lib is not there; run npm run compile first');
  const place = scratchFolder(`cloud-${name}`);
  const installed = join(place, 'node_modules');
  mkdirSync(installed);
  for (const folder of [...modules ? [modules] : [], join(root, 'node_modules')]) link(folder, installed);
  symlinkSync(join(root, 'node_modules/.bin'), join(installed, '.bin'));
  const library = join(installed, 'marty-msf');
  cpSync(join(root, 'lib'), join(library, 'lib'), { recursive: true, filter: path => !/\.(map|d\.ts|tsbuildinfo)$/.test(path) });
  cpSync(join(root, 'package.json'), join(library, 'package.json'));
  cpSync(join(root, 'examples'), join(place, 'examples'), { recursive: true, filter: isSource });
  cpSync(join(root, own), join(place, own), { recursive: true, filter: isSource });
  workplaces.set(name, place);
  return place;
}

const isSource = (path: string) => !['node_modules', 'cdktf.out', 'deploy', '.gen'].includes(basename(path));

/** Links every package that is not there yet; packages of one scope come from wherever each is found first. */
function link(from: string, to: string): void {
  for (const name of readdirSync(from).filter(entry => !entry.startsWith('.'))) {
    const target = join(to, name);
    if (name.startsWith('@')) {
      mkdirSync(target, { recursive: true });
      link(join(from, name), target);
    } else if (!existsSync(target)) {
      symlinkSync(join(from, name), target);
    }
  }
}
