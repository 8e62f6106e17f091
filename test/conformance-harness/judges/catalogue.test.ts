import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../conformance/judges/catalogue';
import { presentOr } from '../../conformance/judges/path-judge';
import { pinnedVersion } from '../../conformance/judges/python-judge';
import type { Judge } from '../../conformance/judges/judge';

test('names are unique', () => {
  const names = catalogue().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('a package under the name of another has the version of its own', () => {
  expect(catalogue().find(({ name }) => name === 'cdktn')).toMatchObject({ version: '0.24.0', optional: false });
});

test('a requirement gives a judge in Python its version', () => {
  expect(pinnedVersion('checkov', 'click==8.1\ncheckov==3.3.30 \\\n    --hash=sha256:0\n')).toBe('3.3.30');
  expect(() => pinnedVersion('checkov', 'click==8.1\n')).toThrow('judge checkov: requirements.txt has no checkov==<version>, expected the pin that gives the judge its version');
});

test('every package of a judge in Python is pinned by checksum', () => {
  const text = readFileSync(join(__dirname, '../../conformance/judges/checkov/requirements.txt'), 'utf8');
  const pins = text.split(/\n(?=\w)/).filter(line => /^\w/.test(line));
  expect(pins.length).toBeGreaterThan(50);
  expect(pins.filter(pin => !/^[\w.-]+==\S+[\s\S]*--hash=sha256:[0-9a-f]{64}/.test(pin))).toEqual([]);
});

describe('a judge that may be on the PATH', () => {
  const made = { name: 'toy', version: 'v1.2.3', path: '/built' };
  const built: Judge = { name: 'toy', version: 'v1.2.3', optional: false, find: () => Promise.resolve(undefined), install: () => Promise.resolve(made) };
  const [path, folder] = [process.env.PATH, mkdtempSync(join(tmpdir(), 'marty-'))];

  afterAll(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  test.each([['v1.2.3', join(folder, 'toy'), join(folder, 'toy')], ['v1.2.4', undefined, '/built']])('there in %s', async (version, found, installed) => {
    writeFileSync(join(folder, 'toy'), `#!/bin/sh\necho toy ${version}\n`);
    chmodSync(join(folder, 'toy'), 0o755);
    process.env.PATH = `${folder}:${path}`;
    const judge = presentOr(built, ['version']);
    expect((await judge.find())?.path).toBe(found);
    expect((await judge.install?.(() => undefined))?.path).toBe(installed);
  });
});
