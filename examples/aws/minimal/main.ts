import { App } from 'cdktf';
import { defineCluster, EksStack } from 'marty-msf/cloud/aws';

const app = new App();
const accounts = { dev: '111111111111', staging: '222222222222', production: '333333333333' };
const ranges = { dev: '10.10.0.0/16', staging: '10.20.0.0/16', production: '10.30.0.0/16' };

for (const environment of ['dev', 'staging', 'production'] as const) {
  const account = accounts[environment];
  new EksStack(app, environment, {
    account, environment, region: 'eu-central-1',
    state: { bucket: `acme-terraform-${environment}` },
    network: { cidr: ranges[environment], zones: ['a', 'b', 'c'] },
    cluster: defineCluster({
      name: `shop-${environment}`,
      kubernetes: '1.35',
      access: { platform: { principal: `arn:aws:iam::${account}:role/platform`, role: 'cluster-admin' } },
      nodePools: { system: { arch: 'arm64' } },
    }),
  });
}

app.synth();
