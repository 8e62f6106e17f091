import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definePlatform, cloudFactsOf, checkInfrastructure } from '../../src/spec';
import { settleService } from '../../src/spec/settle';
import { contentOf, emptyFolder, martyHere, removeFolders, write } from './_world';

afterAll(removeFolders);

const production = {
  format: 1, cloud: 'aws', environment: 'production', region: 'eu-central-1', account: '333333333333',
  cluster: { name: 'shop-production', kubernetes: '1.34', endpoint: 'https://ABC.gr7.eu-central-1.eks.amazonaws.com', certificateAuthority: 'Q0EK', zones: 3 },
  network: { id: 'vpc-1', cidr: '10.30.0.0/16', data: ['10.30.17.0/24', '10.30.49.0/24'] },
  stores: { 'orders.db': { kind: 'postgres', host: 'orders.cluster-x.eu-central-1.rds.amazonaws.com', port: 5432, secret: 'arn:aws:secretsmanager:eu-central-1:333333333333:secret:rds!cluster-1' } },
};
const terraform = (value: unknown) => JSON.stringify({ infrastructure: { sensitive: false, type: ['object', {}], value }, kubeconfig_command: { value: 'aws eks', type: 'string' } });
const cdktf = (...values: Record<string, unknown>[]) => JSON.stringify(Object.fromEntries(values.map((value, index) => [String(value.environment ?? `stack${index}`), { infrastructure: value }])));

describe('marty infra config', () => {
  test('takes what terraform prints, and what cdktf writes of several stacks', async () => {
    const folder = write(emptyFolder(), { 'one.json': terraform(production), 'all.json': cdktf(production, { ...production, environment: 'staging' }) });
    const one = await martyHere(folder, ['infra', 'config', 'one.json']);
    expect([one.exit, JSON.parse(one.out)]).toEqual([0, { environments: { production } }]);
    const all = await martyHere(folder, ['infra', 'config', 'all.json', '--out', 'infrastructure']);
    expect([all.exit, all.err]).toEqual([0, 'infrastructure: 2 of 2 files written\n']);
    expect(Object.keys(contentOf(join(folder, 'infrastructure')))).toEqual(['production.json', 'staging.json']);
    const again = await martyHere(folder, ['infra', 'config', 'all.json', '--out', 'infrastructure', '--dry-run']);
    expect([again.out, again.err]).toEqual(['', 'infrastructure: 0 of 2 files would be written\n']);
  });

  test('writes a file that descriptions read their facts from', async () => {
    const folder = write(emptyFolder(), { 'one.json': terraform(production) });
    await martyHere(folder, ['infra', 'config', 'one.json', '--out', 'infrastructure']);
    const facts = cloudFactsOf(JSON.parse(readFileSync(join(folder, 'infrastructure', 'production.json'), 'utf8')));
    const platform = definePlatform({ name: 'shop', environments: { production: { ...facts, domain: 'shop.example', secretStore: { name: 'aws' } } } });
    const orders = platform.microservice({ name: 'orders', team: 'a', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: platform.postgres() } });
    expect(settleService(orders, 'production').stores.db).toMatchObject({
      host: production.stores['orders.db'].host, port: 5432, secret: production.stores['orders.db'].secret, database: 'orders_db',
    });
  });

  test.each<[string, string, string]>([
    ['what is no JSON', 'oops', 'is no JSON'],
    ['nothing', '', 'it is empty'],
    ['outputs of another stack', JSON.stringify({ vpc_id: { value: 'vpc-1', type: 'string' } }), 'has no output named infrastructure, only vpc_id'],
    ['a cluster without an address', terraform({ ...production, cluster: { ...production.cluster, endpoint: 'ABC' } }), 'cluster.endpoint'],
    ['a form of another version', terraform({ ...production, format: 2 }), 'format'],
    ['two stacks of one environment', cdktf(production, { ...production, environment: undefined, cloud: 'aws', region: 'x' }).replace('"stack1"', '"production2"').replace(/("production2":\{"infrastructure":\{"format":1,"cloud":"aws",)/, '$1"environment":"production",'), 'of Kubernetes 1.34 in x of 333333333333, expected shop-production of Kubernetes 1.34 in eu-central-1 of 333333333333; correct it, or give one of them another environment'],
    ['a stack that names no environment', terraform({ ...production, environment: undefined }), 'name the environment with --environment'],
  ])('refuses %s, and writes nothing', async (_, text, message) => {
    const folder = write(emptyFolder(), { 'outputs.json': text });
    const { exit, err } = await martyHere(folder, ['infra', 'config', 'outputs.json', '--out', 'infrastructure']);
    expect(exit).toBe(3);
    expect(err).toContain(message);
    expect(Object.keys(contentOf(folder))).toEqual(['outputs.json']);
  });

  test('puts together what several stacks made for one environment', async () => {
    const team = (store: string, prefix: string) => ({
      ...production, stores: { [store]: { kind: 'bucket', bucket: 'files-of-a-team', region: 'eu-central-1' } },
      topics: { region: 'eu-central-1', account: production.account, prefix, cidrs: ['10.30.18.0/24'] },
    });
    const all = (...stacks: object[]) => JSON.stringify(Object.fromEntries(stacks.map((value, index) => [`stack${index}`, { infrastructure: value }])));
    const folder = write(emptyFolder(), {
      'good.json': all(production, team('mails.files', 'shop'), team('web.files', 'shop')),
      'bad.json': all(production, team('orders.db', 'shop'), team('web.files', 'crm')),
    });
    const { out } = await martyHere(folder, ['infra', 'config', 'good.json']);
    const { environments } = JSON.parse(out) as { environments: Record<string, typeof production> };
    expect(Object.keys(environments.production.stores)).toEqual(['orders.db', 'mails.files', 'web.files']);
    expect(environments.production).toMatchObject({ cluster: production.cluster, topics: { prefix: 'shop' } });
    const { exit, err } = await martyHere(folder, ['infra', 'config', 'bad.json']);
    expect(exit).toBe(3);
    expect(err).toContain('stack1: is for production as stack0 is, and has orders.db, which stack0 has too; let one of them make it');
    const zone = (id: string) => ({ ...production, stores: {}, dns: { zones: { shop: { id, name: 'shop.example', private: false } }, certificates: {} } });
    const zones = await martyHere(write(folder, { 'zones.json': all(zone('Z1'), zone('Z2')) }), ['infra', 'config', 'zones.json']);
    expect(zones.err).toContain('has a zone called shop, as stack0 has another');
    const mixed = await martyHere(write(folder, { 'mixed.json': all(team('a.files', 'shop'), team('web.files', 'crm')) }), ['infra', 'config', 'mixed.json']);
    expect(mixed.err).toContain('has topics that begin with crm, expected shop; say the same prefix in the topics of both');
  });

  test('takes the outputs of several stacks from a file each', async () => {
    const mails = { ...production, stores: { 'mails.files': { kind: 'bucket', bucket: 'files-of-mails', region: 'eu-central-1' } } };
    const folder = write(emptyFolder(), { 'cluster.json': terraform(production), 'mails.json': terraform(mails), 'again.json': terraform(mails) });
    const { out } = await martyHere(folder, ['infra', 'config', 'cluster.json', 'mails.json']);
    expect(Object.keys((JSON.parse(out) as { environments: { production: typeof production } }).environments.production.stores)).toEqual(['orders.db', 'mails.files']);
    expect((await martyHere(folder, ['infra', 'config', 'mails.json', 'again.json'])).err).toContain('again.json: is for production as mails.json is, and has mails.files');
  });

  test('does not forget what a file tells of a stack that is not among the outputs', async () => {
    const before = { ...production, karpenter: { queue: 'shop', instanceProfile: 'shop' }, controllers: ['external-secrets'] };
    const folder = write(emptyFolder(), { 'all.json': terraform(before), 'team.json': terraform({ ...production, stores: {} }) });
    await martyHere(folder, ['infra', 'config', 'all.json', '--out', 'facts']);
    const kept = contentOf(folder);
    const { exit, err } = await martyHere(folder, ['infra', 'config', 'team.json', '--out', 'facts']);
    expect(exit).toBe(3);
    for (const lost of ['stores.orders.db', 'controllers.external-secrets', 'karpenter']) expect(err).toContain(`facts/production.json: tells of ${lost}, and the outputs do not`);
    expect(err).toContain('say --prune where they are gone');
    expect(contentOf(folder)).toEqual(kept);
    expect((await martyHere(folder, ['infra', 'config', 'team.json', '--out', 'facts', '--prune'])).err).toBe('facts: 1 of 1 files written\n');
  });

  test('names the environment where the stack does not', async () => {
    const folder = write(emptyFolder(), { 'outputs.json': terraform({ ...production, environment: undefined }) });
    const { out } = await martyHere(folder, ['infra', 'config', 'outputs.json', '--environment', 'staging']);
    expect(Object.keys((JSON.parse(out) as { environments: object }).environments)).toEqual(['staging']);
  });

  test('refuses --dry-run without --out, and a file that is not there', async () => {
    expect((await martyHere(emptyFolder(), ['infra', 'config', 'x.json', '--dry-run'])).exit).toBe(2);
    expect((await martyHere(emptyFolder(), ['infra', 'config', 'x.json'])).err).toContain('x.json: there is no such file');
  });
});

test('what a cloud made is checked field by field', () => {
  expect(() => checkInfrastructure({ ...production, stores: { orders: { kind: 'postgres' } } })).toThrow(/expected <service>\.<store>/);
});

describe('marty infra controllers', () => {
  const where = ['--repository', 'https://git.example/ops.git', '--path', 'controllers'];
  const made = { ...production, controllers: ['external-secrets'], disks: { provisioner: 'ebs.csi.aws.com', key: 'arn:aws:kms:eu-central-1:333333333333:key/1' } };

  test('writes a folder for each environment, and nothing twice', async () => {
    const folder = write(emptyFolder(), { 'all.json': cdktf(made, { ...made, environment: 'staging' }) });
    const first = await martyHere(folder, ['infra', 'controllers', 'all.json', ...where, '--out', 'controllers']);
    expect([first.exit, first.err]).toEqual([0, 'controllers: 6 of 6 files written\n']);
    const content = contentOf(join(folder, 'controllers'));
    expect(Object.keys(content)).toEqual(['production', 'staging'].flatMap(name => ['controllers.yaml', 'objects/external-secrets.yaml', 'objects/storage.yaml'].map(file => `${name}/${file}`)));
    expect(content['staging/controllers.yaml']).toContain('path: controllers/staging\n');
    const again = await martyHere(folder, ['infra', 'controllers', 'all.json', ...where, '--out', 'controllers']);
    expect([again.exit, again.err]).toEqual([0, 'controllers: 0 of 6 files written\n']);
  });

  test('says so where nothing is to be installed', async () => {
    const folder = write(emptyFolder(), { 'one.json': terraform(production) });
    const { exit, err } = await martyHere(folder, ['infra', 'controllers', 'one.json', ...where, '--out', 'controllers']);
    expect([exit, err]).toEqual([0, expect.stringContaining('there is nothing to install')]);
  });

  test('prints everything as one stream, or as JSON by file', async () => {
    const folder = write(emptyFolder(), { 'one.json': terraform(made) });
    const printed = await martyHere(folder, ['infra', 'controllers', 'one.json', ...where, '--tool', 'flux']);
    expect([printed.exit, printed.out.match(/^kind: \w+$/gm)]).toEqual([0, [
      'kind: GitRepository', 'kind: Kustomization', 'kind: Kustomization', 'kind: HelmRepository', 'kind: HelmRelease', 'kind: ClusterSecretStore', 'kind: StorageClass',
    ]]);
    const json = await martyHere(folder, ['infra', 'controllers', 'one.json', ...where, '--json']);
    expect(Object.keys((JSON.parse(json.out) as { files: object }).files)).toContain('production/objects/storage.yaml');
  });

  test.each<[string, readonly string[], string]>([
    ['another tool', ['--tool', 'argocd'], '--tool is "argocd", expected argo-cd or flux; did you mean argo-cd?'],
    ['a repository with a password', ['--repository', 'https://me:secret@git.example/ops.git'], '--repository'],
    ['a path out of the repository', ['--path', '../ops'], '--path'],
  ])('refuses %s', async (_, flags, message) => {
    const folder = write(emptyFolder(), { 'one.json': terraform(made) });
    const { exit, err, out } = await martyHere(folder, ['infra', 'controllers', 'one.json', ...where, ...flags, '--out', 'controllers']);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).not.toContain('secret');
    expect(Object.keys(contentOf(folder))).toEqual(['one.json']);
  });
});
