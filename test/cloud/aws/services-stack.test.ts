import { z } from 'zod';
import { AwsStack, EksCluster, EksStack, Network, ServiceAccountRole, ServicesStack, defineCluster, type ExistingCluster, type ServicesStackProps } from '../../../src/cloud/aws';
import { cloudFactsOf, definePlatform, secret } from '../../../src/spec';
import { account, smallCluster, testApp, written } from '../../support/cloud';

const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example' } } });
const orders = shop.microservice({ name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: shop.postgres(), receipts: shop.bucket() } });
const provider = `arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC`;
const existing: ExistingCluster = {
  name: 'company', version: '1.35', endpoint: 'https://ABC.gr7.eu-central-1.eks.amazonaws.com', certificateAuthority: 'LS0tLS1CRUdJTg==',
  nodeSecurityGroupId: 'sg-0123456789abcdef0', oidcProviderArn: provider,
};
const network = Network.fromIds({
  vpcId: 'vpc-0123456789abcdef0', cidr: '10.40.0.0/16', dataRanges: ['10.40.17.0/24'],
  subnets: { private: { a: 'subnet-0123456789abcdef0' }, data: { a: 'subnet-0123456789abcdef2', b: 'subnet-0123456789abcdef3' } },
});
const home = { account, region: 'eu-central-1', state: 'local' } as const;
const buckets: ServicesStackProps['buckets'] = { accessLogs: { 'eu-central-1': 'acme-logs' }, replica: { none: 'receipts can be made again' } };
const beside = (props: Partial<ServicesStackProps> = {}) => new ServicesStack(testApp(), 'test', {
  ...home, environment: 'production', cluster: EksCluster.fromIds(existing), network, services: [orders], buckets, ...props,
});

describe('services beside a cluster that exists', () => {
  const stack = written(beside());

  test('get their stores and a role, and no cluster', () => {
    const types = new Set(stack.blocks.filter(({ kind }) => kind === 'resource').map(({ type }) => type));
    expect([...types].filter(type => /^aws_(eks|vpc$|subnet|rds_cluster$|s3_bucket$)/.test(type)).sort()).toEqual(['aws_eks_pod_identity_association', 'aws_rds_cluster', 'aws_s3_bucket']);
    expect(stack.ofType('aws_eks_pod_identity_association')[0].body).toMatchObject({ cluster_name: 'company', namespace: 'shop', service_account: 'orders' });
    expect(stack.ofType('aws_vpc_security_group_ingress_rule')[0].body).toMatchObject({ referenced_security_group_id: 'sg-0123456789abcdef0', from_port: 5432 });
  });

  test('are told of with the facts that the cluster has', () => {
    const told = (stack.json.output as Record<string, { value: Record<string, unknown> }>).infrastructure.value;
    expect(told).toMatchObject({ cluster: { name: 'company', kubernetes: '1.35', endpoint: existing.endpoint, zones: 1 }, network: { data: ['10.40.17.0/24'] } });
    const stores = { 'orders.db': { kind: 'postgres', host: 'db.internal', port: 5432 } };
    expect(cloudFactsOf({ ...told, stores })).toMatchObject({ kubernetes: '1.35', zones: 1, stores: { postgres: { servers: { 'orders.db': { port: 5432 } } } } });
  });

  test('have the prefix of names that is said', () => {
    const renamed = written(beside({ name: 'shop' }));
    expect(renamed.ofType('aws_rds_cluster')[0].body.cluster_identifier).toBe('shop-orders-db');
  });
});

describe('services beside a cluster of another stack', () => {
  const both = (name?: string) => {
    const app = testApp();
    const platform = new EksStack(app, 'platform', { ...home, network: { cidr: '10.20.0.0/16', zones: ['a', 'b'] }, cluster: defineCluster(smallCluster) });
    return { app, services: new ServicesStack(app, 'services', { ...home, environment: 'production', name, cluster: platform.cluster, network: platform.network, services: [orders], buckets }) };
  };

  test('read what it made from its state', () => {
    const { app, services } = both('shop');
    app.synth();
    const stack = written(services);
    expect(services.dependencies.map(({ node }) => node.id)).toEqual(['platform']);
    expect(stack.ofType('aws_eks_pod_identity_association')[0].body.cluster_name).toMatch(/^\$\{data\.terraform_remote_state\./);
    expect(stack.ofType('aws_db_subnet_group')[0].body.subnet_ids).toHaveLength(2);
  });

  test('need a prefix of names, since that of the cluster is not known', () => {
    expect(() => both()).toThrow(/services: the stack cannot be made:[^]*name: is missing/);
  });
});

test.each<[Readonly<Record<string, unknown>>, RegExp]>([
  [{ version: '1.3' }, /version: is "1\.3"/],
  [{ endpoint: 'http://10.0.0.1' }, /endpoint: .*expected an address such as https/],
  [{ certificateAuthority: '-----BEGIN CERTIFICATE-----' }, /certificateAuthority: .*in base64/],
  [{ nodeSecurityGroupId: 'nodes' }, /nodeSecurityGroupId: .*the id of a security group/],
  [{ oidcProviderArn: 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC' }, /oidcProviderArn: .*the ARN of an identity provider/],
  [{ nodeGroup: 'sg-0123456789abcdef0' }, /nodeGroup: is not a field/],
])('a cluster that exists is refused with %p', (wrong, message) => {
  expect(() => EksCluster.fromIds({ ...existing, ...wrong } as ExistingCluster)).toThrow(message);
});

test('a name of a cluster that cannot begin others is refused', () => {
  expect(() => beside({ cluster: EksCluster.fromIds({ ...existing, name: 'Company_Production' }) })).toThrow(/name: is missing, and that of the cluster \(Company_Production\) begins no others; say one/);
});

describe('a role that pods take by tokens', () => {
  const trustIn = (oidcProviderArn: string | ((stack: AwsStack) => string)) => {
    const stack = new AwsStack(testApp(), 'test', home);
    new ServiceAccountRole(stack, 'reports', {
      clusterName: 'company', name: 'reports', description: 'Reports', namespace: 'shop', serviceAccount: 'reports',
      oidcProviderArn: typeof oidcProviderArn === 'string' ? oidcProviderArn : oidcProviderArn(stack),
    });
    const read = written(stack);
    expect(read.ofType('aws_eks_pod_identity_association')).toEqual([]);
    return read.ofType('aws_iam_role').find(({ body }) => body.name === 'reports')?.body.assume_role_policy as string;
  };

  test('believes the provider that exists, for one service account', () => {
    const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC';
    expect(JSON.parse(trustIn(provider))).toMatchObject({ Statement: [{
      Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:shop:reports' } },
    }] });
  });

  test('believes one that is made', () => {
    const trust = trustIn(stack => new EksCluster(stack, 'cluster', {
      name: 'shop', version: '1.35', network: Network.fromIds({ vpcId: 'vpc-0a1b2c3d', cidr: '10.0.0.0/16', subnets: { private: { a: 'subnet-0a1b2c3d' }, control: { a: 'subnet-0a1b2c3e', b: 'subnet-0a1b2c3f' } } }),
      access: { platform: { principalArn: `arn:aws:iam::${account}:role/platform`, role: 'cluster-admin' } }, nodePools: { system: {} }, oidcProvider: true,
    }).oidcProviderArn ?? '');
    expect(trust).toMatch(/split\(\\*":oidc-provider\/\\*", aws_iam_openid_connect_provider\./);
    expect(trust).toContain('system:serviceaccount:shop:reports');
  });
});

test('what is wrong with any part of a stack is told at once, each under the property that it is of', () => {
  const several = () => new EksStack(testApp(), 'test', {
    ...home, environment: 'production', services: [orders],
    network: { cidr: '10.20.0.0/26', zones: ['a', 'b', 'd'] },
    cluster: defineCluster({ ...smallCluster, addresses: 'ipv6', nodePools: { system: { zones: ['d'] } } }),
    eks: { secretPrefixes: ['shop orders'] },
    dns: { zones: { shop: { name: 'shop.example' } }, certificates: { web: { zone: 'shopp', domain: 'shop.example' } } },
    secrets: { rotation: { never: 'short' } },
    databases: { backupDays: 0, each: { 'orders.archive': { instances: 3 } } },
    buckets: { accessLogs: {}, replica: { region: 'eu-central-1' } },
    topics: { maxReceives: 0 },
  });
  let message = '';
  try {
    several();
  } catch (error) {
    ({ message } = error as Error);
  }
  const [summary, ...problems] = message.split('\n').map(line => line.trim());
  expect(summary).toBe('test: the stack cannot be made:');
  expect(problems.map(line => line.split(': ')[0])).toEqual([
    'eks.secretPrefixes[0]', 'network.cidr', 'dns.certificates.web.zone', 'secrets.rotation.never', 'cluster.addresses', 'databases.backupDays', 'topics.maxReceives', 'buckets.replica.region', 'buckets.accessLogs.eu-central-1',
  ]);
});

describe('keys that exist', () => {
  const keyIn = (region: string, id: string) => `arn:aws:kms:${region}:${account}:key/${id}`;
  const keys = Object.fromEntries(['network', 'cluster', 'disks', 'logs', 'queue', 'data', 'backup', 'buckets', 'messages', 'secrets'].map(id => [id, keyIn('eu-central-1', id)]));
  const declaring = shop.microservice({
    name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: shop.postgres(), receipts: shop.bucket() },
    secrets: { token: secret('shop/token') }, produces: { placed: shop.topic('placed', { message: z.object({ id: z.string() }), key: 'id' }) },
  });
  const withKeys = (diskKeyArn = keys.disks) => new EksStack(testApp(), 'test', {
    ...home, environment: 'production', cluster: defineCluster(smallCluster), services: [declaring],
    network: { cidr: '10.20.0.0/16', zones: ['a', 'b'], logKeyArn: keys.network },
    eks: { secretsKeyArn: keys.cluster, diskKeyArn, logKeyArn: keys.logs, queueKeyArn: keys.queue },
    dns: { zones: { shop: { name: 'shop.example' } }, signingKeyArn: keyIn('us-east-1', 'signing'), logKeyArn: keyIn('us-east-1', 'zones') },
    databases: { keyArn: keys.data, backupKeyArn: keys.backup },
    buckets: { accessLogs: { 'eu-central-1': 'acme-logs', 'eu-west-1': 'acme-logs' }, replica: { region: 'eu-west-1', keyArn: keyIn('eu-west-1', 'copies') }, keyArn: keys.buckets },
    secrets: { rotation: { never: 'the token is given by hand' }, keyArn: keys.secrets }, topics: { keyArn: keys.messages },
  });

  test('are used for everything, and none is made', () => {
    const stack = written(withKeys());
    expect(stack.ofType('aws_kms_key')).toEqual([]);
    const text = JSON.stringify(stack.json.resource);
    for (const arn of [...Object.values(keys), keyIn('us-east-1', 'signing'), keyIn('us-east-1', 'zones'), keyIn('eu-west-1', 'copies')]) expect(text).toContain(arn);
  });

  test('are named by their ARNs, not by an alias', () => {
    expect(() => withKeys('alias/disks')).toThrow(/eks\.diskKeyArn: is "alias\/disks", expected the ARN of a key/);
  });
});

describe('two stacks of one app', () => {
  const bucket = 'acme-terraform';
  const problemsOf = (one: Partial<ServicesStackProps>, other: Partial<ServicesStackProps>) => {
    const app = testApp();
    const shared = { ...home, environment: 'production', cluster: EksCluster.fromIds(existing), network, buckets } as const;
    new ServicesStack(app, 'one', { ...shared, services: [orders], state: { bucket }, ...one });
    new ServicesStack(app, 'other', { ...shared, services: [orders], state: { bucket }, ...other });
    try {
      app.synth();
    } catch (error) {
      return (error as Error).message.split('\n').slice(1).map(line => line.trim());
    }
    return [];
  };
  const mails = shop.microservice({ name: 'mails', team: 'commerce', tier: 2, image: 'ghcr.io/acme/mails', stores: { db: shop.postgres() } });

  test('take no names from each other', () => {
    const problems = problemsOf({}, {});
    expect(problems).toContain('other/stores/orders-db/cluster cluster_identifier: is "company-orders-db", which aws_rds_cluster.stores_orders-db_cluster_FB9BB591 of the stack one is too; let one of them have it (MARTY_AWS_SAME_NAME) [aws_rds_cluster.stores_orders-db_cluster_FB9BB591]');
  });

  test('give no two roles to the pods of one service', () => {
    expect(problemsOf({ name: 'aa' }, { name: 'bb' })).toEqual([expect.stringMatching(/^other\/identities\/orders\/association service_account: is "company\/shop\/orders", which .* of the stack one is too/)]);
  });

  test('keep no two states in one object', () => {
    const [problem, ...others] = problemsOf({ name: 'aa' }, { name: 'bb', services: [mails], state: { bucket, key: 'one.tfstate' } });
    expect(problem).toMatch(/^other key: is "acme-terraform\/one\.tfstate", which terraform\.backend of the stack one is too.*\(MARTY_AWS_SAME_STATE\)/);
    expect(others).toEqual([]);
  });

  test('stand side by side, in other accounts with the same names', () => {
    expect(problemsOf({ name: 'aa' }, { name: 'bb', services: [mails] })).toEqual([]);
    const elsewhere = EksCluster.fromIds({ ...existing, oidcProviderArn: undefined });
    expect(problemsOf({}, { account: '210987654321', cluster: elsewhere })).toEqual([]);
  });
});

test('a stack is where its cluster is, and has a place for its services', () => {
  expect(() => beside({ region: 'eu-west-1' })).toThrow(/cluster: is of the region eu-central-1, and the stack of eu-west-1/);
  expect(() => beside({ account: '210987654321' })).toThrow(/cluster: is of the account 123456789012, and the stack of 210987654321/);
  expect(() => beside({ network: Network.fromIds({ vpcId: 'vpc-0123456789abcdef0', cidr: '10.40.0.0/16', subnets: {} }) })).toThrow(/network: has subnets of the tier "private" in no zone/);
  expect(() => beside({ services: [orders, orders] })).toThrow(/services\[1\]: is orders, which is given before/);
});

describe('secrets that are made beside a cluster', () => {
  const declaring = shop.microservice({
    name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: shop.postgres() }, secrets: { token: secret('shop/token') },
  });
  const props = { services: [declaring], secrets: { rotation: { never: 'the token is given by hand' } } } as const;

  test('are let to the role of External Secrets, with their keys and nothing else', () => {
    const stack = written(beside({ ...props, cluster: EksCluster.fromIds({ ...existing, secretsReader: 'company-external-secrets' }) }));
    const [given] = stack.ofType('aws_iam_role_policy').filter(({ body }) => body.role === 'company-external-secrets');
    expect(JSON.parse(given.body.policy as string)).toMatchObject({ Statement: [
      { Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: [
        expect.stringMatching(/^\$\{aws_secretsmanager_secret\./), expect.stringMatching(/master_user_secret\[0\]\.secret_arn\}$/),
      ] },
      { Action: 'kms:Decrypt', Resource: [expect.stringContaining('aws_kms_key.secrets_key'), expect.stringContaining('aws_kms_key.stores_key')] },
    ] });
  });

  test('are let to that of a cluster of another stack, where it has one', () => {
    const roleIn = (addons: Record<string, true>) => {
      const app = testApp();
      const platform = new EksStack(app, 'platform', { ...home, network: { cidr: '10.20.0.0/16', zones: ['a', 'b'] }, cluster: defineCluster({ ...smallCluster, addons }) });
      const stack = new ServicesStack(app, 'services', { ...home, environment: 'production', name: 'shop', cluster: platform.cluster, network: platform.network, ...props });
      app.synth();
      return written(stack).ofType('aws_iam_role_policy').map(({ body }) => body).find(({ name }) => name === 'shop-secrets')?.role;
    };
    expect(roleIn({ 'external-secrets': true })).toMatch(/^\$\{data\.terraform_remote_state\./);
    expect(roleIn({})).toBeUndefined();
  });
});

describe('topics of stacks', () => {
  const paid = (producedElsewhere: boolean) => shop.topic('paid', { message: z.object({ id: z.string() }), key: 'id', producedElsewhere });
  const payments = shop.microservice({ name: 'payments', team: 'money', tier: 1, image: 'ghcr.io/acme/payments', produces: { paid: paid(false) } });
  const mails = shop.microservice({ name: 'mails', team: 'commerce', tier: 2, image: 'ghcr.io/acme/mails', consumes: { paid: paid(true) } });
  const reached = Network.fromIds({
    vpcId: 'vpc-0123456789abcdef0', cidr: '10.40.0.0/16', subnets: { private: { a: 'subnet-0123456789abcdef0' } }, endpointRanges: ['10.40.18.0/24'],
  });

  test('that say one prefix reach each other', () => {
    const topics = { prefix: 'company' };
    const sending = written(beside({ name: 'money', services: [payments], buckets: undefined, network: reached, topics }));
    const receiving = written(beside({ name: 'commerce', services: [mails], buckets: undefined, network: reached, topics }));
    expect(sending.ofType('aws_sns_topic')[0].body.name).toBe('company-paid.fifo');
    expect(receiving.ofType('aws_sns_topic_subscription')[0].body.topic_arn).toBe(`arn:aws:sns:eu-central-1:${account}:company-paid.fifo`);
    expect(sending.ofType('aws_kms_alias')[0].body.name).not.toBe(receiving.ofType('aws_kms_alias')[0].body.name);
  });

  test('that no pod could reach are refused', () => {
    const app = testApp();
    const platform = new EksStack(app, 'platform', { ...home, network: { cidr: '10.20.0.0/16', zones: ['a', 'b'] }, cluster: defineCluster(smallCluster) });
    expect(() => new ServicesStack(app, 'services', { ...home, environment: 'production', name: 'shop', cluster: platform.cluster, network: platform.network, services: [payments], topics: {} }))
      .toThrow(/topics: are reached by nobody: .* endpoints of sns and sqs; add these/);
  });
});

test.each<[object, RegExp]>([
  [{ cidr: 'foo/99' }, /cidr: is "foo\/99"/],
  [{ vpcId: 'shop' }, /vpcId: is "shop", expected the id of a network/],
  [{ dataRanges: ['x'] }, /dataRanges\[0\]: is "x"/],
  [{ endpointRange: ['10.0.0.0/24'] }, /endpointRange: is not a field that exists here; did you mean endpointRanges\?/],
  [{ subnets: { private: { z: 'subnet-0a1b2c3d' } } }, /subnets\.private\.z/],
  [{ subnets: { private: { a: 'subnet-0a1b2c3d', b: 'subnet-0a1b2c3d' } } }, /subnets\.private\.b: .*that of private\.a too/],
])('a network that exists is refused with %j', (wrong, message) => {
  expect(() => Network.fromIds({ vpcId: 'vpc-0a1b2c3d', cidr: '10.0.0.0/16', subnets: {}, ...wrong })).toThrow(message);
});

test.each<[object, RegExp]>([
  [{ oidcProviderArn: 'foo' }, /oidcProviderArn: is "foo", expected the ARN of an identity provider/],
  [{ namespace: '*' }, /namespace: is "\*"/],
  [{ serviceAccount: 'B C' }, /serviceAccount: is "B C", expected the name of a service account/],
])('a role of pods is refused with %j', (wrong, message) => {
  const stack = new AwsStack(testApp(), 'test', home);
  const props = { clusterName: 'company', name: 'reports', description: 'Reports', namespace: 'shop', serviceAccount: 'reports' };
  expect(() => new ServiceAccountRole(stack, 'reports', { ...props, ...wrong })).toThrow(message);
});

test('what is made for one service carries its name and that of its team', () => {
  const [paid] = [shop.topic('paid', { message: z.object({ id: z.string() }), key: 'id' })];
  const payments = shop.microservice({ name: 'payments', team: 'money', tier: 1, image: 'ghcr.io/acme/payments', produces: { paid }, secrets: { token: secret('shop/token') } });
  const mails = shop.microservice({ name: 'mails', team: 'letters', tier: 2, image: 'ghcr.io/acme/mails', consumes: { paid }, secrets: { shared: secret('shop/shared') } });
  const web = shop.microservice({ name: 'web', team: 'shop', tier: 2, image: 'ghcr.io/acme/web', secrets: { shared: secret('shop/shared') } });
  const stack = written(beside({
    services: [orders, payments, mails, web], topics: {}, secrets: { rotation: { never: 'they are given by hand' } },
    network: Network.fromIds({
      vpcId: 'vpc-0a1b2c3d', cidr: '10.40.0.0/16', endpointRanges: ['10.40.18.0/24'],
      subnets: { private: { a: 'subnet-0a1b2c3d' }, data: { a: 'subnet-0b1b2c3d', b: 'subnet-0c1b2c3d' } },
    }),
  }));
  const owners = (type: string) => [...new Set(stack.ofType(type).map(({ body }) => {
    const { service = 'nobody', team = 'no team' } = (body.tags ?? {}) as Record<string, string>;
    return `${service} of ${team}`;
  }))].sort();
  expect(owners('aws_rds_cluster')).toEqual(['orders of commerce']);
  expect(owners('aws_rds_cluster_instance')).toEqual(['orders of commerce']);
  expect(owners('aws_s3_bucket')).toEqual(['orders of commerce']);
  expect(owners('aws_sqs_queue')).toEqual(['mails of letters']);
  expect(owners('aws_secretsmanager_secret')).toEqual(['nobody of no team', 'payments of money']);
  expect(owners('aws_iam_role')).toEqual(expect.arrayContaining(['mails of letters', 'orders of commerce', 'payments of money']));
});
