import fs from 'node:fs';
import { join } from 'node:path';
import { applyPlan } from '../../src/synth/apply';
import { planOf } from '../../src/synth/plan';
import { treeOf, type Tree } from '../../src/synth/tree';
import { filesBelow, inFolder, put } from '../support/folder';

/** A tree by environment, service and object, with the text of each. */
function tree(services: Readonly<Record<string, Readonly<Record<string, string>>>>, owner = 'shop'): Tree {
  return treeOf(Object.entries(services).flatMap(([folder, files]) => Object.entries(files).map(([file, text]) => ({ folder, file, construct: 'app', text }))), owner);
}

const write = (folder: string, what: Tree, owner = 'shop', environments?: readonly string[]) => {
  const plan = planOf(what, folder, new Set([owner]), environments);
  applyPlan(plan);
  return plan;
};

const first = tree({
  'dev/_platform': { 'namespace.yaml': 'namespace: 1\n' },
  'dev/orders': { 'deployment.yaml': 'version: 1\n', 'service.yaml': 'port: 1\n', 'stale.yaml': 'stale: 1\n' },
  'dev/gone': { 'deployment.yaml': 'gone: 1\n' },
  'prod/gone': { 'deployment.yaml': 'gone: 1\n' },
});
const second = tree({
  'dev/_platform': { 'namespace.yaml': 'namespace: 1\n' },
  'dev/orders': { 'deployment.yaml': 'version: 2\n', 'service.yaml': 'port: 1\n', 'more.yaml': 'more: 1\n' },
  'dev/payments': { 'deployment.yaml': 'payments: 1\n' },
});
const foreign = { 'README.md': 'mine', 'dev/orders/notes.txt': 'mine', 'dev/gone/values.yaml': 'mine', 'prod/other/deployment.yaml': 'theirs' };

/** What is there when `second` was written by an undisturbed run. */
const expected = inFolder(folder => {
  write(folder, second);
  return filesBelow(folder);
});

describe('what is written', () => {
  test('is a folder per service, and an index per environment that lists them', () => {
    expect(Object.keys(expected)).toEqual([
      'dev/_platform/.marty-ownership', 'dev/_platform/kustomization.yaml', 'dev/_platform/namespace.yaml',
      'dev/kustomization.yaml', // the index
      'dev/orders/.marty-ownership', 'dev/orders/deployment.yaml', 'dev/orders/kustomization.yaml', 'dev/orders/more.yaml', 'dev/orders/service.yaml',
      'dev/payments/.marty-ownership', 'dev/payments/deployment.yaml', 'dev/payments/kustomization.yaml',
    ]);
    expect(expected['dev/kustomization.yaml']).toContain('resources:\n  - _platform\n  - orders\n  - payments\n');
  });

  test('is what changed, and nothing when nothing did', () => inFolder(folder => {
    write(folder, first);
    const actions = write(folder, second).changes.filter(({ action }) => action !== 'keep').map(change => `${change.action} ${change.folder}/${change.file}`);
    expect(actions.sort()).toEqual([
      'remove dev/gone/deployment.yaml', 'remove dev/gone/kustomization.yaml', 'remove dev/orders/stale.yaml', 'remove prod/gone/deployment.yaml', 'remove prod/gone/kustomization.yaml',
      'write dev/orders/deployment.yaml', 'write dev/orders/kustomization.yaml', 'write dev/orders/more.yaml', 'write dev/payments/deployment.yaml', 'write dev/payments/kustomization.yaml',
    ]);
    const rename = jest.spyOn(fs, 'renameSync');
    write(folder, second);
    expect(rename).not.toHaveBeenCalled();
    rename.mockRestore();
  }));

  test('replaces what was there before, and leaves the files of others alone', () => inFolder(folder => {
    put(folder, foreign);
    write(folder, first);
    write(folder, second);
    expect(filesBelow(folder)).toEqual({ ...foreign, ...expected });
  }));

  test('leaves no empty folder behind', () => inFolder(folder => {
    write(folder, first);
    write(folder, second);
    expect(fs.readdirSync(folder)).toEqual(['dev']);
    expect(fs.readdirSync(join(folder, 'dev'))).toEqual(['_platform', 'kustomization.yaml', 'orders', 'payments']);
  }));

  test('is nothing outside of the environments that are asked for', () => inFolder(folder => {
    write(folder, first);
    write(folder, second, 'shop', ['dev']);
    expect(Object.keys(filesBelow(folder)).filter(file => file.startsWith('prod/'))).toEqual([
      'prod/gone/.marty-ownership', 'prod/gone/deployment.yaml', 'prod/gone/kustomization.yaml', 'prod/kustomization.yaml',
    ]);
  }));
});

describe('a run that is interrupted', () => {
  const steps = ['renameSync', 'writeFileSync', 'rmSync', 'rmdirSync'] as const;

  /** Makes one step of a run fail; tells whether the run got that far. */
  function interrupt(step: typeof steps[number], at: number, run: () => void): boolean {
    const real = fs[step] as (...args: unknown[]) => unknown;
    let count = 0;
    const spy = jest.spyOn(fs, step).mockImplementation((...args: unknown[]) => {
      if (count++ === at) throw new Error('interrupted');
      return real(...args);
    });
    try {
      run();
      return false;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'interrupted') throw error;
      return true;
    } finally {
      spy.mockRestore();
    }
  }

  /** Writes `first`, is interrupted at every step of writing `second`, and then goes on. */
  function afterEvery(step: typeof steps[number], check: (folder: string) => void): number {
    for (let at = 0; ; at++) {
      const done = inFolder(folder => {
        put(folder, foreign);
        write(folder, first);
        if (!interrupt(step, at, () => write(folder, second))) return true;
        check(folder);
        return false;
      });
      if (done) return at;
    }
  }

  test.each(steps)('at any %s is mended by the next run', step => {
    const interruptions = afterEvery(step, folder => {
      write(folder, second);
      expect(filesBelow(folder)).toEqual({ ...foreign, ...expected });
    });
    expect(interruptions).toBeGreaterThan(0);
  });

  test.each(steps)('at any %s is undone by writing what was there before', step => {
    const before = inFolder(folder => {
      write(folder, first);
      return filesBelow(folder);
    });
    afterEvery(step, folder => {
      write(folder, first);
      expect(filesBelow(folder)).toEqual({ ...foreign, ...before });
    });
  });

  test.each(steps)('at any %s leaves nothing of ours behind when everything is removed', step => {
    afterEvery(step, folder => {
      write(folder, tree({}));
      expect(filesBelow(folder)).toEqual(foreign);
    });
  });

  test('never shows half of a file', () => {
    const texts = new Set([...first, ...second].flatMap(([, { files }]) => [...files.values()].map(({ text }) => text)));
    afterEvery('writeFileSync', folder => {
      const half = Object.entries(filesBelow(folder)).filter(([path, text]) => /(deployment|service|namespace|more|stale)\.yaml$/.test(path) && !(path in foreign) && !texts.has(text));
      expect(half).toEqual([]);
    });
  });
});
