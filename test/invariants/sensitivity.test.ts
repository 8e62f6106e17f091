import { edgeProblems } from './edges';
import { evictionProblems } from './evictions';
import { referenceProblems } from './references';
import { runtimeConfigProblems } from './runtime-config';
import { selectorProblems } from './selectors';
import { fleets, subjectsOf, type Subject } from './subjects';
import { validityProblems } from './validity';
import type { Manifest } from '../support/manifests';

/** An invariant that sees nothing proves nothing: each must see a small wrong in what the petstore becomes in production. */
const examples = fleets(0);
const subjectIn = (example: string, wanted: string) => examples.filter(({ title }) => title === `example ${example}`).flatMap(subjectsOf).find(({ environment }) => environment === wanted) ?? missing(wanted);
const right = subjectIn('petstore', 'production');

type Fields = Record<string, unknown>;

function missing(name: string): never {
  throw new Error(`${name} is not there`);
}

/** The same objects with one field of one of them changed, or the object left out. */
function changed(object: string, path: string, value?: unknown, whole = right): Subject {
  const manifests = structuredClone(whole.manifests) as Manifest[];
  const index = manifests.findIndex(({ kind, metadata }) => `${kind}/${metadata.name}` === object);
  if (index < 0) missing(object);
  if (path === '') return { ...whole, manifests: manifests.filter((_, at) => at !== index) };
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Fields>((at, step) => at[step] as Fields, manifests[index] as unknown as Fields);
  if (!(last in parent) && value === undefined) throw new Error(`${object} has no ${path}`);
  parent[last] = value;
  return { ...whole, manifests };
}

const dns = { to: [], ports: [{ port: 53, protocol: 'UDP' }] };

test.each<[string, (subject: Subject) => readonly string[], Subject]>([
  ['a field that does not exist', validityProblems, changed('Deployment/orders', 'spec.replcas', 3)],
  ['a number that is none', validityProblems, changed('Service/orders', 'spec.ports.0.port', Number.NaN)],
  ['a Service that selects other pods', ({ manifests }) => selectorProblems(manifests), changed('Service/orders', 'spec.selector', { 'app.kubernetes.io/instance': 'payments' })],
  ['a budget that selects all pods', ({ manifests }) => selectorProblems(manifests), changed('PodDisruptionBudget/orders', 'spec.selector', { matchLabels: {} })],
  ['an autoscaler of nothing', ({ manifests }) => selectorProblems(manifests), changed('HorizontalPodAutoscaler/orders', 'spec.scaleTargetRef.name', 'ordres')],
  ['a monitor of all Services', ({ manifests }) => selectorProblems(manifests), changed('ServiceMonitor/orders', 'spec.selector', { matchLabels: {} })],
  ['a missing ConfigMap', ({ manifests }) => referenceProblems(manifests), changed('ConfigMap/orders-config', '')],
  ['a missing ServiceAccount', ({ manifests }) => referenceProblems(manifests), changed('ServiceAccount/orders', '')],
  ['a missing priority', ({ manifests }) => referenceProblems(manifests), changed('PriorityClass/petstore-tier-1', '')],
  ['a missing Secret', ({ manifests }) => referenceProblems(manifests), changed('ExternalSecret/orders', '')],
  ['a missing file of a Secret', ({ manifests }) => referenceProblems(manifests), changed('ExternalSecret/orders', 'spec.data', [])],
  ['a missing Service', ({ manifests }) => referenceProblems(manifests), changed('Service/gateway', '')],
  ['a missing namespace', ({ manifests }) => referenceProblems(manifests), changed('Namespace/petstore', '')],
  ['a probe of no port', ({ manifests }) => referenceProblems(manifests), changed('Deployment/orders', 'spec.template.spec.containers.0.livenessProbe.httpGet.port', 'helth')],
  ['a policy that is gone, so that its pods are cut off', edgeProblems, changed('NetworkPolicy/payments', '')],
  ['a policy that lets everybody in', edgeProblems, changed('NetworkPolicy/payments', 'spec.ingress', [{}])],
  ['a policy that lets pods reach everything', edgeProblems, changed('NetworkPolicy/payments', 'spec.egress', [{}])],
  ['a policy without DNS', edgeProblems, changed('NetworkPolicy/gateway', 'spec.egress', [])],
  ['a policy with DNS everywhere', edgeProblems, changed('NetworkPolicy/payments', 'spec.egress', [dns])],
  ['a host that is another', edgeProblems, changed('CiliumNetworkPolicy/payments-hosts', 'spec.egress.1.toFQDNs.0.matchName', 'evil.test')],
  ['a default that lets everything flow', edgeProblems, changed('NetworkPolicy/default-deny', 'spec.policyTypes', [])],
  ['a budget that lets nothing go', evictionProblems, changed('PodDisruptionBudget/orders', 'spec.maxUnavailable', 0)],
  ['a budget that lets too much go', evictionProblems, changed('PodDisruptionBudget/orders', 'spec.maxUnavailable', 2)],
  ['a missing budget', evictionProblems, changed('PodDisruptionBudget/orders', '')],
  ['a number of replicas beside an autoscaler', evictionProblems, changed('Deployment/orders', 'spec.replicas', 3)],
  ['a checksum of another configuration', ({ manifests }) => runtimeConfigProblems(manifests), changed('Deployment/orders', 'spec.template.metadata.annotations', {})],
])('%s is seen', (_, problemsOf, wrong) => {
  expect(problemsOf(right)).toEqual([]);
  expect(problemsOf(wrong)).not.toEqual([]);
});

const everybody = [{}];

test.each([
  ['istio-sidecar', 'service-mesh', 'NetworkPolicy/mesh-control-plane', ''],
  ['istio-sidecar', 'service-mesh', 'NetworkPolicy/mesh-control-plane', 'spec.egress'],
  ['istio-ambient', 'service-mesh-ambient', 'NetworkPolicy/accounts', 'spec.ingress.0.ports'],
  ['istio-ambient', 'service-mesh-ambient', 'NetworkPolicy/mailer', 'spec.egress.1.ports'],
  ['linkerd', 'service-mesh-linkerd', 'NetworkPolicy/mesh-control-plane', 'spec.egress.0.ports'],
  ['linkerd', 'service-mesh-linkerd', 'NetworkPolicy/accounts', 'spec.ingress.0.ports'],
] as const)('what %s needs is seen to be missing, or to be too much', (_, environment, object, path) => {
  const meshed = subjectIn('overlays', environment);
  expect(edgeProblems(meshed)).toEqual([]);
  expect(edgeProblems(changed(object, path, path.endsWith('ports') ? [{ port: 1, protocol: 'TCP' }] : everybody, meshed))).not.toEqual([]);
});
