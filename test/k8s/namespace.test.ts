import { Namespace, type NamespaceProps } from '../../src/k8s';
import { allOf, inventoryOf, oneOf, renderChart } from '../support/manifests';

const rendered = (quota: NamespaceProps['quota'] = { pods: 10 }, more: Partial<NamespaceProps> = {}) => (
  renderChart(chart => new Namespace(chart, 'Namespace', { name: 'shop', platform: 'store', kubernetes: '1.28', quota, ...more })));

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
    [{ pods: 10, cpuLimit: 4, memoryLimitGiB: 8, claims: 3, storageGiB: 100 }, {
      'pods': '10', 'services.loadbalancers': '0', 'services.nodeports': '0', 'limits.cpu': '4', 'limits.memory': '8Gi', 'persistentvolumeclaims': '3', 'requests.storage': '100Gi',
    }],
  ])('is bound by %j', (quota, hard) => {
    expect(oneOf(rendered(quota), 'ResourceQuota').spec?.hard).toEqual(hard);
  });

  test('gives a container that says nothing a little', () => {
    expect(oneOf(rendered(), 'LimitRange').spec?.limits).toEqual([{
      type: 'Container',
      defaultRequest: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '256Mi' }, default: { 'cpu': '500m', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
    }]);
  });

  test('gives a container that says nothing what it is told, and no limit of CPU where none is wanted', () => {
    const containerDefaults = { cpuMillis: 50, cpuLimitMillis: 'none' as const, memoryMiB: 64, memoryLimitMiB: 96, diskMiB: 10, diskLimitMiB: 20 };
    expect(oneOf(rendered(undefined, { containerDefaults }), 'LimitRange').spec?.limits).toEqual([{
      type: 'Container', defaultRequest: { 'cpu': '50m', 'memory': '64Mi', 'ephemeral-storage': '10Mi' }, default: { 'memory': '96Mi', 'ephemeral-storage': '20Mi' },
    }]);
  });

  test('lets everything reach the ranges that are named', () => {
    const manifests = rendered(undefined, { egress: [{ cidr: '169.254.20.10/32', ports: [53], protocols: ['TCP', 'UDP'] }, { cidr: '10.9.0.4/32', ports: [3128], protocols: ['TCP'] }] });
    expect(allOf(manifests, 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual(['default-deny', 'shared-egress']);
    expect(allOf(manifests, 'NetworkPolicy')[1].spec).toEqual({
      podSelector: {}, policyTypes: ['Egress'],
      egress: [
        { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [{ port: 53, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] },
        { to: [{ ipBlock: { cidr: '10.9.0.4/32' } }], ports: [{ port: 3128, protocol: 'TCP' }] },
      ],
    });
  });

  test('has tiers of which the first yields last', () => {
    const values = allOf(rendered(), 'PriorityClass').map(({ metadata, value }) => [metadata.name, value]);
    expect(values).toEqual([['shop-tier-1', 1000], ['shop-tier-2', 500], ['shop-tier-3', 100]]);
  });
});
