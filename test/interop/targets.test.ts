import { Chart, Size } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import {
  Certificate, ConfigMap, ExternalSecret, GRPCRoute, HorizontalPodAutoscaler, HTTPRoute, Ingress, ListenerSet, NetworkPolicy,
  PodDisruptionBudget, Service, ServiceAccount, ServiceMonitor, TLSRoute,
  type Workload,
} from '../../src/k8s';
import { runtimeConfigOf, settleService } from '../../src/spec';
import { refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';
import { renderChart, type Manifest } from '../support/manifests';

const metadata = { name: 'web', namespace: 'shop' };
const containers: plus.ContainerProps[] = [{
  image: 'web:1', portNumber: 8080, resources: { cpu: { request: plus.Cpu.millis(100) }, memory: { limit: Size.mebibytes(64) } },
}];

/** Every workload of cdk8s-plus-28 that runs for good. */
const workloads = {
  Deployment: (chart: Chart): Workload => new plus.Deployment(chart, 'web', { metadata, containers }),
  StatefulSet: (chart: Chart): Workload => new plus.StatefulSet(chart, 'web', { metadata, containers, service: new plus.Service(chart, 'governing', { metadata: { name: 'web-pods', namespace: 'shop' }, ports: [{ port: 8080 }] }) }),
  DaemonSet: (chart: Chart): Workload => new plus.DaemonSet(chart, 'web', { metadata, containers }),
};
type Kind = keyof typeof workloads;

const runtimeConfig = runtimeConfigOf(settleService(shop.microservice(minimal), 'dev'));

/** Every block of ours that is about a workload, with the kind that it renders. */
const blocks: Readonly<Record<string, (chart: Chart, target: Workload) => unknown>> = {
  ConfigMap: (chart, target) => new ConfigMap(chart, 'Block', { target, runtimeConfig }),
  ExternalSecret: (chart, target) => new ExternalSecret(chart, 'Block', { target, store: { name: 'vault', kind: 'ClusterSecretStore' }, files: [{ file: 'secrets.key', key: 'web/key' }] }),
  HorizontalPodAutoscaler: (chart, target) => new HorizontalPodAutoscaler(chart, 'Block', { target, min: 2, max: 5 }),
  HTTPRoute: (chart, target) => new HTTPRoute(chart, 'Block', { target, gateway: { name: 'public', namespace: 'gateways' }, hosts: ['web.example'], rules: [{ path: '/', port: 8080 }] }),
  TLSRoute: (chart, target) => new TLSRoute(chart, 'Block', { target, gateway: { name: 'public', namespace: 'gateways' }, hosts: ['web.example'], port: 8080 }),
  GRPCRoute: (chart, target) => new GRPCRoute(chart, 'Block', { target, gateway: { name: 'public', namespace: 'gateways' }, hosts: ['web.example'], port: 8080 }),
  ListenerSet: (chart, target) => new ListenerSet(chart, 'Block', { target, gateway: { name: 'public', namespace: 'gateways' }, hosts: ['web.example'], certificate: 'web-tls' }),
  Ingress: (chart, target) => new Ingress(chart, 'Block', { target, ingressClass: 'nginx', hosts: ['web.example'], rules: [{ path: '/', port: 8080 }] }),
  Certificate: (chart, target) => new Certificate(chart, 'Block', { target, issuer: { name: 'acme', kind: 'ClusterIssuer' }, hosts: ['web.example'] }),
  NetworkPolicy: (chart, target) => new NetworkPolicy(chart, 'Block', { target, ingress: [], egress: [] }),
  PodDisruptionBudget: (chart, target) => new PodDisruptionBudget(chart, 'Block', { target, minAvailable: 1 }),
  Service: (chart, target) => new Service(chart, 'Block', { target, ports: [{ name: 'http', port: 8080, protocol: 'http' }] }),
  ServiceAccount: (chart, target) => new ServiceAccount(chart, 'Block', { target }),
  ServiceMonitor: (chart, target) => new ServiceMonitor(chart, 'Block', { target }),
};

interface Selecting extends Manifest {
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: object };
    readonly podSelector?: { readonly matchLabels?: object };
    readonly scaleTargetRef?: object;
    readonly replicas?: number;
    readonly template?: { readonly metadata?: { readonly labels?: object } };
  };
}

const render = (kind: Kind, block: string) => {
  const manifests = renderChart(chart => blocks[block](chart, workloads[kind](chart))) as readonly Selecting[];
  const one = (wanted: string, name?: string) => manifests.filter(each => each.kind === wanted && (!name || each.metadata.name === name)).pop();
  return { workload: one(kind), object: one(block, { ConfigMap: 'web-config', Certificate: 'web-tls' }[block] ?? 'web') };
};

/** What of an object selects pods, or the Service of the pods, by labels. */
const selected = ({ kind, spec }: Selecting) => (kind === 'Service' ? spec?.selector : spec?.selector?.matchLabels ?? spec?.podSelector?.matchLabels);

const pairs = (Object.keys(workloads) as Kind[]).flatMap(kind => Object.keys(blocks).map(block => [block, kind] as const))
  .filter(([block, kind]) => !(block === 'HorizontalPodAutoscaler' && kind === 'DaemonSet'));

test.each(pairs)('%s takes a %s of cdk8s-plus-28 as its target', (block, kind) => {
  const { workload, object } = render(kind, block);
  expect(object?.metadata.namespace).toBe('shop');
  const labels = object && selected(object);
  if (labels) {
    expect(workload?.spec?.selector?.matchLabels).toEqual(labels);
    expect(workload?.spec?.template?.metadata?.labels).toMatchObject(labels);
  }
  expect(['NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceMonitor'].includes(block)).toBe(labels !== undefined && block !== 'ExternalSecret');
});

test.each(['Deployment', 'StatefulSet'] as const)('an autoscaler takes the number of replicas off a %s of cdk8s-plus-28', kind => {
  const { workload, object } = render(kind, 'HorizontalPodAutoscaler');
  expect(object?.spec?.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind, name: 'web' });
  expect(workload?.spec?.replicas).toBeUndefined();
});

test('an autoscaler refuses a DaemonSet, which has no number of replicas', () => {
  expect(refusalOf('PROPS_INVALID', () => render('DaemonSet', 'HorizontalPodAutoscaler'))).toEqual(['target: is a DaemonSet, which runs one pod per node, expected a workload with a number of replicas']);
});

describe('a workload that selects its pods', () => {
  const selecting = (how: (target: plus.Deployment) => void) => () => renderChart(chart => {
    const target = new plus.Deployment(chart, 'web', { metadata, containers, select: false });
    how(target);
    new PodDisruptionBudget(chart, 'Block', { target, minAvailable: 1 });
  });

  test('by labels of its own is taken', () => {
    expect(selecting(target => target.select(plus.LabelSelector.of({ labels: { app: 'web' } })))).not.toThrow();
  });

  test('by nothing is refused, since every pod of the namespace would be meant', () => {
    expect(selecting(() => undefined)).toThrow('target: Deployment web selects its pods by nothing, expected labels');
  });

  test('by expressions is refused, since the labels alone would mean more pods', () => {
    expect(selecting(target => target.select(plus.LabelSelector.of({ labels: { app: 'web' }, expressions: [plus.LabelExpression.exists('track')] })))).toThrow('target: Deployment web selects its pods by expressions');
  });
});
