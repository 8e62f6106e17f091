import { App } from 'cdktf';
import { defineCluster, EksStack, type ClusterInput } from 'marty-msf/cloud/aws';

const account = '333333333333';
const access: ClusterInput['access'] = { platform: { principal: `arn:aws:iam::${account}:role/platform`, role: 'cluster-admin' } };
const home = { account, region: 'eu-central-1', state: { bucket: 'acme-terraform-production' } };

const app = new App();

// Auto Mode: EKS makes nodes, disks and load balancers by itself.
new EksStack(app, 'auto', {
  ...home,
  network: { cidr: '10.40.0.0/16', zones: ['a', 'b'] },
  cluster: defineCluster({ name: 'auto', kubernetes: '1.35', access, autoscaling: 'managed', addons: { 'external-secrets': true } }),
});

// The classic autoscaler: pools by zone, so that a pod whose disk is in a zone finds a node there. Pods prove who they are by tokens too.
new EksStack(app, 'classic', {
  ...home,
  network: { cidr: '10.41.0.0/16', zones: ['a', 'b'] },
  cluster: defineCluster({
    name: 'classic', kubernetes: '1.34', access, autoscaling: 'cluster-autoscaler', identity: 'oidc', backup: { days: 30 },
    nodePools: {
      'zone-a': { zones: ['a'], system: 'general', min: 1, max: 10 },
      'zone-b': { zones: ['b'], system: 'general', min: 1, max: 10 },
    },
  }),
});

app.synth();
