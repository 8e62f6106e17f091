import { defineCluster, type ClusterSpec } from 'marty-msf/cloud/aws';

export const accounts = { dev: '111111111111', staging: '222222222222', production: '333333333333' } as const;
export type EnvironmentName = keyof typeof accounts;
export const environments = Object.keys(accounts) as EnvironmentName[];

/** The clusters of all environments, which differ in size alone. */
export function clusterOf(environment: EnvironmentName): ClusterSpec {
  const role = (name: string) => `arn:aws:iam::${accounts[environment]}:role/${name}`;
  const production = environment === 'production';
  return defineCluster({
    name: `shop-${environment}`,
    kubernetes: '1.35',
    access: {
      platform: { principal: role('platform'), role: 'cluster-admin' },
      delivery: { principal: role('delivery'), role: 'admin', namespaces: ['shop'] },
      support: { principal: role('support'), role: 'view' },
    },
    nodePools: {
      system: { arch: 'arm64', min: production ? 3 : 2 },
      batch: { capacity: 'spot', machines: ['m7i.xlarge', 'm6i.xlarge', 'm7a.xlarge'], min: 0, max: 10, taints: [{ key: 'batch', effect: 'NoSchedule' }] },
      ...production && { models: { gpu: true, machines: ['g6.xlarge', 'g5.xlarge'], min: 0, max: 4, diskGiB: 200, taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] } },
    },
    ...production && { backup: { days: 90 } },
    addons: {
      'aws-load-balancer-controller': true, 'external-dns': true, 'external-secrets': true, 'cert-manager': true, 'snapshot-controller': true, 'amazon-cloudwatch-observability': production,
    },
  });
}
