import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProfile, type ProfileReport } from '../../src/synth/profile';
import { createProgress } from '../../src/synth/progress';
import { inFolder } from '../support/folder';

const busy = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

test('the time of work within work is counted once, for the inner phase', () => inFolder(folder => {
  const file = join(folder, 'deep/profile.json');
  const profile = createProfile(file);
  const result = profile.chart('shop/orders', () => profile.time('write', () => {
    busy(10);
    profile.time('yaml', () => busy(40));
    return 7;
  }), objects => objects);
  profile.chart('shop/orders', () => undefined);
  profile.end();
  const { phases, charts } = JSON.parse(readFileSync(file, 'utf8')) as ProfileReport;
  expect(result).toBe(7);
  expect(phases.yaml).toBeGreaterThanOrEqual(40);
  expect(phases.write).toBeGreaterThanOrEqual(10);
  expect(phases.write).toBeLessThan(phases.yaml ?? 0);
  expect(charts).toEqual([{ path: 'shop/orders', objects: 8, ms: expect.any(Number) }]);
  expect(charts[0].ms).toBeGreaterThanOrEqual(50);
}));

test('work that fails is counted too, and fails', () => inFolder(folder => {
  const file = join(folder, 'profile.json');
  const profile = createProfile(file);
  expect(() => profile.time('validate', () => { throw new Error('wrong'); })).toThrow('wrong');
  profile.end();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ phases: { validate: expect.any(Number) } });
}));

test('nothing is counted when nobody asks', () => {
  const profile = createProfile('');
  expect(profile.time('yaml', () => 1) + profile.chart('a', () => 2)).toBe(3);
  profile.end();
});

test('a long run tells how far it is, a short one nothing', () => {
  const told: string[] = [];
  const progress = createProgress('charts', 3, { tell: line => told.push(line), everyMs: 5 });
  progress.step();
  busy(6);
  progress.step();
  progress.step();
  expect(told).toEqual(['2 of 3 charts\n']);
});

test('nothing is told where no terminal is', () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  createProgress('charts', 1, { everyMs: 0 }).step();
  expect(write).not.toHaveBeenCalled();
  write.mockRestore();
});
