import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeVolumes, refreshVolumes, wipeClaims } from '../../conformance/kafka/kubelet/volumes';
import { container, pod } from './support';

const root = mkdtempSync(join(tmpdir(), 'volumes-'));
afterAll(() => rmSync(root, { recursive: true }));
const places = { pod: join(root, 'pod'), claims: join(root, 'claims') };
const at = (...path: string[]) => join(places.pod, 'volumes', ...path);
const read = (...path: string[]) => readFileSync(at(...path), 'utf8');
const data: Record<string, Record<string, Buffer>> = {
  config: { 'a.properties': Buffer.from('a'), 'b': Buffer.from('b') }, keys: { password: Buffer.from('p') },
};
const sources = { configMap: (name: string) => data[name], secret: (name: string) => data[name] };
const as = (file: string, content: Buffer) => Buffer.from(`${file}:${content.toString()}`);
const having = (...volumes: NonNullable<Parameters<typeof makeVolumes>[0]['spec']['volumes']>) => pod({ spec: { containers: [container()], volumes } });

const all = having(
  { name: 'config', configMap: { name: 'config' } }, { name: 'run', emptyDir: {} },
  { name: 'users', projected: { sources: [{ secret: { name: 'keys', items: [{ key: 'password', path: 'orders/password' }] } }, { configMap: { name: 'config', items: [{ key: 'b', path: 'b' }] } }] } },
  { name: 'perhaps', secret: { secretName: 'none', optional: true } },
);

test('volumes hold what their objects hold', () => {
  makeVolumes(all, places, sources, as);
  expect(read('config', 'a.properties')).toBe('a.properties:a');
  expect(read('users', 'orders', 'password')).toBe('orders/password:p');
  expect(read('users', 'b')).toBe('b:b');
  expect(readdirSync(at('run'))).toEqual([]);
  expect(readdirSync(at('perhaps')).filter(entry => !entry.startsWith('..'))).toEqual([]);
});

test('a new pod has empty scratch folders and its old claims', () => {
  makeVolumes(all, places, sources, as);
  const claim = join(places.claims, 'data-kafka-broker-a-0');
  expect(readdirSync(claim)).toEqual(['lost+found']);
  writeFileSync(join(claim, 'kept'), '');
  writeFileSync(at('run', 'gone'), '');
  makeVolumes(all, places, sources, as);
  expect(readdirSync(claim).sort()).toEqual(['kept', 'lost+found']);
  expect(readdirSync(at('run'))).toEqual([]);
  wipeClaims(all, places);
  expect(existsSync(claim)).toBe(false);
});

test('what changes is changed in a running pod, and nothing else', () => {
  makeVolumes(all, places, sources, as);
  writeFileSync(at('run', 'kept'), '');
  refreshVolumes(all, places, { ...sources, configMap: () => ({ b: Buffer.from('new') }) }, as);
  expect(read('config', 'b')).toBe('b:new');
  expect(readdirSync(at('config')).filter(entry => !entry.startsWith('..'))).toEqual(['b']);
  expect(readdirSync(at('run'))).toEqual(['kept']);
});

test.each([
  [{ name: 'v', configMap: { name: 'none' } }, 'volume v: ConfigMap none is not there'],
  [{ name: 'v', secret: { secretName: 'keys', items: [{ key: 'x', path: 'x' }] } }, 'volume v: Secret keys has no key x'],
  [{ name: 'v', hostPath: { path: '/' } }, 'volume v: it is of no kind that is run here'],
])('what is not there is refused: %j', (volume, message) => {
  expect(() => makeVolumes(having(volume), places, sources, as)).toThrow(message);
});
