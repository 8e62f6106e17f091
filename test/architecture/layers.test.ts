import { sources } from './sources';
import { layerOf, layers } from '../../projenrc/layers';

const files = sources();
const own = files.flatMap(({ path, imports }) => imports.filter(each => each.own).map(each => ({ from: path, ...each })));
const lies = (path: string, folders: readonly string[] = []) => folders.some(folder => path === folder || path.startsWith(`${folder}/`));

test('every file belongs to a layer', () => {
  expect(files.map(({ path }) => path).filter(path => !layerOf(path))).toEqual([]);
});

test('files import only what the layer table allows them', () => {
  const wrong = own.filter(({ from, to, typesOnly }) => {
    const layer = layerOf(from);
    return layer && !lies(to, [layer.name, ...layer.mayImport, ...(typesOnly ? layer.typesOnly ?? [] : [])]);
  });
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test('the layer table names no folder that another row does not describe', () => {
  const known = layers.map(({ name }) => name);
  const named = layers.flatMap(({ mayImport, typesOnly = [] }) => [...mayImport, ...typesOnly]);
  const strange = named.filter(name => !known.some(other => lies(other, [name])));
  expect([...new Set(strange)]).toEqual([]);
});

test('only src/cloud imports cdktf or a provider, and nothing imports cdk8s-plus-28', () => {
  const wrong = files.flatMap(({ path, imports }) => imports.filter(each => !each.own && !each.typesOnly).map(each => ({ from: path, to: each.to }))).filter(({ from, to }) => (/^(@?cdktf|cdktn)/.test(to) && !from.startsWith('cloud/')) || to.startsWith('cdk8s-plus'));
  expect(wrong).toEqual([]);
  const engines = files.filter(({ imports }) => imports.some(({ to }) => /^(cdktf|cdktn)(\/|$)/.test(to))).map(({ path }) => path);
  expect(engines).toEqual(['cloud/engine']);
});

test('what a process loads, and what only looks at objects, imports no cdk8s', () => {
  const users = files.filter(({ imports }) => imports.some(({ to, typesOnly }) => (to === 'cdk8s' || to === 'constructs') && !typesOnly)).map(({ path }) => path.split('/')[0]);
  expect([...new Set(users)].filter(folder => !['k8s', 'mesh', 'kafka', 'observability', 'charts', 'synth', 'testing', 'cloud', 'cli'].includes(folder))).toEqual([]);
});

test('imports make no circle', () => {
  const next = new Map(files.map(({ path }) => [path, own.filter(({ from, typesOnly }) => from === path && !typesOnly).map(({ to }) => to)]));
  const done = new Set<string>();
  const circleFrom = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    const found = (next.get(path) ?? []).map(to => circleFrom(to, [...trail, path])).find(circle => circle);
    done.add(path);
    return found;
  };
  expect(files.flatMap(({ path }) => circleFrom(path, []) ?? [])).toEqual([]);
});

test('a folder is imported through its index from other folders only', () => {
  const folderOf = (path: string) => path.split('/').slice(0, -1).join('/');
  const wrong = own.filter(({ from, to }) => to.endsWith('/index') && (folderOf(from) === folderOf(to) || folderOf(from).startsWith(`${folderOf(to)}/`)));
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});
