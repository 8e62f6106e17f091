import { join } from 'node:path';
import { z } from 'zod';
import { contractExportResultSchema } from '../../src/cli/contract/result';
import { schemas } from '../../src/cli/schemas';
import { contractDocumentSchema } from '../../src/spec/contract';
import { emptyFolder, install, martyHere, petstore, removeFolders, run, write, contentOf, repository } from './_world';

afterAll(removeFolders);

const project = petstore();
const exportOf = async (...args: readonly string[]) => martyHere(project, ['contract', 'export', ...args]);

describe('marty contract export', () => {
  test('prints the ports of a service and where it is in each environment', async () => {
    const { exit, out } = await exportOf('orders');
    expect(exit).toBe(0);
    const contract = contractDocumentSchema.parse(JSON.parse(out));
    expect(contract).toMatchObject({ format: 'marty-msf/contract/v1', platform: 'petstore', services: { orders: { ports: { http: { protocol: 'http', port: 8080 } } } } });
    expect(Object.keys(contract.services)).toEqual(['orders']);
    expect(Object.keys(contract.services.orders.environments)).toEqual(['dev', 'production', 'production-eu', 'staging']);
    expect(contract.services.orders.environments.production).toEqual({
      namespace: 'petstore', service: 'orders', host: 'orders.petstore.svc.cluster.local', labels: { 'app.kubernetes.io/instance': 'orders' },
    });
  });

  test('has every service that can be called when none is named', async () => {
    const { services } = contractDocumentSchema.parse(JSON.parse((await exportOf()).out));
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['gateway', 'orders', 'payments']));
    expect(Object.keys(services)).not.toContain('notifications');
  });

  test('prints what its published schema describes', async () => {
    const read = z.fromJSONSchema(schemas.contract());
    expect(z.safeParse(read, JSON.parse((await exportOf()).out)).error).toBeUndefined();
    expect(z.safeParse(read, { format: 'marty-msf/contract/v2' }).success).toBe(false);
  });

  test('prints TypeScript that the compiler reads as it is', async () => {
    const { out } = await exportOf('orders', '--format', 'ts');
    expect(out.split('\n').slice(0, 2)).toEqual(['// written by `marty contract export` in the repository of petstore; do not edit', 'export const contract = {']);
    const folder = write(install(emptyFolder()), { 'contract.ts': out, 'main.ts': "import { contract } from './contract';\nconst port: 8080 = contract.services.orders.ports.http.port;\nconsole.log(port, contract.format);\n" });
    const { exit, out: printed } = run(folder, process.execPath, [join(repository, 'node_modules/jiti/lib/jiti-cli.mjs'), 'main.ts']);
    expect([exit, printed]).toEqual([0, '8080 marty-msf/contract/v1\n']);
  });

  test('writes a file where it differs, in the form of its ending, and says so', async () => {
    const folder = emptyFolder();
    const out = join(folder, 'contracts', 'petstore.ts');
    expect((await exportOf('orders', '--out', out)).err).toBe(`${out}: written; petstore with orders\n`);
    expect(Object.values(contentOf(folder))).toEqual([expect.stringContaining('export const contract = {')]);
    expect((await exportOf('orders', '--out', out)).err).toContain('says the same already');
    const changed = await exportOf('orders', 'payments', '--out', out, '--json');
    expect(contractExportResultSchema.parse(JSON.parse(changed.out))).toEqual({ file: out, format: 'ts', platform: 'petstore', services: ['orders', 'payments'], written: true, dryRun: false });
    expect(Object.values(contentOf(folder))[0]).toContain('"payments"');
  });

  test('writes nothing on a dry run', async () => {
    const folder = emptyFolder();
    const { exit, err } = await exportOf('orders', '--out', join(folder, 'petstore.json'), '--dry-run');
    expect(exit).toBe(0);
    expect(err).toContain('petstore.json: would be written;');
    expect(contentOf(folder)).toEqual({});
  });

  test.each<[string, readonly string[], string]>([
    ['a service that is none', ['ordes'], 'service: is ordes, expected one of'],
    ['a worker, which nobody can call', ['notifications'], 'service: nobody can call what is named: notifications has no ports; leave it out'],
    ['a form that is none', ['--format', 'yaml'], '--format is yaml, expected json or ts'],
    ['a dry run of printing', ['--dry-run'], '--dry-run needs --out'],
  ])('refuses %s', async (_, args, message) => {
    const { exit, err, out } = await exportOf(...args);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test('refuses a file that cannot be written, and says which', async () => {
    const folder = write(emptyFolder(), { file: '' });
    const { exit, err } = await exportOf('orders', '--out', join(folder, 'file', 'contract.json'));
    expect(exit).toBe(3);
    expect(err).toContain(join(folder, 'file'));
  });
});

test('marty contract alone prints its help, and a wrong word is refused', async () => {
  const { exit, err } = await martyHere(project, ['contract']);
  expect(err).toContain('export [options] [service...]');
  expect(exit).toBe(2);
  expect((await martyHere(project, ['contract', 'exprt'])).err).toContain('Did you mean export?');
  expect((await martyHere(project, ['help', 'contract'])).out).toContain('export [options] [service...]');
});
