import { applyPlan } from '../../src/synth/apply';
import { planOf } from '../../src/synth/plan';
import { treeOf, type Tree } from '../../src/synth/tree';
import { filesBelow, inFolder, put } from '../support/folder';
import { refusalOf } from '../support/problems';

const tree = (folder: string, files: Readonly<Record<string, string>>, owner = 'shop'): Tree => (
  treeOf(Object.entries(files).map(([file, text]) => ({ folder, file, construct: 'app', text })), owner));
const write = (folder: string, what: Tree, owner = 'shop') => applyPlan(planOf(what, folder, new Set([owner])));
const orders = tree('dev/orders', { 'service.yaml': 'port: 1\n' });

describe('what belongs to somebody else', () => {
  test('is refused as a whole: nothing is written', () => inFolder(folder => {
    const foreign = { 'dev/orders/service.yaml': 'theirs\n', 'dev/kustomization.yaml': 'resources: []\n' };
    put(folder, foreign);
    expect(refusalOf('OUTPUT_CONFLICT', () => write(folder, orders))).toEqual([
      `${folder}/dev/orders/service.yaml: is there already and was not written by us; move it away`,
      `${folder}/dev/kustomization.yaml: is there already and was not written by us; move it away`,
    ]);
    expect(filesBelow(folder)).toEqual(foreign);
  }));

  test('is no conflict where it says the same', () => inFolder(folder => {
    put(folder, { 'dev/orders/service.yaml': 'port: 1\n' });
    expect(() => write(folder, orders)).not.toThrow();
  }));

  test('is a folder of another owner', () => inFolder(folder => {
    write(folder, tree('dev/orders', { 'service.yaml': 'port: 2\n' }, 'other'), 'other');
    expect(refusalOf('OUTPUT_CONFLICT', () => write(folder, orders))).toEqual([
      `${folder}/dev/orders: belongs to "other", not to "shop"; write elsewhere, or let its owner remove it`,
    ]);
  }));

  test('is not taken for ours when its ownership file cannot be read', () => inFolder(folder => {
    put(folder, { 'dev/orders/.marty-ownership': 'garbage' });
    expect(() => write(folder, orders)).toThrow('cannot be read; restore it, or remove the folder');
  }));
});

describe('two owners of one output folder', () => {
  test('keep their own folders, and share the index', () => inFolder(folder => {
    write(folder, orders);
    write(folder, tree('dev/payments', { 'service.yaml': 'port: 2\n' }, 'other'), 'other');
    expect(filesBelow(folder)['dev/kustomization.yaml']).toContain('resources:\n  - orders\n  - payments\n');
    write(folder, tree('dev/stock', { 'service.yaml': 'port: 3\n' }));
    expect(Object.keys(filesBelow(folder)).filter(file => file.endsWith('service.yaml'))).toEqual(['dev/payments/service.yaml', 'dev/stock/service.yaml']);
    expect(filesBelow(folder)['dev/kustomization.yaml']).toContain('resources:\n  - payments\n  - stock\n');
  }));
});

describe('a file that was edited by hand', () => {
  test('is written again while it is defined', () => inFolder(folder => {
    write(folder, orders);
    put(folder, { 'dev/orders/service.yaml': 'edited\n' });
    const [change] = planOf(orders, folder, new Set(['shop'])).changes;
    expect(change).toMatchObject({ file: 'service.yaml', action: 'write', edited: true });
    write(folder, orders);
    expect(filesBelow(folder)['dev/orders/service.yaml']).toBe('port: 1\n');
  }));

  test('stays when it is not defined any more', () => inFolder(folder => {
    write(folder, orders);
    put(folder, { 'dev/orders/service.yaml': 'edited\n' });
    const plan = planOf(tree('dev/payments', { 'service.yaml': 'port: 2\n' }), folder, new Set(['shop']));
    expect(plan.changes.find(({ folder: at, file }) => at === 'dev/orders' && file === 'service.yaml')).toMatchObject({ action: 'keep', edited: true });
    applyPlan(plan);
    expect(Object.keys(filesBelow(folder)).filter(file => file.startsWith('dev/orders/'))).toEqual(['dev/orders/service.yaml']);
  }));
});

test('a plan alone changes nothing', () => inFolder(folder => {
  planOf(orders, folder, new Set(['shop']));
  expect(filesBelow(folder)).toEqual({});
}));

test('adding a service changes its folder and the index', () => inFolder(folder => {
  write(folder, orders);
  const before = filesBelow(folder);
  write(folder, new Map([...orders, ...tree('dev/payments', { 'service.yaml': 'port: 2\n' })]));
  const after = filesBelow(folder);
  expect(Object.keys(after).filter(file => after[file] !== before[file])).toEqual(['dev/kustomization.yaml', 'dev/payments/.marty-ownership', 'dev/payments/kustomization.yaml', 'dev/payments/service.yaml']);
}));
