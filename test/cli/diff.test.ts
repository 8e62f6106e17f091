import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { emptyFolder, martyHere, removeFolders, write, type World } from './_world';
import { schemaNamed } from '../../src/cli/schemas';
import type { DiffResult } from '../../src/cli/diff/result';

afterAll(removeFolders);

const yaml = (object: object) => `${JSON.stringify(object)}\n`;
const deployment = (image = 'api:1', more: object = {}, name = 'api', namespace = 'shop') => yaml({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace },
  spec: {
    replicas: 2, selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } }, ...more,
  },
});
const config = (data: object, namespace = 'shop', name = 'config') => yaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });
const secret = (value: string) => yaml({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'shop' }, stringData: { key: value } });

const two = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => {
  const folder = emptyFolder();
  for (const [side, files] of Object.entries({ before, after })) write(folder, { [`${side}/README`]: '', ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${side}/${name}`, text])) });
  return folder;
};
const diff = async (folder: string, args: readonly string[] = ['before', 'after'], world: World = {}) => martyHere(folder, ['diff', ...args], world);
const resultOf = (out: string) => {
  const result = JSON.parse(out) as DiffResult;
  const valid = new Ajv({ strict: false }).compile(schemaNamed('diff'));
  expect([valid(result), valid.errors]).toEqual([true, null]);
  return result;
};

test('two folders that mean the same have no difference, however they are written', async () => {
  const folder = two({ 'a.yaml': deployment() + `---\n${config({ a: '1' })}` }, { 'x/api.yaml': deployment('api:1', { revisionHistoryLimit: 10 }), 'x/config.json': config({ a: '1' }) });
  expect(await diff(folder)).toEqual({ exit: 0, out: '', err: 'no difference; before → after: 0 added, 0 removed, 0 changed, 2 unchanged\n' });
});

test('what differs is told object by object, and what a cluster cannot follow', async () => {
  const folder = two(
    { 'a.yaml': deployment('api:1'), 'b.yaml': config({ a: '1', text: 'one\ntwo\nthree\nfour\nfive\n' }), 'c.yaml': secret('hunter2'), 'd.yaml': config({}, 'shop', 'old') },
    { 'a.yaml': deployment('api:2', { selector: { matchLabels: { app: 'web' } } }), 'b.yaml': config({ a: '2', text: 'one\ntwo\n3\nfour\nfive\n' }), 'c.yaml': secret('hunter3'), 'd.yaml': config({}, 'shop', 'new') },
  );
  const { exit, out, err } = await diff(folder);
  expect(out).toBe([
    '~ ConfigMap shop/config', '    ~ data.a: "1" → "2"', '    ~ data.text:', '          one', '          two', '    -     three', '    +     3', '          four', '          five',
    '+ ConfigMap shop/new', '- ConfigMap shop/old',
    '~ Deployment shop/api', '    ~ spec.selector.matchLabels.app: api → web', '    ~ spec.template.spec.containers[api].image: api:1 → api:2',
    '~ Secret shop/keys', '    ~ data.key: changed (not shown: it may be secret)',
    'A cluster cannot follow:', '  Deployment shop/api: spec.selector.matchLabels.app is web, was api: which pods are its own never changes;',
    '    keep the selector; where it has to change, give the object another name, so that both stand side by side until the old one can go', '',
  ].join('\n').replace('data.a: "1" → "2"', 'data.a: 1 → 2'));
  expect([exit, err]).toEqual([1, 'before → after: 1 added, 1 removed, 3 changed, 0 unchanged\n']);
});

test('colours are for terminals, Markdown for pull requests, JSON for machines', async () => {
  const folder = two({ 'a.yaml': deployment('api:1') }, { 'a.yaml': deployment('api:`2`<b>') });
  expect((await diff(folder, ['before', 'after'], { paint: true })).out).toContain('\u001B[33m');
  const markdown = (await diff(folder, ['before', 'after', '--format', 'markdown'])).out;
  expect(markdown).toContain('<details><summary>changed: <b>Deployment shop/api</b>, 1 place</summary>');
  expect(markdown).toContain('```diff\n! spec.template.spec.containers[api].image: api:1 → "api:`2`<b>"\n```');
  const result = resultOf((await diff(folder, ['before', 'after', '--json'])).out);
  expect(result.objects).toEqual([{
    apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api', change: 'changed', file: 'a.yaml', line: 1,
    differences: [{ path: 'spec.template.spec.containers[api].image', change: 'changed', before: 'api:1', after: 'api:`2`<b>', hidden: false }],
  }]);
});

test('a long Markdown stays within what a comment takes', async () => {
  const many = (image: string) => Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`${index}.yaml`, deployment(image, {}, `api-${index}`)]));
  const { out } = await diff(two(many('api:1'), many('api:2')), ['before', 'after', '--format', 'markdown']);
  expect(out.length).toBeLessThan(65_536);
  expect(out).toMatch(/and \d+ more objects, not shown\./);
});

test('an output folder is compared environment by environment', async () => {
  const folder = two(
    { 'dev/api/a.yaml': deployment('api:1'), 'production/api/a.yaml': deployment('api:1') },
    { 'dev/api/a.yaml': deployment('api:2'), 'production/api/a.yaml': deployment('api:1') },
  );
  expect((await diff(folder)).out).toContain('~ dev: Deployment shop/api\n');
  expect(resultOf((await diff(folder, ['before', 'after', '--json'])).out).total).toEqual({ added: 0, removed: 0, changed: 1, unchanged: 1 });
});

test('environments are compared without what only says that they are two', async () => {
  const folder = emptyFolder();
  const env = (name: string, limit: string) => config({ 'runtime.json': JSON.stringify({ environment: name, host: `db.shop-${name}.svc`, limit }) }, `shop-${name}`);
  write(folder, {
    'cdk8s.yaml': 'output: deploy\n',
    'deploy/dev/api/config.yaml': env('dev', '1'), 'deploy/dev/_platform/ns.yaml': yaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop-dev' } }),
    'deploy/production/api/config.yaml': env('production', '2'), 'deploy/production/_platform/ns.yaml': yaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop-production' } }),
  });
  const { out, err } = await diff(folder, ['--environments', 'dev', 'production']);
  expect(out).toBe('~ ConfigMap shop-production/config\n    ~ data["runtime.json"].limit: 1 → 2\n');
  expect(err).toContain('dev → production: 0 added, 0 removed, 1 changed, 1 unchanged');
  expect((await diff(folder, ['--environments', 'dev,dev'])).exit).toBe(0);
});

test('a folder is compared with itself at a revision', async () => {
  const folder = write(emptyFolder(), { 'deploy/a.yaml': deployment('api:1'), 'deploy/gone.yaml': config({ a: 'ü' }), 'cdk8s.yaml': 'output: deploy\n' });
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  expect((await diff(folder, ['--since', 'HEAD'])).exit).toBe(0);
  write(folder, { 'deploy/a.yaml': deployment('api:2') });
  rmSync(join(folder, 'deploy/gone.yaml'));
  const { out, err } = await diff(folder, ['--since', 'HEAD']);
  expect(out).toBe('- ConfigMap shop/config\n~ Deployment shop/api\n    ~ spec.template.spec.containers[api].image: api:1 → api:2\n');
  expect(err).toContain('deploy at HEAD → deploy: ');
  expect((await martyHere(join(folder, 'deploy'), ['diff', '--since', 'HEAD', '.'])).out).toBe(out);
  rmSync(join(folder, 'deploy'), { recursive: true });
  expect((await diff(folder, ['--since', 'HEAD'])).err).toContain('deploy is not there any more');
  for (const revision of ['nothing', '--output=x']) expect(await diff(folder, [`--since=${revision}`])).toMatchObject({ exit: 2, out: '' });
  expect((await diff(emptyFolder(), ['--since', 'HEAD', '.'])).exit).toBe(2);
});

const live = (object: string, more: object = {}) => {
  const parsed = JSON.parse(object) as { metadata: object; spec?: object };
  return { ...parsed, metadata: { ...parsed.metadata, uid: '1', resourceVersion: '7', creationTimestamp: '2026-01-01T00:00:00Z' }, status: {}, ...more };
};

describe('a cluster', () => {
  const folder = write(emptyFolder(), { 'deploy/dev/a.yaml': deployment(), 'deploy/dev/b.yaml': config({ a: '1' }), 'cdk8s.yaml': 'output: deploy\n' });
  const kubectl = (items: Readonly<Record<string, readonly object[]>>, asked: string[] = []): World => ({
    capture: (program, args) => {
      asked.push([program, ...args].join(' '));
      const kind = args[args.indexOf('get') + 1];
      return items[kind] ? { code: 0, out: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: items[kind] }), err: '' } : { code: 1, out: '', err: `error: the server doesn't have a resource type "${kind}"` };
    },
  });

  test('is asked for the kinds that are written, in their namespaces', async () => {
    const asked: string[] = [];
    const world = kubectl({ 'Deployment.v1.apps': [live(deployment())], 'ConfigMap.v1.': [live(config({ a: '1' })), live(config({}, 'shop', 'kube-root-ca.crt'))] }, asked);
    expect(await diff(folder, ['--cluster', 'deploy/dev', '--context', 'judge'], world)).toMatchObject({ exit: 0, out: '' });
    expect(asked).toEqual(['kubectl --context judge --namespace shop get Deployment.v1.apps --output json', 'kubectl --context judge --namespace shop get ConfigMap.v1. --output json']);
  });

  test('is what would change in a diff, and what was changed in drift', async () => {
    const left = live(yaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'left', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'marty-msf', 'app.kubernetes.io/part-of': 'shop' } } }));
    const own = { ...JSON.parse(config({ a: '1' })) as object, metadata: { name: 'config', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'marty-msf', 'app.kubernetes.io/part-of': 'shop' } } };
    const project = write(emptyFolder(), { 'deploy/dev/a.yaml': deployment(), 'deploy/dev/b.yaml': yaml(own), 'cdk8s.yaml': 'output: deploy\n' });
    const world = kubectl({ 'Deployment.v1.apps': [live(deployment('api:9'))], 'ConfigMap.v1.': [live(yaml(own)), left] });
    expect(await diff(project, ['--cluster', 'deploy/dev'], world)).toMatchObject({ exit: 1, out: '- ConfigMap shop/left\n~ Deployment shop/api\n    ~ spec.template.spec.containers[api].image: api:9 → api:1\n' });
    expect(await martyHere(project, ['env', 'drift', 'dev'], world)).toMatchObject({ exit: 1, out: '+ ConfigMap shop/left\n~ Deployment shop/api\n    ~ spec.template.spec.containers[api].image: api:1 → api:9\n' });
  });

  test('that does not serve a kind has none of it', async () => {
    const { out, err } = await martyHere(folder, ['env', 'drift', 'dev'], kubectl({ 'Deployment.v1.apps': [live(deployment())] }));
    expect(out).toBe('- ConfigMap shop/config\n');
    expect(err).toContain('note: the cluster does not serve v1 ConfigMap');
  });

  test('that cannot be read is told, and kubectl that is missing', async () => {
    expect(await diff(folder, ['--cluster', 'deploy/dev'], { capture: () => undefined })).toMatchObject({ exit: 4, err: expect.stringContaining('kubectl is not on the PATH') as string });
    expect(await diff(folder, ['--cluster', 'deploy/dev'], { capture: () => ({ code: 1, out: '', err: 'x\nUnable to connect to the server\n' }) })).toMatchObject({ exit: 3, err: expect.stringContaining('Unable to connect to the server') as string });
    expect(await diff(folder, ['--since', 'HEAD', 'deploy'], { capture: () => undefined })).toMatchObject({ exit: 4, err: expect.stringContaining('git is not on the PATH') as string });
  });

  test('can be a saved dump', async () => {
    const dump = (items: object[]) => write(folder, { 'dump.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
    dump([live(deployment()), live(config({ a: '1' })), live(deployment('x', {}, 'other'))]);
    expect(await martyHere(folder, ['env', 'drift', 'dev', '--dump', 'dump.yaml'])).toMatchObject({ exit: 0, out: '' });
    dump([live(deployment())]);
    expect(await martyHere(folder, ['env', 'drift', 'dev', '--dump', 'dump.yaml', '--json'])).toMatchObject({ exit: 1 });
    expect(await diff(folder, ['--dump', 'dump.yaml', 'deploy/dev'])).toMatchObject({ exit: 1, out: '+ ConfigMap shop/config\n' });
  });
});

test.each([
  [['before']], [['before', 'after', 'more']], [['-', '-']], [['before', 'nowhere']], [['--since', 'a', '--cluster']], [['before', 'after', '--format', 'html']], [['before', 'after', '--context', 'x']],
])('%j is wrong use', async args => {
  const folder = two({ 'a.yaml': deployment() }, { 'a.yaml': deployment() });
  expect(await diff(folder, args)).toMatchObject({ exit: 2, out: '' });
});

test('what is no YAML is told with its place, and objects that stand there twice', async () => {
  const folder = two({ 'a.yaml': deployment(), 'b.yaml': 'kind: [\n' }, { 'a.yaml': deployment() });
  expect(await diff(folder)).toMatchObject({ exit: 3, err: expect.stringMatching(/before\/b\.yaml:\d+: is no YAML/) as string });
  const twice = two({ 'a.yaml': deployment() + `---\n${deployment('api:2')}` }, { 'a.yaml': deployment(), 'empty.yaml': '# nothing\n---\n', 'list.yaml': yaml({ apiVersion: 'v1', kind: 'List', items: [] }) });
  expect(await diff(twice)).toMatchObject({ exit: 0, err: expect.stringContaining('Deployment shop/api stands there a second time') as string });
});
