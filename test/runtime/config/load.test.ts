import { isMartyError, type MartyError } from '../../../src/errors';
import { loadRuntimeConfig } from '../../../src/runtime/config';
import type { Declared, MicroserviceSpec } from '../../../src/spec';
import { configFile, configOf, folder, removeFolders } from '../config-file';
import { orders, quotesV1, quotesV2, quotesV3 } from '../fleet';

afterAll(removeFolders);

const load = <D extends Declared>(description: MicroserviceSpec<D>, content: object, env: Record<string, string> = {}) =>
  loadRuntimeConfig(description, { file: configFile(content), env });

function refusal(work: () => unknown): MartyError {
  try {
    work();
  } catch (error) {
    if (isMartyError(error, 'CONFIG_INVALID')) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('a ConfigMap of the same description', () => {
  test.each(['local', 'local-eu'])('comes back as it was written for %s, with the defaults of the schema', environment => {
    const written = configOf(orders, environment);
    expect(load(orders, written)).toEqual({ ...written, config: { greeting: 'hello', currencies: ['EUR'], ratio: 'off', ...written.config } });
  });

  test('is found by the variable that names it', () => {
    const file = configFile(configOf(orders));
    expect(loadRuntimeConfig(orders, { env: { MARTY_CONFIG_FILE: file } }).config.maxItems).toBe(5);
  });

  test('is frozen, however deep', () => {
    const { config, ports } = load(orders, configOf(orders));
    expect(() => { (config.limits as { daily: number }).daily = 1; }).toThrow(TypeError);
    expect(() => { (config.currencies as string[]).push('USD'); }).toThrow(TypeError);
    expect(() => { (ports.http as { port: number }).port = 1; }).toThrow(TypeError);
  });
});

describe('a file that cannot be read', () => {
  test('is named when it is not there', () => {
    const file = `${folder()}/runtime.json`;
    expect(refusal(() => loadRuntimeConfig(orders, { file, env: {} })).message)
      .toBe(`orders: ${file} cannot be read (ENOENT); mount the ConfigMap orders-config there, or name another file in MARTY_CONFIG_FILE`);
  });

  test('is looked for where the ConfigMap is mounted', () => {
    expect(refusal(() => loadRuntimeConfig(orders, { env: {} })).message).toContain('/etc/marty/config/runtime.json');
  });

  test('is named when it is of another format, with what to do', () => {
    expect(refusal(() => load(orders, { ...configOf(orders), format: 'marty-msf/runtime/v2' })).message)
      .toMatch(/format is "marty-msf\/runtime\/v2", expected "marty-msf\/runtime\/v1"; write it with the marty-msf that this build contains/);
    expect(refusal(() => load(orders, [])).message).toMatch(/format is missing, expected .*; write it with marty synth/);
  });
});

describe('a ConfigMap of another version', () => {
  test('is obeyed where it has more than the code knows, and other ports', () => {
    const { config, ports } = load(quotesV1, configOf(quotesV2));
    expect(ports.http.port).toBe(8081);
    expect(config).toEqual({ maxItems: 2 });
  });

  test('is refused for a removed call and a new required key, both in one message', () => {
    const { problems, message } = refusal(() => load(quotesV1, configOf(quotesV3)));
    expect(problems).toEqual([
      { path: 'calls.web', message: 'the ConfigMap has no call web, which this build makes; deploy the image and the ConfigMap of the same description' },
      { path: 'required', message: 'the ConfigMap requires the configuration key region, which this build does not know; deploy the image built from it' },
    ]);
    problems.forEach(problem => expect(message).toContain(problem.message));
  });

  test('is refused with everything that is missing or wrong, at once', () => {
    const { service: _, ...content } = configOf(orders);
    const broken = {
      ...content,
      ports: { http: { protocol: 'grpc', port: 8080 } }, calls: {}, secrets: {}, topics: undefined,
      stores: { db: { ...content.stores.db, database: undefined }, cache: { ...content.stores.cache, kind: 'postgres' } },
      shutdown: { drainSeconds: -1, graceSeconds: 8 },
      config: { maxItems: 0, limits: { daily: 'many' } },
    };
    expect(refusal(() => load(orders, broken)).problems.map(({ path }) => path)).toEqual([
      'service', 'shutdown.drainSeconds',
      'ports.http.protocol', 'ports.line', 'calls.web', 'calls.line', 'calls.payments', 'stores.cache.kind', 'stores.db.database', 'stores.cache.database',
      'secrets.stripe', 'topics.produces.placed',
      'config.maxItems', 'config.limits.daily', 'config.limits.weekly',
    ]);
  });

  test('is refused when it is that of another service', () => {
    expect(refusal(() => load(quotesV1, { ...configOf(quotesV1), service: 'orders' })).problems)
      .toEqual([{ path: 'service', message: 'is "orders", but this build expects "quotes"; deploy the image and the ConfigMap of the same description' }]);
  });
});
