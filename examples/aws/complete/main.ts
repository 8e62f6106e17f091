import { App } from 'cdktf';
import { EksStack } from 'marty-msf/cloud/aws';
import { accounts, clusterOf, environments } from './clusters';
import { services } from './fleet';

const app = new App();
const ranges = { dev: '10.10.0.0/16', staging: '10.20.0.0/16', production: '10.30.0.0/16' };

for (const environment of environments) {
  const production = environment === 'production';
  new EksStack(app, environment, {
    account: accounts[environment], environment, region: 'eu-central-1',
    role: `arn:aws:iam::${accounts[environment]}:role/infrastructure`,
    state: { bucket: `acme-terraform-${environment}` },
    tags: { owner: 'platform', 'cost-center': '4711' },
    network: {
      cidr: ranges[environment], zones: ['a', 'b', 'c'], tiers: { reporting: { place: 3 } },
      internet: { nat: production ? 'per-zone' : 'single', reason: 'images from ghcr.io, and payment providers' },
    },
    cluster: clusterOf(environment),
    eks: { dnsZoneIds: ['Z0123456789ABCDEFGHIJ'] },
    services,
    databases: { capacity: production ? { min: 2, max: 32 } : { min: 0.5, max: 4 } },
  });
}

app.synth();
