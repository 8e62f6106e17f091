import { App } from 'cdktf';
import { EksCluster, Network, ServiceAccountRole, ServicesStack } from 'marty-msf/cloud/aws';
import { definePlatform } from 'marty-msf/spec';

const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example' } } });
const orders = shop.microservice({
  name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders',
  stores: { db: shop.postgres({ version: 17 }), receipts: shop.bucket() },
});

const app = new App();
// What somebody else keeps: `aws eks describe-cluster` and `aws ec2 describe-subnets` tell it.
const cluster = EksCluster.fromIds({
  name: 'company-production', version: '1.35',
  endpoint: 'https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com', certificateAuthority: 'LS0tLS1CRUdJTg==',
  nodeSecurityGroupId: 'sg-0123456789abcdef0', secretsReader: 'company-production-external-secrets',
  oidcProviderArn: 'arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF',
});
const network = Network.fromIds({
  vpcId: 'vpc-0123456789abcdef0', cidr: '10.40.0.0/16', dataRanges: ['10.40.17.0/24', '10.40.49.0/24'],
  subnets: {
    private: { a: 'subnet-0123456789abcdef0', b: 'subnet-0123456789abcdef1' },
    data: { a: 'subnet-0123456789abcdef2', b: 'subnet-0123456789abcdef3' },
  },
});
const stack = new ServicesStack(app, 'shop-production', {
  account: '333333333333', environment: 'production', region: 'eu-central-1', state: { bucket: 'acme-terraform-production' },
  permissionsBoundary: 'boundaries/teams',
  name: 'shop-production', cluster, network, services: [orders],
  buckets: { accessLogs: { 'eu-central-1': 'acme-logs-frankfurt', 'eu-west-1': 'acme-logs-dublin' }, replica: { region: 'eu-west-1' } },
});

// A program that is described elsewhere, and proves who it is by tokens of the cluster.
new ServiceAccountRole(stack, 'reports', {
  name: 'shop-production-reports', description: 'Monthly reports', clusterName: cluster.name, oidcProviderArn: cluster.oidcProviderArn,
  namespace: 'reports', serviceAccount: 'reports',
  statements: [{ Sid: 'ReadTemplates', Action: 's3:GetObject', Resource: stack.arn('s3', 'acme-report-templates/*') }],
});

app.synth();
