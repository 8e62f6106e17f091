import { join } from 'node:path';
import { z } from 'zod';
import { schemas } from '../../src/cli/schemas';
import { specCheckResultSchema } from '../../src/cli/spec/check';
import { descriptionProblems, type Description } from '../../src/spec/description';
import { runtimeConfigSchema } from '../../src/spec/runtime-config';
import { emptyFolder, install, martyHere, removeFolders, repository, write, type Outcome } from './_world';

const petstore = join(repository, 'examples', 'petstore');
const descriptionIn = ({ out }: Outcome) => JSON.parse(out) as Description;

afterAll(removeFolders);

describe('marty spec', () => {
  test('prints a description that is one, the services in the order of their names', async () => {
    const outcome = await martyHere(petstore, ['spec']);
    expect({ ...outcome, out: '' }).toEqual({ exit: 0, out: '', err: '' });
    expect(descriptionProblems(JSON.parse(outcome.out))).toEqual([]);
    expect(descriptionIn(outcome).services.map(({ name }) => name)).toEqual(['gateway', 'notifications', 'orders', 'payments', 'pets', 'reports', 'search', 'users']);
  });

  test('prints named services with all that they call, so that the description stands by itself', async () => {
    const outcome = await martyHere(petstore, ['spec', 'orders']);
    expect(descriptionIn(outcome).services.map(({ name }) => name)).toEqual(['orders', 'payments']);
    expect(descriptionProblems(JSON.parse(outcome.out))).toEqual([]);
    expect((await martyHere(petstore, ['spec', 'payments', 'orders'])).out).toBe(outcome.out);
  });

  test('prints with --env what the processes of the named services read', async () => {
    const { out } = await martyHere(petstore, ['spec', 'orders', 'gateway', '--env', 'production-eu']);
    const configs = z.record(z.string(), runtimeConfigSchema).parse(JSON.parse(out));
    expect(Object.keys(configs)).toEqual(['gateway', 'orders']);
    expect(configs.orders.config).toEqual({ maxItems: 50, currency: 'EUR', limits: { daily: 20, weekly: 500 } });
  });

  test('publishes the schema of everything that is printed as JSON', async () => {
    for (const name of Object.keys(schemas)) {
      const { exit, out } = await martyHere('/', ['spec', '--schema', name]);
      expect(exit).toBe(0);
      expect(() => z.fromJSONSchema(JSON.parse(out) as Record<string, unknown>)).not.toThrow();
    }
    expect((await martyHere('/', ['spec', '--schema'])).out).toBe((await martyHere('/', ['spec', '--schema', 'description'])).out);
  });

  test.each([
    [['spec', 'order'], 'service: is order, expected one of gateway, notifications, orders, payments'],
    [['spec', '--env', 'prod'], 'environment is "prod", expected one of dev'],
    [['spec', '--schema', 'sinth'], '--schema is sinth, expected one of description, runtime'],
    [['spec', '--env', 'dev', '--schema'], '--env and --schema exclude each other'],
    [['spec', 'orders', '--check', 'x.json'], '--check takes no services, but orders is given'],
    [['spec', '--check', 'nowhere.json'], '--check is nowhere.json, which is not there'],
  ])('refuses %j as wrong use', async (args, message) => {
    const { exit, out, err } = await martyHere(petstore, args);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('marty spec --check', () => {
  const document = async (change: (description: Description) => void) => {
    const description = descriptionIn(await martyHere(petstore, ['spec']));
    change(description);
    return JSON.stringify(description);
  };

  test('accepts a description from a file and from stdin', async () => {
    const text = await document(() => undefined);
    const folder = write(emptyFolder(), { 'fleet.json': text });
    const { exit, out, err } = await martyHere(folder, ['spec', '--check', 'fleet.json']);
    expect({ exit, out, err }).toEqual({ exit: 0, out: '', err: 'fleet.json: nothing is wrong; petstore with gateway, notifications, orders, payments, pets, reports, search, users\n' });
    const { out: json } = await martyHere('/', ['spec', '--check', '-', '--json'], { input: text });
    expect(specCheckResultSchema.parse(JSON.parse(json))).toEqual({ file: '-', platform: 'petstore', services: ['gateway', 'notifications', 'orders', 'payments', 'pets', 'reports', 'search', 'users'] });
  });

  test('tells everything that is wrong, each with its path', async () => {
    const input = await document(({ services, platform }) => {
      Object.assign(services[2], { replcas: 3, tier: 4 });
      Object.assign(platform.environments.dev, { zones: 0 });
    });
    const { exit, err } = await martyHere('/', ['spec', '--check', '-'], { input });
    expect(exit).toBe(3);
    expect(err.split('\n').slice(1).map(line => line.trim().split(':')[0])).toEqual(['platform.environments.dev.zones', 'services[2].tier', 'services[2].replcas', '']);
    const { exit: same, out } = await martyHere('/', ['spec', '--check', '-', '--json'], { input });
    expect({ same, error: JSON.parse(out) as unknown }).toMatchObject({ same: 3, error: { error: { code: 'SPEC_INVALID', problems: [{ path: 'platform.environments.dev.zones' }, {}, {}] } } });
  });

  test('tells what does not fit together, though each service is right alone', async () => {
    const input = await document(({ services }) => { services[3].exposure = 'none'; });
    const { exit, err } = await martyHere('/', ['spec', '--check', '-'], { input });
    expect(exit).toBe(3);
    expect(err).toContain('calls payments, whose exposure is "none"');
  });

  test('refuses what is no JSON', async () => {
    const { exit, err } = await martyHere('/', ['spec', '--check', '-'], { input: '{' });
    expect(exit).toBe(3);
    expect(err).toContain('stdin is no JSON');
  });
});

describe('the fleet module', () => {
  const services = (names: string) => `
    const platform = definePlatform({ name: 'shop', environments: { dev: { kubernetes: '1.37', domain: 'shop.example' } } });
    const [one, two, three] = ['one', 'two', 'three'].map(name => platform.microservice({ name, team: 't', image: 'shop/' + name }));
    ${names}`;
  const imported = "import { definePlatform } from 'marty-msf/spec';";

  test.each([
    ['TypeScript', { 'fleet.ts': `${imported} const x: number = 1; ${services('export { one }; export const list = [two, three, one];')}` }],
    ['ESM TypeScript', { 'fleet.ts': `${imported} ${services('export const all = { one, two }; await Promise.resolve(); export { three };')}`, 'package.json': '{ "type": "module" }' }],
    ['ESM JavaScript', { 'fleet.mjs': `${imported} ${services('export default [one, two, three];')}` }],
    ['CommonJS', { 'fleet.js': `const { definePlatform } = require('marty-msf/spec'); ${services('module.exports = { one, two, three };')}` }],
  ])('may be %s, with services exported alone, in lists and in objects', async (_, files: Record<string, string>) => {
    const folder = install(write(emptyFolder(), { ...files, 'cdk8s.yaml': `fleet: ${Object.keys(files)[0]}\n` }));
    const outcome = await martyHere(folder, ['spec']);
    expect(outcome.err).toBe('');
    expect(descriptionIn(outcome).services.map(({ name }) => name)).toEqual(['one', 'three', 'two']);
  });

  test('says what is wrong with a description as the module itself would', async () => {
    const folder = install(write(emptyFolder(), { 'fleet.ts': `${imported} ${services('export const four = platform.microservice({ name: "4", image: "x" } as never);')}`, 'cdk8s.yaml': 'fleet: fleet.ts' }));
    const { exit, err } = await martyHere(folder, ['spec']);
    expect(exit).toBe(3);
    expect(err.split('\n')[0]).toBe('error: the service 4 cannot be used:');
    expect(err).not.toContain('    at ');
  });
});
