import { canonicalOf, isSameObject } from '../../src/manifests/canonical';

const podSpec = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec: { containers: [], ...spec } });
const container = (more: object) => podSpec({ containers: [{ name: 'api', image: 'api:1.0.0', ...more }] });
const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { selector: { app: 'api' }, ...spec } });
const workload = (spec: object, kind = 'Deployment') => ({ apiVersion: 'apps/v1', kind, metadata: { name: 'api' }, spec });
const policy = (spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'api' }, spec: { podSelector: {}, ...spec } });

/** What means the same, and beside it something close that does not. */
const cases: readonly (readonly [string, object, object, object])[] = [
  ['quantities', container({ resources: { requests: { cpu: '500m', memory: '1Gi' } } }), container({ resources: { requests: { cpu: 0.5, memory: '1024Mi' } } }), container({ resources: { requests: { cpu: '0.5m', memory: '1Gi' } } })],
  ['quantities with exponents', container({ resources: { limits: { memory: '1e3' } } }), container({ resources: { limits: { memory: '1k' } } }), container({ resources: { limits: { memory: '1Ki' } } })],
  ['quantities below a billionth, rounded up', container({ resources: { limits: { cpu: '0.0000000001' } } }), container({ resources: { limits: { cpu: '1n' } } }), container({ resources: { limits: { cpu: '2n' } } })],
  ['ports as numbers', container({ livenessProbe: { tcpSocket: { port: '80' } } }), container({ livenessProbe: { tcpSocket: { port: 80 } } }), container({ livenessProbe: { tcpSocket: { port: 'http' } } })],
  ['probes with defaults', container({ livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 10, timeoutSeconds: 1 } }), container({ livenessProbe: { tcpSocket: { port: 80 } } }), container({ livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: 11 } })],
  ['pull policies', container({ imagePullPolicy: 'IfNotPresent' }), container({}), container({ imagePullPolicy: 'Always' })],
  ['pull policies of images without a tag', container({ image: 'localhost:5000/api', imagePullPolicy: 'Always' }), container({ image: 'localhost:5000/api' }), container({ image: 'localhost:5000/api', imagePullPolicy: 'IfNotPresent' })],
  ['protocols', container({ ports: [{ containerPort: 80, protocol: 'TCP' }] }), container({ ports: [{ containerPort: 80 }] }), container({ ports: [{ containerPort: 80, protocol: 'UDP' }] })],
  ['what is empty', container({ env: [], securityContext: {}, command: null }), container({}), container({ securityContext: { privileged: false } })],
  ['target ports', service({ ports: [{ port: 80, targetPort: 80 }] }), service({ ports: [{ port: 80 }] }), service({ ports: [{ port: 80, targetPort: 8080 }] })],
  ['addresses that the cluster gave', service({ type: 'ClusterIP', clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], ipFamilies: ['IPv4'] }), service({}), service({ clusterIP: 'None' })],
  ['strategies', workload({ replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } } }), workload({}), workload({ strategy: { rollingUpdate: { maxSurge: 1 } } })],
  ['the order of containers', podSpec({ containers: [{ name: 'a' }, { name: 'b' }] }), podSpec({ containers: [{ name: 'b' }, { name: 'a' }] }), podSpec({ containers: [{ name: 'a' }] })],
  ['the order of ports', service({ ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }), service({ ports: [{ port: 53, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] }), service({ ports: [{ port: 53 }] })],
  ['variables', container({ env: [{ name: 'B', value: '' }, { name: 'A', value: '1' }] }), container({ env: [{ name: 'A', value: '1' }, { name: 'B' }] }), container({ env: [{ name: 'A', value: '1' }] })],
  ['capabilities', container({ securityContext: { capabilities: { drop: ['B', 'A'] } } }), container({ securityContext: { capabilities: { drop: ['A', 'B'] } } }), container({ securityContext: { capabilities: { add: ['A', 'B'] } } })],
  ['the old name of the account', podSpec({ serviceAccount: 'api' }), podSpec({ serviceAccountName: 'api' }), podSpec({})],
  ['policy types', policy({ egress: [{}] }), policy({ egress: [{}], policyTypes: ['Egress', 'Ingress'] }), policy({ egress: [{}], policyTypes: ['Egress'] })],
  ['rules of policies', policy({ ingress: [{ ports: [{ port: 80 }] }, { ports: [{ port: 81, protocol: 'TCP' }] }] }), policy({ ingress: [{ ports: [{ port: 81 }] }, { ports: [{ port: 80 }], from: [] }] }), policy({ ingress: [{}] })],
  ['selectors of everything', policy({ ingress: [{ from: [{ podSelector: {} }] }] }), policy({ ingress: [{ from: [{ podSelector: { matchLabels: {} } }] }] }), policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] })],
  ['volumes', podSpec({ volumes: [{ name: 'a', emptyDir: {} }, { name: 'b', configMap: { name: 'b', defaultMode: 420 } }] }), podSpec({ volumes: [{ name: 'b', configMap: { name: 'b' } }, { name: 'a', emptyDir: {} }] }), podSpec({ volumes: [{ name: 'a' }, { name: 'b', configMap: { name: 'b' } }] })],
  ['texts of secrets', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, type: 'Opaque', stringData: { a: 'x' } }, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'eA==' } }, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'eQ==' } }],
  ['what the cluster writes', { ...container({}), status: { phase: 'Running' }, metadata: { name: 'api', uid: '1', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } } }, container({}), { ...container({}), metadata: { name: 'api', annotations: { a: 'b' } } }],
  ['defaults of custom resources', route({ backendRefs: [{ name: 'api', port: 80, weight: 1, kind: 'Service' }] }), route({ backendRefs: [{ name: 'api', port: 80 }] }), route({ backendRefs: [{ name: 'api', port: 80, weight: 2 }] })],
  ['defaults that are objects', listeners({ allowedRoutes: { namespaces: { from: 'Same' } } }), listeners({}), listeners({ allowedRoutes: { namespaces: { from: 'All' } } })],
];

function listeners(more: object) {
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'ListenerSet', metadata: { name: 'api' }, spec: { listeners: [{ name: 'tls', port: 443, protocol: 'TLS', ...more }] } };
}

function route(rule: object) {
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'api' }, spec: { rules: [rule] } };
}

test.each(cases)('%s are compared by what they mean', (_, one, same, other) => {
  expect(canonicalOf(same as Record<string, unknown>)).toEqual(canonicalOf(one as Record<string, unknown>));
  expect(isSameObject(one as Record<string, unknown>, same as Record<string, unknown>)).toBe(true);
  expect(isSameObject(one as Record<string, unknown>, other as Record<string, unknown>)).toBe(false);
});

test('the order of init containers means something, and that of variables that refer to each other', () => {
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  expect(isSameObject(podSpec({ initContainers: [a, b] }), podSpec({ initContainers: [b, a] }))).toBe(false);
  const [one, two] = [{ name: 'ONE', value: '1' }, { name: 'TWO', value: '$(ONE)' }];
  expect(isSameObject(container({ env: [one, two] }), container({ env: [two, one] }))).toBe(false);
});

test('an object without a namespace belongs to the one it is applied to', () => {
  const named = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } };
  const unnamed = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  expect(isSameObject(named, unnamed)).toBe(false);
  expect(isSameObject(named, unnamed, { namespace: 'shop' })).toBe(true);
});

test('of a foreign kind, nothing is taken for a default', () => {
  const widget = (spec: object) => ({ apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'a', labels: {} }, spec });
  expect(isSameObject(widget({ a: 1, b: null }), widget({ a: 1 }))).toBe(true);
  expect(isSameObject(widget({ parts: [] }), widget({}))).toBe(false);
});

test('the object that is looked at is not changed', () => {
  const object = container({ env: [{ name: 'B' }, { name: 'A' }] });
  const before = structuredClone(object);
  canonicalOf(object);
  expect(object).toEqual(before);
});
