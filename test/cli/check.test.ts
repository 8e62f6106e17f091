import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Ajv from 'ajv';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { checkResultSchema } from '../../src/cli/check/result';
import { objectsOf } from '../check/manifest-sets';
import { emptyFolder, martyHere, removeFolders, write } from './_world';

afterAll(removeFolders);

const good = () => objectsOf('good').map(object => stringify(object)).join('---\n');
const bad = () => good().replace('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true');
const jsonOf = (text: string) => checkResultSchema.parse(JSON.parse(text));
const run = async (input: string, ...args: readonly string[]) => martyHere('/', ['check', '-', ...args], { input });

describe('an empty folder', () => {
  test('holds nothing to check, and is no file', async () => {
    const folder = emptyFolder();
    expect((await martyHere(folder, ['check', '.'])).err).not.toContain('EISDIR');
  });
});

describe('what is right', () => {
  test('ends with 0 and prints no finding', async () => {
    const { exit, out, err } = await run(good());
    expect([exit, out]).toEqual([0, '']);
    expect(err).toBe('6 objects checked for Kubernetes 1.37: 0 errors, 0 warnings, 0 for information\n');
  });
});

describe('a finding', () => {
  test('names the object, the line and the rule', async () => {
    const { exit, out } = await run(bad());
    const line = bad().split('\n').findIndex(text => text.includes('allowPrivilegeEscalation: true')) + 1;
    expect(exit).toBe(1);
    expect(out).toBe(`stdin: Deployment shop/api\n  ${line}  error    container-privilege-escalation: container api: securityContext.allowPrivilegeEscalation is true, expected false\n\n`);
  });

  test('as JSON has its place, its remedy and the checks of other linters', async () => {
    const { findings } = jsonOf((await run(bad(), '--json')).out);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule: 'container-privilege-escalation', severity: 'error', file: 'stdin', path: 'spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation' });
    expect(findings[0].remedy).toMatch(/^Set/);
    expect(findings[0].upstream).toContain('kube-linter:privilege-escalation-container');
  });

  test('of our output names the construct, and environments are judged apart', async () => {
    const file = (env: string) => ({ [`deploy/${env}/api/all.yaml`]: env === 'dev' ? bad() : good(), [`deploy/${env}/api/kustomization.yaml`]: 'kind: Kustomization\n', [`deploy/${env}/api/.marty-ownership`]: JSON.stringify({ format: 'marty-msf/ownership/v1', owner: 'me', files: { 'all.yaml': { construct: `${env}/api/x`, sha256: '' } } }) });
    const folder = write(emptyFolder(), { ...file('dev'), ...file('production'), 'cdk8s.yaml': 'output: deploy\n' });
    const { exit, out } = await martyHere(folder, ['check', '--json']);
    const { sets, findings, skipped } = jsonOf(out);
    expect(exit).toBe(1);
    expect(sets.map(({ name, objects }) => [name, objects])).toEqual([['deploy/dev', 6], ['deploy/production', 6]]);
    expect(findings.map(({ file: found, construct }) => [found, construct])).toEqual([['deploy/dev/api/all.yaml', 'dev/api/x']]);
    expect(skipped).toEqual([]);
  });

  test('that is waived is listed with its reason and does not count', async () => {
    const waived = bad().replace('polaris.fairwinds.com/deploymentMissingReplicas-exempt', 'marty-msf/waived-container-privilege-escalation: it drives the hardware\n    polaris.fairwinds.com/deploymentMissingReplicas-exempt');
    const { exit, out } = await run(waived);
    expect([exit, out.split('\n')[0]]).toEqual([0, 'waived:']);
    expect(out).toContain('container-privilege-escalation: it drives the hardware');
  });

  test('is left out when it is less grave than asked for, or of another rule', async () => {
    const text = good().replace(/ *priorityClassName: business-critical\n/, '');
    expect((await run(text)).exit).toBe(1);
    expect((await run(text, '--severity', 'error')).exit).toBe(0);
    expect((await run(text, '--rule', 'container-privileged,label-value')).exit).toBe(0);
    expect((await run(text, '--rule', 'pod-priority-class')).exit).toBe(1);
  });

  test('never shows what is secret', async () => {
    const { out } = await run('apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: b }\nstringData: { password: 12345678 }\ndata: { other: "not base64 hunter2" }\n');
    expect(out).toContain('manifest-schema');
    expect(out).not.toMatch(/12345678|hunter2/);
  });
});

describe('the schema', () => {
  const cron = (apiVersion: string) => `apiVersion: ${apiVersion}\nkind: FlowSchema\nmetadata: { name: a }\n`;

  test('finds unknown fields, with their lines', async () => {
    const { findings } = jsonOf((await run('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: b\ndatta: {}\n', '--json')).out);
    expect(findings.map(({ rule, line, path }) => [rule, line, path])).toEqual([['manifest-schema', 6, 'datta']]);
  });

  test('of the version asked for decides what is served', async () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: b }\nspec: { containers: [{ name: a, image: "a:1", resizePolicy: [] }], resources: { limits: { cpu: 1 } } }\n';
    const rulesAt = async (version: string) => jsonOf((await run(text, '--json', '--kubernetes', version)).out).findings.filter(({ rule }) => rule === 'unserved-api').length;
    expect([await rulesAt('1.28'), await rulesAt('1.37')]).toEqual([1, 0]);
    expect(jsonOf((await run(cron('flowcontrol.apiserver.k8s.io/v1beta2'), '--json')).out).findings.map(({ rule }) => rule)).toEqual(['unserved-api']);
  });

  test('that is not known is told as not run, and never as passed', async () => {
    const { exit, out, err } = await run('apiVersion: acme.example/v1\nkind: Widget\nmetadata: { name: a, namespace: b }\n', '--json');
    expect([exit, err]).toEqual([0, '']);
    expect(jsonOf(out).notRun.map(({ rule, file, line }) => [rule, file, line])).toEqual([['manifest-schema', 'stdin', 1], ['unserved-api', 'stdin', 1]]);
  });

  test('takes the version from the pod security label of a Namespace', async () => {
    const { sets } = jsonOf((await run('apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { pod-security.kubernetes.io/enforce-version: v1.30 } }\n', '--json')).out);
    expect(sets[0].kubernetes).toBe('1.30');
  });
});

describe('input that cannot be checked ends with 3 and tells the place', () => {
  test.each([
    ['broken YAML', 'a: [1\nb: 2\n', 'stdin:2: is no YAML'],
    ['a key that stands there twice', 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\nmetadata: { name: a }\n', 'stdin:3: is no YAML: Map keys must be unique'],
    ['an object that stands there twice', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n', 'stdin:5: is ConfigMap a a second time; it stands in stdin:1 already'],
    ['the same in a list', 'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n', 'stdin:5: is ConfigMap a a second time; it stands in stdin:4 already'],
    ['an object without a name', '\n\napiVersion: v1\nkind: ConfigMap\nmetadata: {}\n', 'stdin:3: ConfigMap has no metadata.name'],
    ['an object without a kind', 'apiVersion: v1\nmetadata: { name: a }\n', 'stdin:1: has no kind'],
    ['a list of numbers', '- 1\n', 'stdin:1: is a list'],
    ['nothing but empty documents', '---\n---\n# nothing\n', 'stdin holds no Kubernetes object'],
    ['an empty list', 'apiVersion: v1\nkind: List\nitems: []\n', 'stdin holds no Kubernetes object'],
  ])('%s', async (_, input, message) => {
    const { exit, out, err } = await run(input);
    expect([exit, out]).toEqual([3, '']);
    expect(err).toContain(message);
  });

  test('but empty documents beside objects, and files of other programs, are passed over', async () => {
    const folder = write(emptyFolder(), { 'a.yaml': `---\n${good()}---\n---\n`, 'values.yaml': 'replicas: 1\n', 'template.yaml': '{{ if }}\n  a: {{ b\n' });
    const { exit, err } = await martyHere(folder, ['check', '.']);
    expect(exit).toBe(0);
    expect(err).toMatch(/note: values\.yaml:1 has no apiVersion, kind.*\n6 objects/s);
  });

  test.each([[['nowhere.yaml']], [['-', '--kubernetes', '1.20']], [['-', '--rule', 'container-priviledged']], [['-', '--format', 'xml']], [['-', '--severity', 'bad']], [['-', '--json', '--format', 'sarif']]])('%j is wrong use', async args => {
    expect((await martyHere('/', ['check', ...args], { input: good() })).exit).toBe(2);
  });
});

describe('formats', () => {
  const folder = join(__dirname, 'check/schema');
  const mixed = () => `${bad()}---\napiVersion: acme.example/v1\nkind: Widget\nmetadata: { name: "a<b>&", namespace: shop }\n`.replace('polaris.fairwinds.com/deploymentMissingReplicas-exempt', 'marty-msf/waived-container-startup-probe: it is "quick" & <small>\n    polaris.fairwinds.com/deploymentMissingReplicas-exempt');

  test('SARIF keeps its schema and locates what it finds', async () => {
    const { $schema: _, id: __, ...schema } = JSON.parse(gunzipSync(readFileSync(join(folder, 'sarif-2.1.0.json.gz'))).toString()) as Record<string, unknown>;
    const { out } = await run(mixed(), '--format', 'sarif');
    type Run = { readonly results: readonly { readonly ruleId: string }[]; readonly invocations: readonly object[] };
    const log = JSON.parse(out) as { readonly runs: readonly Run[] };
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    expect(log.runs[0].results.map(({ ruleId }) => ruleId)).toContain('container-privilege-escalation');
    expect(JSON.stringify(log.runs[0].invocations)).toContain('was not run');
  });

  test('JUnit has a case for every finding, and counts them', async () => {
    const { out } = await run(mixed(), '--format', 'junit');
    const result = jsonOf((await run(mixed(), '--json')).out);
    const count = (pattern: RegExp) => [...out.matchAll(pattern)].length;
    expect(count(/<failure /g)).toBe(result.findings.length);
    expect(count(/<skipped /g)).toBe(result.waived.length + result.notRun.length);
    expect(count(/<testcase /g)).toBe(Number(/<testsuites [^>]*tests="(\d+)"/.exec(out)?.[1]));
    expect(count(/<testcase [^>]*[^/]>/g)).toBe(count(/<\/testcase>/g));
    expect(out).toContain('a&lt;b&gt;&amp;');
    // Every mark that opens is one of ours: nothing of the input stands there as it was.
    expect(out.replace(/<\/?(testsuites|testsuite|testcase|failure|skipped|\?xml)\b[^<>]*>/g, '')).not.toMatch(/[<>]/);
  });
});

test('whatever stands on stdin, checking it ends in one of the ways it says', async () => {
  const text = good();
  const cut = fc.record({ at: fc.nat(text.length), length: fc.nat(60), instead: fc.constantFrom('', '\n', ': ', '- ', '{', '[', '"', '&a ', '*a ', 'null', '\t', '---\n', '\u0000', '<<: ', '!!binary ', '? ', '|\n') });
  await fc.assert(fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 4 }), fc.constantFrom('text', 'json', 'sarif', 'junit'), async (cuts, format) => {
    const input = cuts.reduce((left, { at, length, instead }) => left.slice(0, at) + instead + left.slice(at + length), text);
    const { exit, err } = await run(input, '--format', format);
    expect([0, 1, 3]).toContain(exit);
    expect(err).not.toContain('mistake of marty');
  }), { numRuns: 300 });
}, 120_000);

