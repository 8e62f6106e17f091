import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { canonicalOf } from '../../src/manifests/canonical';
import { applyPatch } from '../../src/manifests/patch';
import { patchBetween } from '../../src/manifests/patch-between';

type Fields = Readonly<Record<string, unknown>>;

const folder = join(__dirname, '../check/verdicts/cases');
const objects = readdirSync(folder).flatMap(file => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map(document => document.toJS() as Fields))
  .filter(object => object?.kind !== undefined);
const kinds = new Map<string, Fields[]>();
for (const object of objects) {
  const kind = `${String(object.apiVersion)}/${String(object.kind)}`;
  kinds.set(kind, [...kinds.get(kind) ?? [], object]);
}

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec });

test('between an object and itself there is nothing', () => {
  for (const object of objects) expect(patchBetween(object, object)).toEqual({});
});

test.each([...kinds].filter(([, all]) => all.length > 1).map(([kind]) => kind))('every %s becomes every other one', kind => {
  const all = kinds.get(kind) ?? [];
  const others = (index: number) => [all[(index + 1) % all.length], all[(index * 7 + 3) % all.length], all[0]];
  const pairs = all.flatMap((from, index) => others(index).map(to => [from, to] as const));
  for (const [from, to] of pairs) expect(canonicalOf(applyPatch(from, patchBetween(from, to)) ?? {})).toEqual(canonicalOf(to));
});

test('it says no more than what differs', () => {
  const from = pod({ containers: [{ name: 'a', image: 'a:1', tty: true }, { name: 'b', image: 'b:1' }], hostNetwork: true });
  const to = pod({ containers: [{ name: 'a', image: 'a:2', imagePullPolicy: 'IfNotPresent' }, { name: 'c', image: 'c:1' }], dnsPolicy: 'ClusterFirst' });
  expect(patchBetween(from, to)).toEqual({
    spec: { containers: [{ name: 'b', $patch: 'delete' }, { name: 'a', image: 'a:2', tty: null }, { name: 'c', image: 'c:1' }], hostNetwork: null },
  });
});

test('an order that means something is kept', () => {
  const [a, b] = [{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }];
  expect(patchBetween(pod({ initContainers: [a, b] }), pod({ initContainers: [b, a] }))).toEqual({ spec: { initContainers: [{ $patch: 'replace' }, b, a] } });
});

test('an alternative goes by itself when another one is named', () => {
  const patch = patchBetween(pod({ volumes: [{ name: 'a', emptyDir: {} }] }), pod({ volumes: [{ name: 'a', hostPath: { path: '/a' } }] }));
  expect(patch).toEqual({ spec: { volumes: [{ name: 'a', hostPath: { path: '/a' } }] } });
});

test('whatever two specifications say, the patch leads from one to the other', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const text = fc.constantFrom('', '1', '$(a)');
  const container = fc.record({
    name, image: fc.constantFrom('x', 'x:1', 'x@sha256:0'),
    imagePullPolicy: fc.constantFrom('Always', 'IfNotPresent'),
    env: fc.array(fc.record({ name, value: text }, { requiredKeys: ['name'] }), { maxLength: 4 }),
    ports: fc.array(fc.record({ containerPort: fc.constantFrom(80, 81), protocol: fc.constantFrom('TCP', 'UDP'), name }, { requiredKeys: ['containerPort'] }), { maxLength: 3 }),
    resources: fc.record({ limits: fc.dictionary(fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu'), fc.constantFrom('1', 1, '1000m', '1Ki')) }),
    volumeMounts: fc.array(fc.record({ name, mountPath: fc.constantFrom('/a', '/b') }), { maxLength: 3 }),
    securityContext: fc.constantFrom({}, null, { privileged: false }),
  }, { requiredKeys: ['name'] });
  const volume = fc.oneof(fc.record({ name, emptyDir: fc.constant({}) }), fc.record({ name, hostPath: fc.record({ path: text }) }));
  const spec = fc.record({
    containers: fc.array(container, { maxLength: 3 }), initContainers: fc.array(container, { maxLength: 3 }),
    volumes: fc.array(volume, { maxLength: 3 }),
    tolerations: fc.array(fc.record({ key: name }), { maxLength: 2 }),
    topologySpreadConstraints: fc.array(fc.record({ topologyKey: name, whenUnsatisfiable: name }, { requiredKeys: ['topologyKey'] }), {
      maxLength: 3,
    }),
  }, { requiredKeys: [] });
  fc.assert(fc.property(spec, spec, (one, other) => {
    expect(canonicalOf(applyPatch(pod(one), patchBetween(pod(one), pod(other))) ?? {})).toEqual(canonicalOf(pod(other)));
  }), { numRuns: 500 });
});
