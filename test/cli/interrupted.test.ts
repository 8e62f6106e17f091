import fs from 'node:fs';
import { join } from 'node:path';
import { appWriting, contentOf, emptyFolder, martyHere, removeFolders, write } from './_world';

const manifest = (version: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  version: "${version}"\n`;
const before = { 'dev/web/configmap.yaml': manifest(1), 'dev/orders/configmap.yaml': manifest(1), 'prod/web/configmap.yaml': manifest(1) };
const after = { 'dev/web/configmap.yaml': manifest(2), 'dev/web/service.yaml': manifest(2), 'prod/web/configmap.yaml': manifest(1), 'dev/cards/configmap.yaml': manifest(2) };

const synth = async (folder: string, files: Record<string, string>) => martyHere(folder, ['synth'], { app: appWriting(files) });
const project = async () => {
  const folder = write(emptyFolder(), { 'cdk8s.yaml': 'app: node app.js\n', 'package.json': '{ "name": "shop" }', 'dist/dev/foreign/mine.yaml': 'mine' });
  await synth(folder, before);
  return folder;
};

afterAll(removeFolders);
afterEach(() => jest.restoreAllMocks());

/** Lets the first `steps` changes of the disk pass, and fails from then on, as a full disk or a kill would. */
function failAfter(steps: number): { readonly failed: () => boolean } {
  let left = steps;
  const step = <A extends readonly unknown[]>(real: (...args: A) => void) => (...args: A) => {
    left -= 1;
    if (left < 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' });
    real(...args);
  };
  const { renameSync, rmSync } = fs;
  jest.spyOn(fs, 'renameSync').mockImplementation(step(renameSync));
  // The folder that the app writes to is given back in any case.
  jest.spyOn(fs, 'rmSync').mockImplementation((path, options) => (options?.recursive ? rmSync(path, options) : step(rmSync)(path, options)));
  return { failed: () => left < 0 };
}

test('a run that is cut off after any step is completed by the next one', async () => {
  const clean = await project();
  await synth(clean, after);
  const whole = contentOf(join(clean, 'dist'));
  let steps = 0;
  for (let failed = true; failed; steps += 1) {
    const folder = await project();
    const disk = failAfter(steps);
    const { exit, err } = await synth(folder, after);
    failed = disk.failed();
    jest.restoreAllMocks();
    expect({ exit, told: err.includes('what is half done is completed then') }).toEqual(failed ? { exit: 3, told: true } : { exit: 0, told: false });
    expect((await synth(folder, after)).exit).toBe(0);
    expect(contentOf(join(folder, 'dist'))).toEqual(whole);
  }
  expect(steps).toBeGreaterThan(5);
});

test('a service that is gone again after a run was cut off leaves nothing behind', async () => {
  for (let steps = 0; steps < 12; steps += 1) {
    const folder = await project();
    const untouched = contentOf(join(folder, 'dist'));
    failAfter(steps);
    await synth(folder, { ...before, 'dev/new/configmap.yaml': manifest(3) });
    jest.restoreAllMocks();
    await synth(folder, before);
    const left = Object.keys(contentOf(join(folder, 'dist'))).filter(path => !(path in untouched));
    expect(left).toEqual([]);
  }
});
