import { join } from 'node:path';
import { synthResultSchema, type SynthResult } from '../../src/cli/synth/result';
import { ownershipFile } from '../../src/synth/ownership';
import { appWriting, contentOf, emptyFolder, martyHere, write, type Outcome, type World } from './_world';

/** One object as YAML. */
export const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const ownership = (owner: string, ...files: readonly string[]) => JSON.stringify({
  format: 'marty-msf/ownership/v1', owner, files: Object.fromEntries(files.map(file => [file, { construct: `app/${file}`, sha256: '' }])),
});

/** What an app writes for some folders, each with one object named after it. */
export function staged(folders: readonly string[], owner = 'shop'): Record<string, string> {
  return Object.fromEntries(folders.flatMap(folder => [
    [`${folder}/configmap.yaml`, object(folder.replace('/', '-'))],
    [`${folder}/kustomization.yaml`, 'resources:\n  - configmap.yaml\n'],
    [`${folder}/${ownershipFile}`, ownership(owner, 'configmap.yaml', 'kustomization.yaml')],
  ]));
}

/** A project whose app a test plays. */
export const project = (name = 'shop') => write(emptyFolder(), { 'cdk8s.yaml': 'app: node app.js\noutput: deploy\n', 'package.json': `{ "name": "${name}" }` });
/** Runs `marty synth` where the app writes some files. */
export const synth = async (folder: string, files: Record<string, string>, args: readonly string[] = [], world: World = {}): Promise<Outcome> =>
  martyHere(folder, ['synth', ...args], { app: appWriting(files), ...world });
export const resultOf = async (folder: string, files: Record<string, string>, ...args: readonly string[]): Promise<SynthResult> =>
  synthResultSchema.parse(JSON.parse((await synth(folder, files, [...args, '--json'])).out));
/** What stands in the output folder of a project. */
export const deploy = (folder: string) => contentOf(join(folder, 'deploy'));

/** Two services in two environments. */
export const both = ['dev/orders', 'dev/web', 'prod/orders', 'prod/web'];
