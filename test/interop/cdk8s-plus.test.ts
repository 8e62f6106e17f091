import { App, Chart } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { Microservice } from '../../src/charts';
import { Deployment } from '../../src/k8s';
import { http, type MicroserviceSpec } from '../../src/spec';
import { allOf, oneOf, renderApp, type Manifest } from '../support/manifests';
import { minimal, shop } from '../support/shop';

const service = (more: object = {}): MicroserviceSpec => {
  const described: unknown = shop.microservice({ ...minimal, ports: { http: http(8080) }, ...more });
  return described as MicroserviceSpec;
};

/** A chart with one service of ours, and what of cdk8s-plus-28 is put around its Deployment. */
function around(build: (chart: Chart, deployment: Deployment) => void, described = service()): readonly Manifest[] {
  const app = new App();
  const chart = new Chart(app, 'mine');
  const { workload } = new Microservice(chart, 'api', { service: described, environment: 'dev', version: '1.0.0' });
  if (!(workload instanceof Deployment)) throw new Error(`is a ${workload.kind}, expected a Deployment`);
  build(chart, workload);
  const rendered = renderApp(app);
  expect(() => rendered.text()).not.toThrow();
  return rendered.manifests;
}

const ours = { 'app.kubernetes.io/instance': 'api' };
const plain = (chart: Chart) => new plus.Deployment(chart, 'web', { metadata: { name: 'web', namespace: 'front' }, containers: [{ image: 'web:1', portNumber: 8080 }] });

describe('a HorizontalPodAutoscaler of cdk8s-plus-28', () => {
  test('scales our Deployment, which gives up its fixed number of replicas', () => {
    const manifests = around((chart, target) => new plus.HorizontalPodAutoscaler(chart, 'Hpa', { target, minReplicas: 2, maxReplicas: 9 }), service({ scale: { replicas: 3 } }));
    expect(oneOf(manifests, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' });
    const { spec, metadata } = oneOf(manifests, 'Deployment');
    expect('replicas' in spec).toBe(false);
    expect(metadata.annotations).toMatchObject({ 'polaris.fairwinds.com/deploymentMissingReplicas-exempt': 'true' });
  });

  test('leaves what our own autoscaler changed already', () => {
    const described = service({ scale: { min: 2, max: 4 } });
    const manifests = around((_, target) => target.markHasAutoscaler(), described);
    expect('replicas' in oneOf(manifests, 'Deployment').spec).toBe(false);
  });

  test('sees that our containers request what it scales by, and asks for no metric besides', () => {
    around((_, target) => {
      const [container] = target.toScalingTarget().containers as { name: string; resources: object }[];
      expect(container).toMatchObject({ name: 'api', resources: { cpu: { request: { amount: '100m' } }, memory: { limit: { amount: '128Mi' } } } });
      expect(target.toScalingTarget().replicas).toBe(2);
      target.markHasAutoscaler();
      expect(target.toScalingTarget().replicas).toBeUndefined();
    });
  });

  test('scales by the use of one of our containers', () => {
    const manifests = around((chart, target) => new plus.HorizontalPodAutoscaler(chart, 'Hpa', {
      target,
      maxReplicas: 9,
      metrics: [plus.Metric.containerCpu({ container: target.toScalingTarget().containers[0], target: plus.MetricTarget.averageUtilization(60) })],
    }));
    expect(oneOf(manifests, 'HorizontalPodAutoscaler').spec.metrics).toMatchObject([{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'api', target: { averageUtilization: 60 } } }]);
  });
});

describe('a NetworkPolicy of cdk8s-plus-28', () => {
  test('is about exactly the pods of our Deployment, in its namespace', () => {
    const manifests = around((chart, selector) => new plus.NetworkPolicy(chart, 'Policy', { metadata: { name: 'more' }, selector, egress: { default: plus.NetworkPolicyTrafficDefault.DENY } }));
    const policy = oneOf(manifests, 'NetworkPolicy', 'more');
    expect(policy.metadata.namespace).toBe('shop');
    expect(policy.spec?.podSelector).toEqual({ matchLabels: ours });
  });

  test('takes our Deployment as the other side', () => {
    const manifests = around((chart, peer) => new plus.NetworkPolicy(chart, 'Policy', {
      metadata: { name: 'more' }, selector: plain(chart), egress: { rules: [{ peer, ports: [plus.NetworkPolicyPort.tcp(8080)] }] },
    }));
    expect(oneOf(manifests, 'NetworkPolicy', 'more').spec?.egress).toEqual([{
      ports: [{ port: 8080, protocol: 'TCP' }], to: [{ podSelector: { matchLabels: ours }, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }],
    }]);
  });

  test('is made on both sides when a workload of cdk8s-plus-28 is connected with ours', () => {
    const manifests = around((chart, peer) => plain(chart).connections.allowTo(peer, { ports: [plus.NetworkPolicyPort.tcp(8080)] }));
    const made = allOf(manifests, 'NetworkPolicy').filter(({ metadata }) => metadata.name !== 'api');
    expect(made.map(({ metadata, spec }) => [metadata.namespace, spec?.policyTypes?.join()]).sort()).toEqual([['front', 'Egress'], ['shop', 'Ingress']]);
    expect(made.find(({ metadata }) => metadata.namespace === 'shop')?.spec?.podSelector).toEqual({ matchLabels: ours });
  });
});

test('a Service of cdk8s-plus-28 selects exactly our pods', () => {
  const manifests = around((chart, selector) => new plus.Service(chart, 'More', { metadata: { name: 'more', namespace: 'shop' }, selector, ports: [{ port: 80, targetPort: 8080 }] }));
  expect(oneOf(manifests, 'Service', 'more').spec?.selector).toEqual(ours);
});

test('a workload of cdk8s-plus-28 is kept away from the nodes of ours', () => {
  const manifests = around((chart, selector) => plain(chart).scheduling.separate(selector));
  const { affinity } = oneOf(manifests, 'Deployment', 'web').spec.template.spec ?? {};
  expect(affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toEqual([{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: ours }, namespaces: ['shop'] }]);
});

test('a role of cdk8s-plus-28 is bound to the identity of our pods', () => {
  const manifests = around((chart, subject) => {
    const role = new plus.Role(chart, 'Role', { metadata: { name: 'reader', namespace: 'shop' } });
    role.allowRead(plus.ApiResource.CONFIG_MAPS);
    role.bind(subject);
  });
  const [binding] = manifests.filter(({ kind }) => kind === 'RoleBinding');
  expect(binding).toMatchObject({ subjects: [{ kind: 'ServiceAccount', name: 'api', namespace: 'shop' }] });
});

describe('every kind of workload of ours', () => {
  const kinds: readonly (readonly [string, object])[] = [
    ['Deployment', {}],
    ['StatefulSet', { workload: { kind: 'stateful' } }],
    ['DaemonSet', { workload: { kind: 'daemon' } }],
    ['CronJob', { workload: { kind: 'schedule', cron: '0 3 * * *' }, ports: undefined }],
    ['Job', { workload: { kind: 'job' }, ports: undefined }],
  ];

  test.each(kinds)('has pods that cdk8s-plus-28 selects, and an identity that it gives roles to: %s', (kind, more) => {
    const app = new App();
    const chart = new Chart(app, 'mine');
    const { workload } = new Microservice(chart, 'api', { service: service(more), environment: 'dev', version: '1.0.0' });
    new plus.NetworkPolicy(chart, 'Policy', { metadata: { name: 'more' }, selector: workload, ingress: { rules: [{ peer: workload }] } });
    expect(workload.kind).toBe(kind);
    expect(workload.toSubjectConfiguration()).toEqual({ kind: 'ServiceAccount', name: 'api', namespace: 'shop', apiGroup: '' });
    const { manifests } = renderApp(app);
    const { spec } = oneOf(manifests, 'NetworkPolicy', 'more');
    expect(spec?.podSelector).toEqual({ matchLabels: ours });
    expect(spec?.ingress?.[0].from?.[0].podSelector).toEqual({ matchLabels: ours });
  });

  test('that keeps its data is scaled, too', () => {
    const app = new App();
    const chart = new Chart(app, 'mine');
    const { workload } = new Microservice(chart, 'api', { service: service({ workload: { kind: 'stateful' }, scale: { replicas: 3 } }), environment: 'dev', version: '1.0.0' });
    if (workload.kind !== 'StatefulSet') throw new Error(`is a ${workload.kind}, expected a StatefulSet`);
    expect(workload.toScalingTarget().replicas).toBe(3);
    new plus.HorizontalPodAutoscaler(chart, 'Hpa', { target: workload, maxReplicas: 9 });
    const { manifests } = renderApp(app);
    expect('replicas' in (manifests.find(({ kind }) => kind === 'StatefulSet') as unknown as { spec: object }).spec).toBe(false);
    expect(oneOf(manifests, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'api' });
  });
});
