import { join } from 'node:path';
import { explainResultSchema } from '../../src/cli/explain/result';
import { emptyFolder, martyHere, removeFolders, repository, write } from './_world';

const petstore = join(repository, 'examples', 'petstore');

afterAll(removeFolders);

describe('marty explain', () => {
  test('prints the value, and below it every layer with a star at the one that wins', async () => {
    const { exit, out, err } = await martyHere(petstore, ['explain', 'production-eu', 'orders.config.limits.weekly']);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'orders.config.limits.weekly in production-eu is 500',
      '',
      '   default     50',
      '*  production  500',
      '',
    ]);
  });

  test('prints JSON that its schema describes', async () => {
    const { out } = await martyHere(petstore, ['explain', 'production', 'environment.zones', '--json']);
    expect(explainResultSchema.parse(JSON.parse(out))).toEqual({
      environment: 'production', path: 'environment.zones', value: 3, layers: [{ name: 'production', value: 3, wins: true }],
    });
  });

  test('finds the fleet from another folder, and by another configuration file', async () => {
    const { out } = await martyHere('/', ['explain', 'dev', 'orders.scale', '--cwd', petstore]);
    expect(out).toContain('orders.scale in dev is {"replicas":2}');
    const { out: again } = await martyHere('/', ['explain', 'dev', 'orders.scale', '--config', join(petstore, 'cdk8s.yaml')]);
    expect(again).toBe(out);
  });

  test.each([
    [['explain', 'prod', 'orders.scale'], 'environment is "prod", expected one of dev, staging, production, production-eu'],
    [['explain', 'dev', 'order.scale'], 'path: begins with "order", expected environment or one of gateway, notifications, orders, payments'],
    [['explain', 'dev', 'orders.scales'], 'path: nothing is said at "orders.scales"'],
    [['explain', 'dev'], "missing required argument 'path'"],
  ])('refuses %j as wrong use', async (args, message) => {
    const { exit, out, err } = await martyHere(petstore, args);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('the fleet of a project', () => {
  const config = (fleet: string) => ({ 'cdk8s.yaml': `fleet: ${fleet}\n` });

  test.each([
    ['there is no cdk8s.yaml', {}, 'cdk8s.yaml is missing'],
    ['it is no YAML', { 'cdk8s.yaml': 'a: [' }, 'cdk8s.yaml is no YAML'],
    ['it is no object', { 'cdk8s.yaml': '3' }, 'cdk8s.yaml cannot be used'],
    ['it does not name the fleet', { 'cdk8s.yaml': 'app: node main.js' }, 'fleet is missing, expected for example `fleet: fleet.ts`'],
    ['it names it wrongly', { 'cdk8s.yaml': 'fleet: 3' }, 'fleet: is 3, expected a string'],
    ['the module is not there', config('nowhere.ts'), 'fleet is nowhere.ts, which is not there'],
    ['the module exports no service', { ...config('fleet.ts'), 'fleet.ts': 'export const services = [];' }, 'fleet.ts exports no service'],
    ['the module does not compile', { ...config('fleet.ts'), 'fleet.ts': 'export const = 3;' }, 'fleet.ts cannot be loaded'],
    ['the module throws', { ...config('fleet.ts'), 'fleet.ts': '\nthrow new Error("no luck");' }, 'fleet.ts cannot be loaded: no luck (fleet.ts, line 2)'],
  ])('is refused when %s', async (_, files, message) => {
    const { exit, err } = await martyHere(write(emptyFolder(), files), ['explain', 'dev', 'orders.scale']);
    expect(exit).toBe(3);
    expect(err).toContain(message);
  });
});
