import type { typescript } from 'projen';

/** Every subpath of the package that users may import, with the folder or file under `src` behind it. */
export const doors: Readonly<Record<string, string>> = {
  '.': 'index',
  './spec': 'spec/index',
  './check': 'check/index',
  './synth': 'synth/index',
  './testing': 'testing/index',
  './cloud/aws': 'cloud/aws/index',
  './runtime/config': 'runtime/config/index',
  './runtime/service': 'runtime/service/index',
};

/** `exports` for today's resolvers, `typesVersions` for consumers on node10 resolution. */
export function addExports(project: typescript.TypeScriptProject): void {
  const built = Object.entries(doors);
  project.package.addField('exports', Object.fromEntries([
    ...built.map(([door, file]) => [door, { types: `./lib/${file}.d.ts`, default: `./lib/${file}.js` }]),
    ['./schemas/*', './lib/schemas/*'],
    ['./package.json', './package.json'],
  ]));
  project.package.addField('typesVersions', {
    '*': Object.fromEntries(built.filter(([door]) => door !== '.').map(([door, file]) => [door.slice(2), [`lib/${file}.d.ts`]])),
  });
}
