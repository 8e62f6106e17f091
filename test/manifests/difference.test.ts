import fc from 'fast-check';
import { differencesOf } from '../../src/manifests/difference';
import { isSameObject } from '../../src/manifests/canonical';

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec });
const container = (more: object) => pod({ containers: [{ name: 'api', image: 'api:1.0.0', ...more }] });
const route = (...rules: object[]) => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'api' }, spec: { rules } });
const policy = (...egress: object[]) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'api' }, spec: { podSelector: {}, policyTypes: ['Egress'], egress } });
const widget = (spec: object) => ({ apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'a' }, spec });
const config = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data });
const secret = (data: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data });

const linesOf = (before: object, after: object) => differencesOf(before as never, after as never)
  .map(({ path, change, before: old, after: fresh, hidden }) => `${path} ${change} ${hidden ? 'hidden' : `${JSON.stringify(old)} ${JSON.stringify(fresh)}`}`);
const port = (number: number) => ({ ports: [{ port: number }] });

test.each<[string, object, object, string[]]>([
  ['containers by their names', pod({ containers: [{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }] }), pod({ containers: [{ name: 'b', image: 'b:2' }, { name: 'a', image: 'a:1' }] }), ['spec.containers[b].image changed "b:1" "b:2"']],
  ['ports by number and protocol', container({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] }), container({ ports: [{ containerPort: 80, name: 'http' }, { containerPort: 80, protocol: 'UDP' }] }),
    ['spec.containers[api].ports[80/TCP].name added undefined "http"']],
  ['variables by their names', container({ env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }), container({ env: [{ name: 'B', value: '3' }, { name: 'C', value: '1' }] }),
    ['spec.containers[api].env[A] removed {"name":"A","value":"1"} undefined', 'spec.containers[api].env[B].value changed "2" "3"', 'spec.containers[api].env[C] added undefined {"name":"C","value":"1"}']],
  ['mounts by their paths', container({ volumeMounts: [{ name: 'a', mountPath: '/a' }] }), container({ volumeMounts: [{ name: 'b', mountPath: '/a' }] }), ['spec.containers[api].volumeMounts[/a].name changed "a" "b"']],
  ['quantities as they are written', container({ resources: { limits: { cpu: '500m', memory: '1Gi' } } }), container({ resources: { limits: { cpu: 0.5, memory: '2Gi' } } }), ['spec.containers[api].resources.limits.memory changed "1Gi" "2Gi"']],
  ['arguments as one list', container({ args: ['a', 'b'] }), container({ args: ['b', 'a'] }), ['spec.containers[api].args changed ["a","b"] ["b","a"]']],
  ['init containers in their order', pod({ initContainers: [{ name: 'a' }, { name: 'b' }] }), pod({ initContainers: [{ name: 'b' }, { name: 'a' }] }), ['spec.initContainers moved ["a","b"] ["b","a"]']],
  ['rules of routes at their places', route({ backendRefs: [{ name: 'a', port: 80 }] }, { backendRefs: [{ name: 'b', port: 80 }] }), route({ backendRefs: [{ name: 'a', port: 80 }] }, { backendRefs: [{ name: 'b', port: 81 }] }),
    ['spec.rules[1].backendRefs[b].port changed 80 81']],
  ['a rule between others', route({ name: 'a' }, { name: 'b' }), route({ name: 'a' }, { name: 'x' }, { name: 'b' }), ['spec.rules[x] added undefined {"name":"x"}']],
  ['rules of policies in any order', policy(port(80), port(81)), policy(port(82), port(80)), ['spec.egress[0].ports[0].port changed 81 82']],
  ['labels one by one', { ...config({}), metadata: { name: 'a' } }, { ...config({}), metadata: { name: 'a', labels: { a: '1', b: '2' } } }, ['metadata.labels.a added undefined "1"', 'metadata.labels.b added undefined "2"']],
  ['configuration that is JSON', config({ 'a.json': '{"a":{"b":1}}' }), config({ 'a.json': '{ "a": { "b": 2 } }' }), ['data["a.json"].a.b changed 1 2']],
  ['lists of foreign kinds by name', widget({ parts: [{ name: 'a', size: 1 }, { name: 'b', size: 1 }] }), widget({ parts: [{ name: 'b', size: 1 }, { name: 'a', size: 2 }] }), ['spec.parts[a].size changed 1 2', 'spec.parts moved ["a","b"] ["b","a"]']],
  ['another version of an API', { ...widget({}), apiVersion: 'acme.example/v1' }, { ...widget({}), apiVersion: 'acme.example/v2' }, ['apiVersion changed "acme.example/v1" "acme.example/v2"']],
])('it tells %s', (_, before, after, lines) => {
  expect(linesOf(before, after)).toEqual(lines);
  expect(linesOf(before, before)).toEqual([]);
});

const changed = (before: object, after: object) => JSON.stringify(differencesOf(before as never, after as never));

test.each<[string, object, object]>([
  ['data of Secrets', secret({ key: 'aHVudGVyMg==' }), secret({ key: 'c3VwZXI=' })],
  ['keys that come to a Secret', secret({}), secret({ key: 'aHVudGVyMg==' })],
  ['variables that are called so', container({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }), container({ env: [{ name: 'DB_PASSWORD', value: 'hunter3' }] })],
  ['variables that come', container({}), container({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] })],
  ['arguments', container({ args: ['--password=hunter2'] }), container({ args: ['--password=hunter3'] })],
  ['addresses with a password', config({ url: 'postgres://me:hunter2@db/x' }), config({ url: 'postgres://me:hunter3@db/x' })],
  ['files with a password', config({ 'app.properties': 'a=1\npassword = hunter2\n' }), config({ 'app.properties': 'a=2\npassword = hunter2\n' })],
  ['configuration with a token', config({ 'a.json': '{"token":"hunter2","x":1}' }), config({ 'a.json': '{"token":"hunter3","x":1}' })],
  ['private keys', config({ pem: '-----BEGIN PRIVATE KEY-----\nhunter2' }), config({ pem: '-----BEGIN PRIVATE KEY-----\nhunter3' })],
])('%s are never shown', (_, before, after) => {
  expect(differencesOf(before as never, after as never)).toHaveLength(1);
  expect(changed(before, after)).not.toMatch(/hunter|aHVudGVyMg|c3VwZXI/);
});

test('whatever two specifications say, they differ where their canonical forms do', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const item = fc.record({
    name, image: fc.constantFrom('x', 'x:1'), env: fc.array(fc.record({ name, value: fc.constantFrom('', '1', '$(a)') }, { requiredKeys: ['name'] }), { maxLength: 4 }),
    ports: fc.array(fc.record({ containerPort: fc.constantFrom(80, 81), protocol: fc.constantFrom('TCP', 'UDP') }, { requiredKeys: ['containerPort'] }), { maxLength: 3 }),
    resources: fc.record({ limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), fc.constantFrom('1', 1, '1000m', '1Ki')) }),
    args: fc.array(name), securityContext: fc.constantFrom({}, null, { capabilities: { drop: ['A', 'B'] } }, { capabilities: { drop: ['B', 'A'] } }),
  }, { requiredKeys: ['name'] });
  const items = fc.array(item, { maxLength: 3 });
  const spec = fc.record({
    containers: items, initContainers: items, tolerations: fc.array(fc.record({ key: name }), { maxLength: 3 }),
  }, { requiredKeys: [] });
  fc.assert(fc.property(spec, spec, (one, other) => {
    expect(differencesOf(pod(one), pod(other)).length === 0).toBe(isSameObject(pod(one), pod(other)));
    const [old, fresh] = [one, other].map(template => ({ ...pod({}), apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: template } } }));
    expect(differencesOf(old, fresh).length === 0).toBe(isSameObject(old, fresh));
  }), { numRuns: 1000 });
});

test('whatever stands where an object should be, nothing breaks', () => {
  const json = fc.jsonValue();
  const kind = fc.constantFrom('Deployment', 'Service', 'Secret', 'ConfigMap', 'NetworkPolicy', 'Widget', 'HTTPRoute');
  const version = fc.constantFrom('v1', 'apps/v1', 'networking.k8s.io/v1', 'gateway.networking.k8s.io/v1');
  const object = fc.record({ apiVersion: version, kind, metadata: json, spec: json, data: json, stringData: json });
  fc.assert(fc.property(object, object, (one, other) => {
    differencesOf(one, other);
    expect(differencesOf(one, JSON.parse(JSON.stringify(one)) as typeof one)).toEqual([]);
  }), { numRuns: 1000 });
});
