import { App } from 'cdktf';
import { EksStack } from 'marty-msf/cloud/aws';
import { accounts, clusterOf, environments } from './clusters';
import { services } from './fleet';

const app = new App();
const ranges = { dev: '10.10.0.0/16', staging: '10.20.0.0/16', production: '10.30.0.0/16' };
const domains = { dev: 'dev.shop.example', staging: 'staging.shop.example', production: 'shop.example' };

for (const environment of environments) {
  const production = environment === 'production';
  new EksStack(app, environment, {
    account: accounts[environment], environment, region: 'eu-central-1',
    role: `arn:aws:iam::${accounts[environment]}:role/infrastructure`,
    state: { bucket: `acme-terraform-${environment}` },
    tags: { owner: 'platform', 'cost-center': '4711' },
    network: {
      cidr: ranges[environment], zones: ['a', 'b', 'c'], tiers: { reporting: { place: 3 } }, pods: { cidr: '100.64.0.0/16' },
      internet: { nat: production ? 'per-zone' : 'single', reason: 'images from ghcr.io, and payment providers' },
    },
    cluster: clusterOf(environment),
    dns: {
      zones: { shop: { name: domains[environment] }, internal: { name: 'shop.internal', private: true }, old: { name: 'oldshop.example', id: 'Z0123456789ABCDEFGHIJ' } },
      certificates: { web: { zone: 'shop', domain: domains[environment], alternativeNames: [`api.${domains[environment]}`] } },
    },
    services,
    buckets: { accessLogs: { 'eu-central-1': `acme-logs-${environment}-frankfurt`, 'eu-west-1': `acme-logs-${environment}-dublin` }, replica: { region: 'eu-west-1' } },
    topics: {},
    secrets: {
      rotation: { functionArn: `arn:aws:lambda:eu-central-1:${accounts[environment]}:function:rotate-secrets` },
      each: { 'shop/orders/session': { value: { length: 64 } } },
    },
    databases: { capacity: production ? { min: 2, max: 32 } : { min: 0.5, max: 4 }, each: { 'payments.archive': { kind: 'instance' } } },
  });
}

app.synth();
