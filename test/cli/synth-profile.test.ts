import { both, object, project, resultOf, staged, synth } from './_staged';
import { appWriting, removeFolders, write } from './_world';
import type { World } from './_world';

afterAll(removeFolders);

/** An app that leaves what an app leaves that is synthesized with ours. */
const profiled: World['app'] = env => {
  const file = env.MARTY_PROFILE_FILE ?? '';
  write(file.slice(0, file.lastIndexOf('/')), { 'profile.json': JSON.stringify({
    buildMs: 80, phases: { render: 12.34, yaml: 3 }, charts: [{ path: 'dev/orders', objects: 2, ms: 5 }, { path: 'dev/web', objects: 3, ms: 9.99 }],
  }) });
  return appWriting(staged(both))?.(env) ?? { code: 0 };
};

test('--profile tells where the time went, the slowest chart first', async () => {
  const { err } = await synth(project(), {}, ['--profile'], { app: profiled });
  const [, profile] = err.split('\n\nstep');
  expect(profile.split('\n').map(line => line.trimEnd().replace(/(the app|the output) +[\d.]+$/, '$1 …').replace(/ +([\d.]+)$/, ' $1'))).toEqual([
    expect.stringMatching(/^ +ms$/),
    'the app …',
    '  loading code, building constructs 80.0',
    '  render: objects from constructs 12.3',
    '  yaml: objects as text 3.0',
    'comparing and writing the output …',
    '',
    'chart       objects    ms',
    'dev/web           3 10.0',
    'dev/orders        2 5.0',
    '',
  ]);
});

test('an app that is synthesized by cdk8s has no more to tell', async () => {
  const { err } = await synth(project(), staged(both), ['--profile']);
  expect(err).toMatch(/the app calls no synth of marty-msf, so that no more is known\n$/);
});

test('--json has it as numbers, and only when it is asked for', async () => {
  const { profile } = await resultOf(project(), { 'a.yaml': object('a') }, '--profile');
  expect(profile).toEqual({ appMs: expect.any(Number), phases: [], charts: [], outputMs: expect.any(Number) });
  expect(await resultOf(project(), { 'a.yaml': object('a') })).not.toHaveProperty('profile');
});
