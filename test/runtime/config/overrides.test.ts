import { z } from 'zod';
import { isMartyError } from '../../../src/errors';
import { loadRuntimeConfig, type LoadedConfig } from '../../../src/runtime/config';
import type { Declared, MicroserviceSpec, RuntimeConfig } from '../../../src/spec';
import { configFile, configOf, removeFolders } from '../config-file';
import { microservice, orders } from '../fleet';

afterAll(removeFolders);

const load = <D extends Declared>(description: MicroserviceSpec<D>, env: Record<string, string>, content: object = configOf(description)) =>
  loadRuntimeConfig(description, { file: configFile(content), env });

function problems(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (isMartyError(error, 'CONFIG_INVALID')) return error.problems;
    throw error;
  }
  return [];
}

describe('a variable', () => {
  type Orders = typeof orders extends MicroserviceSpec<infer D> ? D : never;
  type Case = readonly [name: string, text: string, read: (loaded: LoadedConfig<Orders>) => unknown, value: unknown];
  test.each<Case>([
    ['MARTY__CONFIG__MAX_ITEMS', '7', ({ config }) => config.maxItems, 7],
    ['MARTY__CONFIG__LIMITS__DAILY', '3', ({ config }) => config.limits, { daily: 3, weekly: 50 }],
    ['MARTY__CONFIG__LIMITS', '{"daily":1,"weekly":2}', ({ config }) => config.limits, { daily: 1, weekly: 2 }],
    ['MARTY__CONFIG__GREETING', '12', ({ config }) => config.greeting, '12'],
    ['MARTY__CONFIG__DEBUG', 'true', ({ config }) => config.debug, true],
    ['MARTY__CONFIG__CURRENCIES', '["USD","CHF"]', ({ config }) => config.currencies, ['USD', 'CHF']],
    ['MARTY__CONFIG__RATIO', '0.5', ({ config }) => config.ratio, 0.5],
    ['MARTY__CONFIG__RATIO', 'off', ({ config }) => config.ratio, 'off'],
    ['MARTY__PORTS__HTTP__PORT', '8081', ({ ports }) => ports.http.port, 8081],
    ['MARTY__CALLS__WEB__TIMEOUT_MS', '200', ({ calls }) => calls.web.timeoutMs, 200],
    ['MARTY__CALLS__WEB__HOST', '127.0.0.1', ({ calls }) => calls.web.host, '127.0.0.1'],
    ['MARTY__CALLS__WEB__OPTIONAL', 'true', ({ calls }) => calls.web.optional, true],
    ['MARTY__MANAGEMENT__PORT', '9191', ({ management }) => management.port, 9191],
    ['MARTY__SECRETS__STRIPE__FILE', '/tmp/stripe', ({ secrets }) => secrets.stripe.file, '/tmp/stripe'],
    ['MARTY__SHUTDOWN__DRAIN_SECONDS', '0', ({ shutdown }) => shutdown.drainSeconds, 0],
    ['MARTY__REQUIRED', '["maxItems"]', ({ required }) => required, ['maxItems']],
  ])('%s=%s overrides one value', (name, text, read, value) => {
    expect(read(load(orders, { [name]: text }))).toEqual(value);
  });

  test('inside an object overrides the one for the whole object', () => {
    expect(load(orders, { MARTY__CONFIG__LIMITS__DAILY: '9', MARTY__CONFIG__LIMITS: '{"daily":1,"weekly":2}' }).config.limits).toEqual({ daily: 9, weekly: 2 });
  });

  test('of another name than ours is nobody’s business', () => {
    expect(load(orders, { MARTY_DEBUG: 'x', OTHER: 'y' }).config.maxItems).toBe(5);
  });

  test.each([
    ['MARTY__CONFIG__MAX_ITEM', '7', 'overrides nothing that exists; did you mean MARTY__CONFIG__MAX_ITEMS?'],
    ['MARTY__CONFG__LIMITS__DAILY', '7', 'overrides nothing that exists; did you mean MARTY__CONFIG__LIMITS__DAILY?'],
    ['MARTY__CALLS__WEB__TIMEOUT', '7', 'overrides nothing that exists; did you mean MARTY__CALLS__WEB__TIMEOUT_MS?'],
    ['MARTY__SECRETS__STRIPE', 'sk_live_1', 'overrides nothing that exists; did you mean MARTY__SECRETS__STRIPE__FILE?'],
    ['MARTY__CONFIG__MAX_ITEMS', 'seven', 'is "seven", expected a number'],
    ['MARTY__CONFIG__DEBUG', 'yes', 'is "yes", expected true or false'],
    ['MARTY__CONFIG__LIMITS', '[1]', 'is "[1]", expected an object as JSON'],
    ['MARTY__PORTS__HTTP__PORT', '', 'is "", expected a number'],
  ])('%s=%s is refused with what was meant', (path, text, message) => {
    expect(problems(() => load(orders, { [path]: text }))).toEqual([{ path, message }]);
  });

  test('with a value that the schema refuses is refused where the value stands', () => {
    expect(problems(() => load(orders, { MARTY__CONFIG__MAX_ITEMS: '0' }))).toEqual([{ path: 'config.maxItems', message: 'is 0, expected a number of at least 1' }]);
  });

  test('that stands for two values is refused, with both', () => {
    const twice = microservice({
      name: 'twice', team: 't', image: 'ghcr.io/shop/twice',
      config: { schema: z.object({ maxItems: z.int(), max_items: z.int() }), values: { default: { maxItems: 1, max_items: 2 } } },
    });
    expect(problems(() => load(twice, { MARTY__CONFIG__MAX_ITEMS: '3' })))
      .toEqual([{ path: 'MARTY__CONFIG__MAX_ITEMS', message: 'stands for config.maxItems and for config.max_items; rename one of them, or change the ConfigMap' }]);
  });

  test('reaches a key of a choice and of a recursive schema, and every value of the file', () => {
    interface Tree { name: string; child?: Tree }
    const tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), child: tree.optional() }));
    const rich = microservice({
      name: 'rich', team: 't', image: 'ghcr.io/shop/rich',
      config: {
        schema: z.object({ mode: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), size: z.int() }), z.object({ kind: z.literal('b') })]), tree, prices: z.record(z.string(), z.number()) }),
        values: { default: { mode: { kind: 'b' as const }, tree: { name: 'root', child: { name: 'leaf' } }, prices: { catFood: 3 } } },
      },
    });
    const { config } = load(rich, {
      MARTY__CONFIG__MODE__KIND: 'a', MARTY__CONFIG__MODE__SIZE: '4', MARTY__CONFIG__TREE__CHILD__NAME: 'twig', MARTY__CONFIG__PRICES__CAT_FOOD: '5',
    });
    expect(config).toEqual({ mode: { kind: 'a', size: 4 }, tree: { name: 'root', child: { name: 'twig' } }, prices: { catFood: 5 } });
  });

  test('repairs a file whose value is of a wrong type', () => {
    const content: RuntimeConfig = configOf(orders);
    expect(load(orders, { MARTY__CONFIG__MAX_ITEMS: '7' }, { ...content, config: { ...content.config, maxItems: 'seven' } }).config.maxItems).toBe(7);
  });

  test('is reported together with all others, and with what is wrong in the file', () => {
    const content = configOf(orders);
    expect(problems(() => load(orders, { MARTY__X: '1', MARTY__CONFIG__MAX_ITEMS: 'x' }, { ...content, calls: {} })).map(({ path }) => path))
      .toEqual(['MARTY__X', 'MARTY__CONFIG__MAX_ITEMS', 'calls.web', 'calls.line', 'calls.payments']);
  });
});
