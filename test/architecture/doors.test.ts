import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { root, src } from './sources';

const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Record<string, unknown> };
const doors = Object.keys(packageJson.exports).filter(door => !door.includes('*') && !door.endsWith('.json'));
const sourceOf = (door: string) => join(src, door, 'index.ts');
const list = join(__dirname, 'doors.json');

/** The exported names of every door; types are marked. */
function exportedNames(): Record<string, string[]> {
  const there = doors.filter(door => existsSync(sourceOf(door)));
  const program = ts.createProgram(there.map(sourceOf), {
    module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, target: ts.ScriptTarget.ES2022,
    strict: true, skipLibCheck: true, types: [],
  });
  const checker = program.getTypeChecker();
  return Object.fromEntries(there.map(door => {
    const file = program.getSourceFile(sourceOf(door));
    const symbol = file && checker.getSymbolAtLocation(file);
    const names = (symbol ? checker.getExportsOfModule(symbol) : []).map(each => {
      const target = ts.SymbolFlags.Alias === each.flags ? checker.getAliasedSymbol(each) : each;
      return target.valueDeclaration ? each.name : `type ${each.name}`;
    });
    return [door, names.sort()];
  }));
}

/** The packages and folders of ours that a process has loaded after it loaded some doors. */
function loadedBy(...names: readonly string[]): string[] {
  const script = `${names.map(name => `require(${JSON.stringify(name.split('#')[0])})${name.includes('#') ? `.${name.split('#')[1]}` : ''};`).join('')} console.log(JSON.stringify(Object.keys(require.cache)))`;
  const files = JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })) as string[];
  return [...new Set(files.map(file => {
    const path = relative(root, file).replace(/\\/g, '/');
    const modules = path.split('node_modules/');
    return modules.length > 1 ? modules[modules.length - 1].split('/').slice(0, path.includes('node_modules/@') ? 2 : 1).join('/') : path.split('/').slice(0, 2).join('/');
  }))].sort();
}

test('every door that the package names is there', () => {
  expect(doors.filter(door => !existsSync(sourceOf(door)))).toEqual([]);
});

test('every name behind a door is written down in doors.json (DOORS_UPDATE=1 writes it)', () => {
  const names = exportedNames();
  if (process.env.DOORS_UPDATE === '1') writeFileSync(list, `${JSON.stringify(names, null, 2)}\n`);
  expect(names).toEqual(JSON.parse(readFileSync(list, 'utf8')));
});

describe('the compiled package', () => {
  test('is there; npm run compile makes it', () => {
    expect(existsSync(join(root, 'lib/index.js'))).toBe(true);
  });

  test('loads nothing of cdk8s-plus-28, cdktf or a provider, and no command line', () => {
    // What stands behind a name is loaded when it is used.
    expect(loadedBy('marty-msf')).toEqual(['lib/index.js']);
    const loaded = loadedBy('marty-msf#PlatformChart');
    expect(loaded).toContain('cdk8s');
    expect(loaded.filter(name => /cdk8s-plus|cdktf|cdktn|commander|jiti|typescript|^lib\/(cli|runtime|cloud)$/.test(name))).toEqual([]);
  });

  test('loads nothing but zod with the description', () => {
    expect(loadedBy('marty-msf/spec')).toEqual(['lib/errors.js', 'lib/spec', 'zod']);
  });

  test.each(doors.filter(door => door.startsWith('./runtime/')))('loads no cdk8s and no constructs behind %s', door => {
    const loaded = loadedBy(door.replace('.', 'marty-msf'));
    expect(loaded.filter(name => /cdk8s|constructs|cdktf|cdktn|^lib\/(k8s|charts|synth|manifests|imports|check|cli)$/.test(name))).toEqual([]);
  });
});
