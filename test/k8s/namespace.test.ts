import { Namespace } from '../../src/k8s';
import { allOf, inventoryOf, oneOf, renderChart } from '../support/manifests';

const rendered = (quota: { cpu?: number; memoryGiB?: number; pods: number } = { pods: 10 }) => (
  renderChart(chart => new Namespace(chart, 'Namespace', { name: 'shop', platform: 'store', kubernetes: '1.28', quota })));

describe('a namespace', () => {
  test('comes with what keeps its pods from one another', () => {
    expect(inventoryOf(rendered())).toEqual([
      'LimitRange/limits', // what a container gets that asks for nothing
      'Namespace/shop',
      'NetworkPolicy/default-deny',
      'PriorityClass/shop-tier-1', 'PriorityClass/shop-tier-2', 'PriorityClass/shop-tier-3',
      'ResourceQuota/quota',
    ]);
  });

  test('enforces the restricted standard of its version', () => {
    expect(oneOf(rendered(), 'Namespace').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.28', 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'restricted',
    });
  });

  test('lets nothing talk to anything', () => {
    expect(oneOf(rendered(), 'NetworkPolicy').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test.each([
    [{ pods: 10 }, { 'pods': '10', 'services.loadbalancers': '0', 'services.nodeports': '0' }],
    [{ pods: 10, cpu: 0.5, memoryGiB: 1.5 }, { 'pods': '10', 'services.loadbalancers': '0', 'services.nodeports': '0', 'requests.cpu': '0.5', 'requests.memory': '1.5Gi' }],
  ])('is bound by %j', (quota, hard) => {
    expect(oneOf(rendered(quota), 'ResourceQuota').spec?.hard).toEqual(hard);
  });

  test('has tiers of which the first yields last', () => {
    const values = allOf(rendered(), 'PriorityClass').map(({ metadata, value }) => [metadata.name, value]);
    expect(values).toEqual([['shop-tier-1', 1000], ['shop-tier-2', 500], ['shop-tier-3', 100]]);
  });
});
