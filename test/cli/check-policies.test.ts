import { join } from 'node:path';
import { emptyFolder, martyHere, removeFolders, repository, write } from './_world';

afterAll(removeFolders);

const door = join(repository, 'src', 'check', 'policies');
const policy = (id: string) => `definePolicy({
  id: '${id}', reason: 'two pods survive a node', match: { kinds: ['apps/v1/Deployment'] },
  validations: [{ expression: 'object.spec.replicas >= 2', message: 'has fewer than two replicas' }],
})`;
const moduleOf = (...ids: readonly string[]) => `import { definePolicy } from '${door}';\nexport const policies = [${ids.map(policy).join(', ')}];\n`;
const deployment = (replicas: number, waiver = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop, annotations: { note: "x"${waiver} } }
spec: { replicas: ${replicas}, selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: main, image: "orders:1" }] } } }
`;

const check = (files: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  martyHere(write(emptyFolder(), files), ['check', 'object.yaml', '--policies', 'policies.ts', '--json', ...args]);

test('an object that does not keep a policy is found, with what to do about it', async () => {
  const { exit, out } = await check({ 'object.yaml': deployment(1), 'policies.ts': moduleOf('two') }, '--rule', 'policy-two');
  const { findings } = JSON.parse(out) as { findings: object[] };
  expect(exit).toBe(1);
  expect(findings).toEqual([expect.objectContaining({ rule: 'policy-two', message: 'has fewer than two replicas', remedy: expect.stringContaining('waive the policy') })]);
});

test('an object that keeps it is not', async () => {
  expect((await check({ 'object.yaml': deployment(2), 'policies.ts': moduleOf('two') }, '--rule', 'policy-two')).exit).toBe(0);
});

test('a waiver is listed with its reason', async () => {
  const waiver = ', marty-msf/waived-policy-two: runs once a year';
  const { exit, out } = await check({ 'object.yaml': deployment(1, waiver), 'policies.ts': moduleOf('two') }, '--rule', 'policy-two');
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ waived: [{ rule: 'policy-two', reason: 'runs once a year' }] });
});

test('nothing is said of waivers of policies that were not brought', async () => {
  const folder = write(emptyFolder(), { 'object.yaml': deployment(1, ', marty-msf/waived-policy-two: runs once a year') });
  expect((await martyHere(folder, ['check', 'object.yaml', '--rule', 'waiver-idle'])).exit).toBe(0);
});

test.each([
  ['is not there', {}, 'is not there, expected a module that exports policies'],
  ['exports none', { 'policies.ts': 'export const a = 1;\n' }, 'exports no policy'],
  ['exports two of one id', { 'policies.ts': moduleOf('two', 'two') }, 'exports two policies of the id two'],
  ['does not load', { 'policies.ts': 'throw new Error("no such thing");\n' }, 'cannot be loaded: no such thing'],
])('a module that %s is told', async (_, files, message) => {
  const { exit, out } = await check({ 'object.yaml': deployment(1), ...files as Readonly<Record<string, string>> });
  expect(exit).toBe(3);
  expect(out).toContain(message);
});
