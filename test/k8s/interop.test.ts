import { Chart, Testing } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { HorizontalPodAutoscaler, NetworkPolicy, PodDisruptionBudget, Service, ServiceMonitor, type Workload } from '../../src/k8s';
import { allOf, inventoryOf, oneOf, renderChart, type Manifest } from '../support/manifests';
import { matches } from '../invariants/workloads';
import { selectorProblems } from '../invariants/selectors';

const deploymentOf = (chart: Chart) => new plus.Deployment(chart, 'web', {
  metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web:1', portNumber: 8080 }],
});

/** A chart with a plain cdk8s-plus-28 Deployment, and what of ours is put around it. */
const around = (build: (chart: Chart, target: Workload) => void) => renderChart(chart => build(chart, deploymentOf(chart)));
const podLabels = (manifests: readonly Manifest[]) => oneOf(manifests, 'Deployment').spec.template.metadata?.labels ?? {};

describe('around a Deployment of cdk8s-plus-28', () => {
  test('an autoscaler owns the number of its replicas', () => {
    const manifests = around((chart, target) => new HorizontalPodAutoscaler(chart, 'Hpa', { target, min: 2, max: 10 }));
    expect(oneOf(manifests, 'HorizontalPodAutoscaler')).toMatchObject({
      metadata: { name: 'web', namespace: 'shop' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 10, metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 70 } } }] },
    });
    expect('replicas' in oneOf(manifests, 'Deployment').spec).toBe(false);
  });

  test('its replicas stay fixed without an autoscaler', () => {
    expect(oneOf(around(() => undefined), 'Deployment').spec.replicas).toBe(2);
  });

  test('a budget protects exactly its pods', () => {
    const manifests = around((chart, target) => new PodDisruptionBudget(chart, 'Pdb', { target, maxUnavailable: 1 }));
    const { spec } = oneOf(manifests, 'PodDisruptionBudget');
    expect(spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    expect(matches(spec?.selector?.matchLabels ?? { none: 'x' }, podLabels(manifests))).toBe(true);
  });

  test('a network policy is about exactly its pods', () => {
    const manifests = around((chart, target) => new NetworkPolicy(chart, 'Policy', {
      target, ingress: [{ peer: { kind: 'namespace', namespace: 'gateways' }, ports: [{ port: 8080, protocol: 'TCP' }] }],
      egress: [{ peer: { kind: 'ranges', cidrs: ['0.0.0.0/0'], except: ['10.0.0.0/8'] }, ports: [{ port: 443, protocol: 'TCP' }] }],
    }));
    expect(oneOf(manifests, 'NetworkPolicy').spec).toEqual({
      podSelector: { matchLabels: oneOf(manifests, 'Deployment').spec.selector?.matchLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateways' } } }], ports: [{ port: 8080, protocol: 'TCP' }] }],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443, protocol: 'TCP' }] }],
    });
  });

  test('host names become a policy of Cilium beside it, with DNS going through it', () => {
    const manifests = around((chart, target) => new NetworkPolicy(chart, 'Policy', { target, ingress: [], egress: [{ peer: { kind: 'host', host: 'api.example' }, ports: [{ port: 443, protocol: 'TCP' }] }] }));
    expect(inventoryOf(manifests)).toEqual(['CiliumNetworkPolicy/web-hosts', 'Deployment/web', 'NetworkPolicy/web']);
    expect(oneOf(manifests, 'CiliumNetworkPolicy').spec?.egress).toMatchObject([
      { toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }] },
      { toFQDNs: [{ matchName: 'api.example' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
    ]);
  });

  test('a Service and a monitor find exactly its pods', () => {
    const manifests = around((chart, target) => {
      new Service(chart, 'Service', { target, ports: [{ name: 'web', port: 8080, protocol: 'http' }, { name: 'raw', port: 8081, protocol: 'tcp' }, { name: 'rpc', port: 9000, protocol: 'grpc' }] });
      new ServiceMonitor(chart, 'Monitor', { target, port: 'web', monitorLabels: { release: 'prometheus' } });
    });
    expect(matches(oneOf(manifests, 'Service').spec?.selector ?? { none: 'x' }, podLabels(manifests))).toBe(true);
    expect(oneOf(manifests, 'Service').spec?.ports?.map(({ appProtocol }) => appProtocol)).toEqual(['http', undefined, 'kubernetes.io/h2c']);
    const monitor = oneOf(manifests, 'ServiceMonitor');
    expect(monitor).toMatchObject({ metadata: { labels: { release: 'prometheus' } }, spec: { endpoints: [{ port: 'web', path: '/metrics', interval: '30s' }] } });
    expect(matches((monitor.spec.selector as { matchLabels: Record<string, string> }).matchLabels, oneOf(manifests, 'Service').metadata.labels ?? {})).toBe(true);
  });

  test('nothing selects anything else', () => {
    const manifests = around((chart, target) => {
      new plus.Deployment(chart, 'other', { metadata: { name: 'other', namespace: 'shop' }, containers: [{ image: 'other:1', portNumber: 8080 }] });
      new HorizontalPodAutoscaler(chart, 'Hpa', { target, min: 2, max: 10 });
      new PodDisruptionBudget(chart, 'Pdb', { target, maxUnavailable: 1 });
      new NetworkPolicy(chart, 'Policy', { target, ingress: [], egress: [] });
      new Service(chart, 'Service', { target, ports: [{ name: 'web', port: 8080, protocol: 'http' }] });
      new ServiceMonitor(chart, 'Monitor', { target, port: 'web' });
    });
    expect(selectorProblems(manifests)).toEqual([]);
    expect(allOf(manifests, 'Deployment')).toHaveLength(2);
  });

  test('a StatefulSet is as good', () => {
    const manifests = renderChart(chart => {
      const service = new plus.Service(chart, 'headless', { metadata: { name: 'db' }, ports: [{ port: 5432 }] });
      const target = new plus.StatefulSet(chart, 'db', { metadata: { name: 'db' }, service, containers: [{ image: 'db:1', portNumber: 5432 }] });
      new PodDisruptionBudget(chart, 'Pdb', { target, minAvailable: 1 });
    });
    expect(oneOf(manifests, 'PodDisruptionBudget').spec?.selector?.matchLabels).toEqual({ 'cdk8s.io/metadata.addr': expect.any(String) as unknown });
  });

  test('labels of the caller are left alone', () => {
    const labels = Object.freeze({ team: 'web' });
    const [, policy] = Testing.synth(((chart: Chart) => {
      new PodDisruptionBudget(chart, 'Pdb', { target: deploymentOf(chart), maxUnavailable: 1, labels });
      return chart;
    })(Testing.chart())) as Manifest[];
    expect(policy.metadata.labels).toEqual({ team: 'web' });
  });
});
