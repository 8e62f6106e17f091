import { join } from 'node:path';
import { App, Testing, Yaml } from 'cdk8s';
import { parse } from 'yaml';
import { PlatformChart } from '../../src/charts';
import { definePlatform, secret, type MicroserviceSpec } from '../../src/spec';
import { parseDescription } from '../../src/spec/description';
import { factsOf } from '../../src/spec/environments';
import { settleService } from '../../src/spec/settle';
import { fleetsOf } from '../support/arbitrary-fleet';
import { exampleFleets } from '../support/examples';
import { expectedOf, sealedFile, sealedSecret, sopsFile, sopsSecret } from '../support/encrypted';
import { inFolder, put } from '../support/folder';
import { inventoryOf, manifestsIn, releasesOf, renderApp, type Manifest } from '../support/manifests';
import { refusalOf } from '../support/problems';
import { allFacts, minimal } from '../support/shop';

const shop = definePlatform({
  name: 'shop',
  environments: {
    files: { ...allFacts, secretStore: { kind: 'existing' } },
    store: { extends: 'files', secretStore: { name: 'vault' } },
    csi: { extends: 'files', secretStore: { kind: 'csi' } },
  },
});
const service = (name: string, fields: object) => shop.microservice({ ...minimal, name, ...fields }) as unknown as MicroserviceSpec;
const api = service('api', { secrets: { token: secret('token') }, stores: { db: shop.postgres() } });
const jobs = service('jobs', { secrets: { key: secret('key') } });
const plain = service('plain', {});
const expected = (described: MicroserviceSpec, environment = 'files') => expectedOf(settleService(described, environment));

/** Renders services with a folder that holds these files. */
function render(files: Readonly<Record<string, string>>, services: readonly MicroserviceSpec[] = [api, plain], environment = 'files') {
  return inFolder(folder => {
    put(folder, files);
    const app = new App();
    const chart = new PlatformChart(app, environment, { environment, services, releases: releasesOf(services), secrets: folder });
    return { app, chart, ...renderApp(app) };
  });
}
const problems = (...args: Parameters<typeof render>) => refusalOf('SECRETS_INVALID', () => render(...args)).map(line => line.replace(/^.*\/marty-[^/]+\//, ''));

const files = { 'files/api.yaml': sopsFile(expected(api)) };

describe('an encrypted Secret', () => {
  test.each([['sops', sopsFile, sopsSecret], ['sealed', sealedFile, sealedSecret]])('is passed through as it is, in its own order: %s', (_, text, object) => {
    const { app, chart, manifests } = render({ 'files/api.yaml': text(expected(api)) });
    const [passed] = manifests.filter(({ metadata }) => metadata.name === 'api-secrets');
    const same = JSON.stringify(object(expected(api)));
    expect(JSON.stringify(passed)).toBe(same);
    const documents = manifestsIn(app.synthYaml() as string);
    expect(JSON.stringify(documents.find(({ metadata }) => metadata.name === 'api-secrets'))).toBe(same);
    expect(JSON.stringify((Testing.synth(chart.microservices.api.node.scope as never) as Manifest[]).find(({ metadata }) => metadata.name === 'api-secrets'))).toBe(same);
    expect(JSON.stringify(parse(Yaml.stringify(passed)))).toBe(same);
  });

  test('goes where its service goes, and nothing else changes', () => {
    const { text, manifests } = render(files);
    expect(text()).toContain('--- # files/api/secret-api-secrets.yaml\n');
    const app = new App();
    new PlatformChart(app, 'files', { environment: 'files', services: [api, plain], releases: releasesOf([api, plain]) });
    expect(inventoryOf(manifests).filter(name => name !== 'Secret/api-secrets')).toEqual(inventoryOf(renderApp(app).manifests));
  });

  test('gets none of the annotations, patches and waivers of its service', () => {
    const said = service('api', { annotations: { 'acme.example/a': 'b' }, waivers: [{ rule: 'default-namespace', reason: 'it is meant to be so' }], secrets: { token: secret('token') } });
    const { manifests } = render({ 'files/api.yaml': sopsFile(expected(said)) }, [said]);
    expect(manifests.find(({ kind }) => kind === 'Secret')).toEqual(sopsSecret(expected(said)));
  });

  test.each([
    ['sops', { ...sopsSecret(expected(api)), immutable: 'yes' }, 'immutable'],
    ['sealed', { ...sealedSecret(expected(api)), spec: { ...sealedSecret(expected(api)).spec, stringData: { 'secrets.token': 'hunter2' } } }, 'spec.stringData'],
  ])('is held against its schema, and shows no value: %s', (_, object, field) => {
    const found = refusalOf('MANIFEST_INVALID', () => render({ 'files/api.yaml': Yaml.stringify(object) }).text());
    expect(found).toEqual([expect.stringContaining(field)]);
    expect(found.join()).not.toContain('hunter2');
  });
});

describe('a folder of them', () => {
  test('lacks no service that reads secrets, and has no other', () => {
    expect(problems({ 'files/plain.yaml': '', 'files/apii.yaml': '', 'files/jobs.yml': '', 'files/.sops.yaml': '', 'files/README.md': '', 'other/api.yaml': '' }, [api, jobs, plain])).toEqual([
      'files/apii.yaml: is of no service that reads secrets here, expected api.yaml, jobs.yaml',
      'files/jobs.yml: is of no service that reads secrets here, expected api.yaml, jobs.yaml',
      'files/plain.yaml: is of no service that reads secrets here, expected api.yaml, jobs.yaml',
      'files/api.yaml: is missing; put the Secret api-secrets of namespace shop there, sealed or encrypted, with secrets.token, stores.db.password, stores.db.username',
      'files/jobs.yaml: is missing; put the Secret jobs-secrets of namespace shop there, sealed or encrypted, with secrets.key',
    ]);
  });

  test('is refused whole, with everything that is wrong in any of its files', () => {
    expect(problems({ 'files/api.yaml': sopsFile({ ...expected(api), name: 'api' }), 'files/jobs.yaml': sealedFile({ ...expected(jobs), keys: ['other'] }) }, [api, jobs])).toEqual([
      'files/api.yaml: metadata.name: is "api", expected "api-secrets", which the pods of the service mount',
      'files/jobs.yaml: spec.encryptedData.secrets.key: is missing; the service reads secrets.key',
      'files/jobs.yaml: spec.encryptedData.other: is nothing that the service reads; it reads secrets.key',
    ]);
  });

  test.each([
    ['no YAML', 'stringData:\n  token: [hunter2\n', 'is no YAML at line 3'],
    ['empty', '', 'holds 0 objects, expected the one Secret that the pods mount'],
    ['two objects', `${sopsFile(expected(api))}---\n${sopsFile(expected(api))}`, 'holds 2 objects, expected the one Secret that the pods mount'],
    ['a Secret in clear', 'apiVersion: v1\nkind: Secret\nmetadata: { name: api-secrets, namespace: shop }\nstringData: { secrets.token: hunter2 }\n', 'is a Secret that is not encrypted; use `sops encrypt --encrypted-regex \'^(data|stringData)$\'`, or seal it with `kubeseal`, and let no history keep what stood there'],
  ])('has no file that is %s', (_, text, problem) => {
    expect(problems({ 'files/api.yaml': text })).toEqual([`files/api.yaml: ${problem}`]);
  });

  test.each([['store', 'fetches secrets from ClusterSecretStore vault'], ['csi', 'mounts secrets by the CSI driver']])('is no second maker of Secrets: %s', (environment, made) => {
    expect(problems({ [`${environment}/api.yaml`]: sopsFile(expected(api, environment)) }, [api], environment)).toEqual([
      `environments.${environment}.secretStore: ${made}, but there is a folder of encrypted ones; say { kind: 'existing' }, or leave the folder out`,
    ]);
  });

  test('may be missing where nothing is read', () => {
    expect(() => render({}, [plain])).not.toThrow();
    expect(() => render({}, [plain], 'store')).not.toThrow();
  });
});

test('whatever services read, what is encrypted for them is accepted, in every environment without a store', () => {
  let rendered = 0;
  for (const description of fleetsOf(4, 60)) {
    const services = parseDescription(description);
    const { platform } = services[0];
    for (const environment of Object.keys(platform.environments).filter(name => factsOf(platform, name).secretStore?.kind === 'existing')) {
      const readers = services.map(described => ({ name: described.name, expected: expectedOf(settleService(described, environment)) }))
        .filter(reader => reader.expected.keys.length);
      const written = readers.map((reader, index) => [join(environment, `${reader.name}.yaml`), (index % 2 ? sealedFile : sopsFile)(reader.expected)] as const);
      const { manifests } = render(Object.fromEntries(written), services, environment);
      expect(manifests.filter(({ kind }) => kind === 'Secret' || kind === 'SealedSecret')).toHaveLength(readers.length);
      rendered += readers.length;
    }
  }
  expect(rendered).toBeGreaterThan(10);
});

test.each([['sealed', 'SealedSecret'], ['sops', 'Secret']])('the example has what real tools made: %s', (environment, kind) => {
  const { services = [], folder = '' } = exampleFleets().find(({ name }) => name === 'workloads') ?? {};
  const app = new App();
  new PlatformChart(app, environment, { environment, services, releases: releasesOf(services), secrets: join(folder, 'secrets') });
  const rendered = renderApp(app);
  expect(rendered.manifests.filter(({ metadata }) => metadata.name === 'shop-secrets').map(manifest => manifest.kind)).toEqual([kind]);
  expect(() => rendered.text()).not.toThrow();
});
