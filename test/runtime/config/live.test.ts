import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createLiveConfig } from '../../../src/runtime/config';
import type { RuntimeConfig } from '../../../src/spec';
import { configFile, configOf, folder, removeFolders } from '../config-file';
import { microservice, orders } from '../fleet';

afterAll(removeFolders);

/** A mounted ConfigMap: the file is a link into a folder that is itself a link, which is swapped when the ConfigMap changes. */
function mounted(content: object) {
  const at = folder();
  let version = 0;
  const update = (changed: object) => {
    const data = `..v${version += 1}`;
    mkdirSync(join(at, data));
    writeFileSync(join(at, data, 'runtime.json'), JSON.stringify(changed));
    symlinkSync(data, join(at, '..next'));
    renameSync(join(at, '..next'), join(at, '..data'));
  };
  update(content);
  symlinkSync('..data/runtime.json', join(at, 'runtime.json'));
  return { file: join(at, 'runtime.json'), update };
}

const withConfig = (content: RuntimeConfig, config: object) => ({ ...content, config: { ...content.config, ...config } });

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 300) throw new Error('it never came true');
    await sleep(10);
  }
}

describe('configuration while the process runs', () => {
  const content = configOf(orders);
  let written: string[];
  beforeEach(() => {
    written = [];
    jest.spyOn(process.stderr, 'write').mockImplementation(text => written.push(String(text)) > 0);
  });
  afterEach(() => jest.restoreAllMocks());

  test('takes over the reloadable keys, in the object that was handed out', async () => {
    const { file, update } = mounted(content);
    const { values: { config }, close } = createLiveConfig(orders, { file, env: {}, intervalMs: 5 });
    expect(config.greeting).toBe('hello');
    update(withConfig(content, { greeting: 'good day', currencies: ['USD'], maxItems: 99 }));
    await until(() => config.greeting === 'good day');
    expect(config).toEqual({ maxItems: 5, greeting: 'good day', currencies: ['USD'], limits: { daily: 10, weekly: 50 }, ratio: 'off' });
    expect(Object.isFrozen(config.currencies)).toBe(true);
    update(content);
    await until(() => config.greeting === 'hello');
    close();
    expect(written).toEqual([]);
  });

  test('keeps its values when the new ones are not allowed, says so once, and goes on following', async () => {
    const { file, update } = mounted(content);
    const { values: { config }, close } = createLiveConfig(orders, { file, env: {}, intervalMs: 5 });
    update(withConfig(content, { greeting: 5 }));
    await until(() => written.length > 0);
    await sleep(50);
    expect(config.greeting).toBe('hello');
    expect(written).toEqual([`orders: ${file} does not fit this build; config.greeting: is 5, expected a string; the values from before stay\n`]);
    update(withConfig(content, { greeting: 'hi' }));
    await until(() => config.greeting === 'hi');
    close();
  });

  test('lets variables win over the file', async () => {
    const { file, update } = mounted(content);
    const { values: { config }, close } = createLiveConfig(orders, { file, env: { MARTY__CONFIG__GREETING: 'mine' }, intervalMs: 5 });
    update(withConfig(content, { greeting: 'theirs', currencies: ['USD'] }));
    await until(() => config.currencies[0] === 'USD');
    expect(config.greeting).toBe('mine');
    close();
  });

  test('cannot be changed by the code that reads it', () => {
    const { values: { config }, close } = createLiveConfig(orders, { file: configFile(content), env: {} });
    expect(() => { (config as { greeting: string }).greeting = 'x'; }).toThrow(TypeError);
    expect(() => { delete (config as { greeting?: string }).greeting; }).toThrow(TypeError);
    expect(() => { Object.defineProperty(config, 'greeting', { value: 'x' }); }).toThrow(TypeError);
    close();
  });

  test('never mixes old and new values into what the schema refuses', async () => {
    const range = microservice({
      name: 'range', team: 't', image: 'ghcr.io/shop/range',
      config: {
        schema: z.object({ min: z.int(), max: z.int() }).refine(({ min, max }) => min <= max, { path: ['max'], error: 'must be at least min' }),
        values: { default: { min: 5, max: 10 } }, reloadable: ['max'],
      },
    });
    const before = configOf(range);
    const { file, update } = mounted(before);
    const { values: { config }, close } = createLiveConfig(range, { file, env: {}, intervalMs: 5 });
    update(withConfig(before, { min: 1, max: 3 }));
    await until(() => written.length > 0);
    expect(config).toEqual({ min: 5, max: 10 });
    expect(written[0]).toContain('the reloadable keys do not fit the values that stay until the next start; config.max: must be at least min');
    close();
  });

  test('stops following once closed', async () => {
    const { file, update } = mounted(content);
    const { values: { config }, close } = createLiveConfig(orders, { file, env: {}, intervalMs: 5 });
    close();
    update(withConfig(content, { greeting: 'late' }));
    await sleep(50);
    expect(config.greeting).toBe('hello');
  });
});
