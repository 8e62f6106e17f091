import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { importManifests } from '../../src/cli/import/import';
import { importResultSchema, type ImportResult } from '../../src/cli/import/result';
import { typescriptOf } from '../../src/cli/import/typescript';
import { descriptionOf, parseDescription } from '../../src/spec/description';
import { exampleFleets } from '../support/examples';
import { inventoryOf, manifestsIn, renderPlatform, type Manifest } from '../support/manifests';
import { deployment, fatesOf, importOf, pod, service, servicesOf, sourceOf, yamlOf } from './_manifests';
import { emptyFolder, martyHere, removeFolders, repository, write } from './_world';
import type { MicroserviceSpec } from '../../src/spec';

const [petstore] = exampleFleets().filter(({ name }) => name === 'petstore');
const cases = join(repository, 'test', 'check', 'verdicts', 'cases');
const options = { environment: 'production' } as const;

/** The services that a TypeScript module exports, run as it was printed. */
function servicesIn(module: string): MicroserviceSpec[] {
  const { outputText } = ts.transpileModule(module, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: { services?: MicroserviceSpec[] } = {};
  const run = new Function('require', 'exports', outputText) as (load: (name: string) => unknown, target: object) => void;
  run(name => jest.requireActual(name), exported);
  return exported.services ?? [];
}

const patchesOf = (result: ImportResult) => servicesOf(result).map(({ patches }) => patches);

afterAll(removeFolders);

describe('what this package rendered', () => {
  test('gives back a description that renders equal, with nothing left to patch', async () => {
    const documents = renderPlatform(petstore.services, 'production').text().split(/^(?=--- )/m).filter(text => text.startsWith('--- # production/orders/'));
    const { exit, out, err } = await martyHere('/', ['import', '-', '--json'], { input: documents.join('') });
    const result = JSON.parse(out) as ImportResult;
    expect(importResultSchema.safeParse(result).error).toBeUndefined();
    expect({ exit, err, equal: result.equal, differences: result.differences }).toEqual({ exit: 0, err: '', equal: true, differences: [] });
    expect(servicesOf(result)).toHaveLength(1);
    const [orders] = servicesOf(result);
    expect(orders).not.toHaveProperty('patches');
    expect(orders).not.toHaveProperty('objects');
    expect(orders).toMatchObject({
      name: 'orders', team: 'commerce', image: 'ghcr.io/petstore/orders', ports: { http: { protocol: 'http', port: 8080 } }, scale: { min: 3, max: 12 },
      resources: { cpuMillis: 500, memoryMiB: 512 }, calls: { payments: { service: 'payments', timeoutMs: 800 } }, produces: { placed: 'orders.placed' },
      callers: expect.arrayContaining([{ name: 'gateway', ports: ['http'] }]), config: { reloadable: ['limits'] },
    });
  });

  test.each(petstore.environments)('in %s, the whole petstore does', async environment => {
    const input = renderPlatform(petstore.services, environment).text();
    const { exit, out } = await martyHere('/', ['import', '-', '--environment', environment, '--json'], { input });
    const result = JSON.parse(out) as ImportResult;
    expect({ exit, differences: result.differences }).toEqual({ exit: 0, differences: [] });
    expect(patchesOf(result).filter(Boolean)).toEqual([]);
    expect(result.workloads).toBe(petstore.services.length);
  });

  const others = exampleFleets().flatMap(({ name, services, environments }) => environments.map(environment => ({ name, services, environment })));
  test.each(others.filter(({ name }) => name !== 'kafka'))('so does the example $name in $environment', ({ services, environment }) => {
    const result = importManifests(sourceOf(renderPlatform(services, environment).text()), { environment });
    expect(result.differences).toEqual([]);
    expect(servicesOf(result).filter(({ patches, objects }) => patches ?? objects)).toEqual([]);
    expect(result.platform.filter(({ as }) => as !== 'rendered')).toEqual([]);
    expect(new Set(Object.values(fatesOf(result)))).toEqual(new Set(['described', 'platform']));
  });

  test.each(others.filter(({ name }) => name === 'kafka'))('a Kafka of one\'s own stays whole objects, and nothing differs: $environment', ({ services, environment }) => {
    const result = importManifests(sourceOf(renderPlatform(services, environment).text()), { environment });
    expect(result.differences).toEqual([]);
    expect(servicesOf(result).flatMap(({ objects = [] }) => objects as unknown[]).length).toBeGreaterThan(5);
  });
});

describe('a service with buckets', () => {
  test.each<[string, object, string[]]>([
    ['of S3 itself', { bucket: 'acme-files', region: 'eu-central-1' }, []],
    ['of S3 by its addresses, with a key pair', { bucket: 'acme-files', region: 'eu-central-1', cidrs: ['3.5.134.0/23'], credentials: 'secret' }, ['kv/files']],
    ['of a server of one\'s own', { bucket: 'api-files', at: { namespace: 'minio', service: 'minio' }, port: 9000, tls: false, region: 'here' }, ['kv/files']],
    ['of a server elsewhere', { bucket: 'files', at: { host: 'objects.acme.example', cidrs: ['10.20.18.0/24'] } }, ['kv/files']],
  ])('gives back where they are: %s', (_, place, secrets) => {
    const facts = { kubernetes: '1.35', domain: 'shop.example', secretStore: { name: 'vault' }, stores: { bucket: { servers: { 'api.files': place } } } };
    const files = { kind: 'bucket', ...Object.fromEntries(secrets.map(secret => ['secret', secret])) };
    const services = parseDescription({
      format: 'marty-msf/description/v1', platform: { name: 'shop', environments: { production: facts } },
      services: [{ name: 'api', team: 'a', tier: 1, image: 'ghcr.io/acme/shop', ports: { http: { protocol: 'http', port: 8080 } }, stores: { files } }],
    });
    const result = importManifests(sourceOf(renderPlatform(services, 'production').text()), { environment: 'production' });
    expect(result.differences).toEqual([]);
    expect(servicesOf(result).filter(({ patches, objects }) => patches ?? objects)).toEqual([]);
    expect(servicesOf(result)[0].stores).toEqual({ files });
    expect(result.description?.platform.environments.production).toMatchObject({ stores: facts.stores });
    expect(descriptionOf(servicesIn(typescriptOf(result))).services[0].stores).toEqual({ files });
  });
});

describe('a fleet whose topics are in AWS', () => {
  test.each<[string, object]>([
    ['reached by endpoints', { cidrs: ['10.20.18.0/24', '10.20.50.0/24'] }], ['reached over the internet', { cidrs: 'internet' }],
  ])('gives back where they are: %s', (_, reached) => {
    const topics = { at: 'aws', region: 'eu-central-1', account: '123456789012', prefix: 'shop', ...reached };
    const platform = { name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example', topics } } };
    const common = { team: 'a', tier: 1, image: 'ghcr.io/acme/shop', ports: { http: { protocol: 'http', port: 8080 } } };
    const services = parseDescription({
      format: 'marty-msf/description/v1', platform,
      topics: [{ name: 'order.placed', key: 'id', message: { type: 'object', properties: { id: {} } } }],
      services: [{ ...common, name: 'orders', produces: { placed: 'order.placed' } }, { ...common, name: 'mails', consumes: { placed: 'order.placed' } }],
    });
    const result = importManifests(sourceOf(renderPlatform(services, 'production').text()), { environment: 'production' });
    expect(result.differences).toEqual([]);
    expect(servicesOf(result).filter(({ patches, objects }) => patches ?? objects)).toEqual([]);
    expect(result.description?.platform.environments.production).toMatchObject({ topics });
  });
});

describe('as TypeScript', () => {
  test.each(['production', 'dev'])('the description says the same as JSON: %s', async environment => {
    const input = renderPlatform(petstore.services, environment).text();
    const { out: module } = await martyHere('/', ['import', '-', '--environment', environment], { input });
    const { out: json } = await martyHere('/', ['import', '-', '--environment', environment, '--json'], { input });
    const { description, releases } = JSON.parse(json) as ImportResult;
    const rendered = (services: readonly MicroserviceSpec[]) => renderPlatform(services, environment, releases).text();
    expect(rendered(servicesIn(module))).toBe(rendered(parseDescription(description)));
  });

  test('names are free, services stand behind those they call, and two that call each other do so by a contract', () => {
    const [one, other] = ['class', 'http'].map((name, index) => ({ name, team: 'web', image: 'a', ports: { http: { protocol: 'http', port: 8080 } }, calls: { other: { service: index ? 'class' : 'http', port: 'http', timeoutMs: 500 } } }));
    const platform = { name: 'shop', environments: { production: { kubernetes: '1.37', domain: 'shop.example' } } };
    const description = { format: 'marty-msf/description/v1', platform, services: [one, other], topics: [], externals: [] } as unknown as ImportResult['description'];
    const module = typescriptOf({ description, equal: false, environment: 'production', releases: {}, differences: ['a\nb'], platform: [], accounts: [], skipped: [], assumed: [], notes: [], objects: 0, workloads: 2 });
    expect(module.split('\n')[0]).toBe('// not expressed: a b');
    expect(descriptionOf(servicesIn(module)).services.map(({ name }) => name)).toEqual(['http', 'class']);
    expect(renderPlatform(servicesIn(module), 'production').text()).toContain('class.shop.svc.cluster.local');
  });

  test('texts with quotes, keys of every sort and many lines come through', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'odd' }, data: { 'a.b': "it's \"so\"\n\\n ${x} \u2028", '0': '' } };
    const result = importOf(deployment(), object);
    expect(result.differences).toEqual([]);
    expect(descriptionOf(servicesIn(typescriptOf(result))).services[0].objects).toEqual([object]);
  });
});

describe('foreign manifests', () => {
  test('are taken over with their names and selector, and render equal', () => {
    const result = importOf(deployment(), service());
    expect(result.differences).toEqual([]);
    expect(servicesOf(result)[0]).toMatchObject({ name: 'web-v1', image: 'nginx', scale: { replicas: 3 }, adopt: { service: 'web', container: 'web', selector: { app: 'web' } }, ports: { http: { protocol: 'http', port: 8080 } } });
    expect(result.releases).toEqual({ 'web-v1': '1.27' });
    const rendered = manifestsIn(renderPlatform(parseDescription(result.description), 'production', result.releases).text()).filter(({ metadata }) => metadata.name.startsWith('web'));
    expect(inventoryOf(rendered)).toEqual(['Deployment/web-v1', 'Service/web']);
  });

  test('get the name that is given', async () => {
    const { exit, out } = await martyHere('/', ['import', '-', '--name', 'shop-web', '--platform', 'shop', '--json'], { input: yamlOf(deployment(), service()) });
    expect(exit).toBe(0);
    expect(servicesOf(JSON.parse(out) as ImportResult)[0]).toMatchObject({ name: 'shop-web', adopt: { name: 'web-v1', service: 'web' } });
    expect((await martyHere('/', ['import', '-', '--name', 'x'], { input: yamlOf(deployment('a', { app: 'a' }), deployment('b', { app: 'b' })) })).exit).toBe(2);
    expect((await martyHere('/', ['import', '-', '--name', 'X'], { input: yamlOf(deployment()) })).err).toContain('--name is "X", expected a DNS label');
  });

  test.each([
    ['StatefulSet', 'stateful', { serviceName: 'web', updateStrategy: { type: 'OnDelete' }, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }] }],
    ['DaemonSet', 'daemon', { replicas: null }],
  ])('of kind %s become services too', (kind, meant, more) => {
    const { spec, ...rest } = deployment();
    const result = importOf({ ...rest, kind, spec: { ...spec, ...more } }, service());
    expect(result.differences).toEqual([]);
    expect(servicesOf(result)[0].workload).toEqual({ kind: meant });
  });

  test('that run on a schedule become services too', () => {
    const job = { template: pod({ app: 'nightly' }, { restartPolicy: 'OnFailure' }) };
    const result = importOf({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '5 0 * * *', concurrencyPolicy: 'Replace', jobTemplate: { spec: job } } });
    expect(result.differences).toEqual([]);
    expect(servicesOf(result)[0].workload).toEqual({ kind: 'schedule', cron: '5 0 * * *', concurrency: 'replace', keepFailed: 1, retries: 6 });
  });

  test('say with fields what there are fields for', () => {
    const container = {
      name: 'web', image: 'ghcr.io/acme/web@sha256:'.padEnd(88, '0'), args: ['--fast'], command: ['serve'],
      env: [{ name: 'MODE', value: 'on' }, { name: 'KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }, { name: 'MAYBE', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } }],
      ports: [{ name: 'http', containerPort: 8080 }, { name: 'grpc', containerPort: 9000 }, { containerPort: 53, protocol: 'UDP' }],
      resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 7, timeoutSeconds: 3 },
    };
    const object = deployment('web', { app: 'web' }, { containers: [container], nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }], terminationGracePeriodSeconds: 60 });
    const autoscaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 9, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 55 } } }] } };
    const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } } };
    const result = importOf({ ...object, spec: { ...object.spec, replicas: undefined, strategy: { type: 'Recreate' } } }, autoscaler, budget);
    expect(result.differences).toEqual([]);
    expect(servicesOf(result)[0]).toMatchObject({
      image: 'ghcr.io/acme/web', command: ['serve'], args: ['--fast'], variables: { MODE: 'on', KEY: { secret: 's', key: 'k' } },
      ports: { http: { protocol: 'http', port: 8080 }, grpc: { protocol: 'grpc', port: 9000 } }, scale: { min: 2, max: 9, cpuPercent: 55 }, disruption: { minAvailable: 1 },
      health: { periodSeconds: 7, timeoutSeconds: 3, graceSeconds: 60, port: 'http', readyPath: '/ready' }, rollout: { recreate: true },
      scheduling: { nodes: { disk: 'ssd' }, tolerations: [{ key: 'spot', effect: 'NoSchedule' }] }, resources: { cpuMillis: 250, memoryMiB: 512 },
    });
    expect(Object.keys(servicesOf(result)[0].variables ?? {})).toEqual(['MODE', 'KEY']);
  });

  test('of which no field and no patch can be made stand as raw objects', () => {
    const other = service({ app: 'web', tier: 'front' }, 'front');
    const front = deployment('web', { app: 'web', tier: 'front' });
    const result = importOf({ ...front, spec: { ...front.spec, selector: { matchLabels: { app: 'web' } } } }, other, { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'elsewhere' }, parts: [] });
    expect(result.differences).toEqual([]);
    expect((servicesOf(result)[0].objects as unknown as Manifest[]).map(({ kind }) => kind)).toEqual(['Service', 'Widget']);
    expect(servicesOf(result)[0].patches).toMatchObject({ Service: { $patch: 'delete' } });
  });

  test('whose pods cannot be told apart from those of others stand beside them', () => {
    const result = importOf(deployment('all', { app: 'web' }), deployment('some', { app: 'web', part: 'some' }));
    expect({ workloads: result.workloads, differences: result.differences, notes: result.notes.slice(0, 1) }).toEqual({
      workloads: 1, differences: [], notes: ['Deployment/all stands among the objects of another service: its pods cannot be told apart from those of others'],
    });
  });

  test('of one namespace are described at a time', () => {
    const placed = (namespace: string) => [deployment(), service()].map(object => ({ ...object, metadata: { ...object.metadata, namespace } }));
    const objects = [...placed('one'), ...placed('one').map(object => ({ ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-b` } })), ...placed('two')];
    const result = importManifests(sourceOf(yamlOf(...objects)), { ...options, namespace: 'two' });
    expect({ differences: result.differences, workloads: result.workloads, platform: result.description?.platform.name }).toEqual({ differences: [], workloads: 1, platform: 'two' });
  });
});

describe('what cannot be expressed', () => {
  test('is listed with its place, and the rest is described', async () => {
    const wrong = deployment('web', { app: 'web' }, { hostNetwrok: true });
    const { exit, out, err } = await martyHere('/', ['import', '-'], { input: yamlOf(wrong, { ...service(), apiVersion: 'v1beta9' }) });
    expect(exit).toBe(1);
    expect(err).toContain('stdin:1: Deployment/web spec.template.spec.hostNetwrok is no known field, expected a field of PodSpec; did you mean hostNetwork?');
    expect(err).toMatch(/stdin:\d+: Service\/web apiVersion/);
    expect(err).toContain('1 service of 2 objects; 2 differences, listed above');
    expect(out).toContain('// not expressed: stdin:1: Deployment/web');
    expect(servicesIn(out)).toHaveLength(1);
  });

  test('is all there is where nothing runs', async () => {
    const { exit, out, err } = await martyHere('/', ['import', '-'], { input: yamlOf(service()) });
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toContain('stdin:1: Service/web has no service that it could belong to');
  });

  test('of the recorded cases is what no API server takes', () => {
    const results = readdirSync(cases).map(file => ({ file, result: importManifests(sourceOf(readFileSync(join(cases, file), 'utf8')), options) }));
    expect(results).toHaveLength(112);
    expect(results.filter(({ result }) => !result.equal).map(({ file, result }) => `${file}: ${result.differences[0].replace(/^stdin:\d+: /, '')}`)).toEqual([
      'cronjob-restart-always.yaml: CronJob/nightly spec.jobTemplate.spec.template.spec.restartPolicy is "Always", expected one of "Never", "OnFailure"',
      'duplicate-env.yaml: Deployment/api spec.template.spec.containers[0].env[1] is a repetition of entry 0, expected entries that differ in name',
      'extensions-deployment.yaml: Deployment/api apiVersion is extensions/v1beta1 Deployment, which Kubernetes 1.37 does not serve, expected apps/v1',
      'removed-api-hpa.yaml: HorizontalPodAutoscaler/api apiVersion is autoscaling/v2beta2 HorizontalPodAutoscaler, which Kubernetes 1.37 does not serve, expected autoscaling/v2',
      'removed-api-pdb.yaml: PodDisruptionBudget/api apiVersion is policy/v1beta1 PodDisruptionBudget, which Kubernetes 1.37 does not serve, expected policy/v1',
      expect.stringMatching(/^selector-mismatch.yaml: /),
    ]);
  });
});

describe('the source', () => {
  test('may be a folder, with what is no object passed over by name', async () => {
    const folder = write(emptyFolder(), {
      'a/web.yaml': `# a comment\n${yamlOf(deployment())}---\n# nothing\n---\n`, 'b.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [service()] }),
      'values.yaml': 'replicas: 3\n', 'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n', 'readme.md': '{{', 'node_modules/x.yaml': '{',
    });
    const { exit, err } = await martyHere(folder, ['import', '.']);
    expect(exit).toBe(0);
    expect(err).toMatch(/^Skipped:\n {2}kustomization.yaml is a kustomization; import what `kustomize build` prints\n {2}values.yaml:1 is no object of a cluster: it has replicas\n[A-Z]/);
    expect(err).toMatch(/\n1 service of 2 objects; rendered, they are equal to what was read\n$/);
  });

  test('is read as Kubernetes reads it: octal numbers, keys that stand twice, merged maps', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\nx: &x { mode: 0644 }\ny: { <<: *x, other: "yes" }\nz: yes\n';
    const { objects, notes } = sourceOf(text);
    expect(objects[0].object).toMatchObject({ metadata: { name: 'b' }, y: { mode: 420, other: 'yes' }, z: 'yes' });
    expect(notes).toEqual(['stdin:5 has a key that stands above already; the last one counts']);
  });

  test.each([
    ['a template', 'kind: ConfigMap\nmetadata:\n{{- if .Values.name }}\n  name: a\n{{- end }}\n', 3, 'stdin:3: is no YAML'],
    ['a broken document behind a good one', `${yamlOf(service())}---\na: [1\nb: 2\n`, 3, 'is no YAML'],
    ['a bomb', `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdef'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdef'[index]}`).join(', ')}]\n`).join('')}`, 3, 'is no YAML that can be read'],
    ['nothing', '# nothing\n', 3, 'holds no Kubernetes object'],
  ])('that is %s is refused with its place', async (_, input, exit, message) => {
    const outcome = await martyHere('/', ['import', '-'], { input });
    expect(outcome).toMatchObject({ exit, out: '' });
    expect(outcome.err).toContain(message);
  });

  test('that is not there is a wrong use', async () => {
    expect(await martyHere('/', ['import', 'nowhere'])).toMatchObject({ exit: 2, err: 'error: nowhere is not there; expected a file or folder of manifests, or - for stdin\n' });
  });
});

describe('whatever is read, the command does not break', () => {
  const good = readdirSync(cases).slice(0, 20).map(file => parseAllDocuments(readFileSync(join(cases, file), 'utf8')).map(document => document.toJS() as object));
  const junk = fc.oneof(fc.constantFrom<unknown>(null, '', 0, -1, true, [], {}, 'x'.repeat(300), '1Gi', { a: null }, [null], ['a', {}]), fc.anything({ maxDepth: 2, withNullPrototype: false }));
  const outcomes: readonly unknown[] = [0, 1, 3];

  test('manifests with something else in one place', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...good), fc.nat(), fc.nat(), junk, async (objects, which, where, value) => {
      const copy = structuredClone(objects);
      const places: [Record<string, unknown>, string][] = [];
      const visit = (at: unknown): void => {
        if (typeof at !== 'object' || at === null) return;
        for (const key of Object.keys(at)) {
          places.push([at as Record<string, unknown>, key]);
          visit((at as Record<string, unknown>)[key]);
        }
      };
      visit(copy[which % copy.length]);
      const [place, key] = places[where % places.length];
      place[key] = value;
      let input: string;
      try {
        input = yamlOf(...copy);
      } catch {
        return;
      }
      const { exit, err } = await martyHere('/', ['import', '-'], { input });
      expect({ exit: outcomes.includes(exit), err: exit === 70 ? err : '' }).toEqual({ exit: true, err: '' });
    }), { numRuns: 120 });
  });

  test('texts of every kind', async () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('apiVersion: apps/v1', 'kind: Deployment', 'metadata: { name: a }', 'spec: {}', '---', '- a', '  b: c', '{', 'kind: List', 'items: [1, null, {}]', '%YAML 1.1', '!!binary x', '&a', '*a', '? [a]'));
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 8 }), async lines => {
      const { exit, err } = await martyHere('/', ['import', '-'], { input: lines.join('\n') });
      expect({ exit: outcomes.includes(exit), err: exit === 70 ? err : '' }).toEqual({ exit: true, err: '' });
    }), { numRuns: 300 });
  });
});
