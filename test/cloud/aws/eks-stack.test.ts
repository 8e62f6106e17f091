import { TerraformStack } from 'cdktf';
import { definePlatform } from '../../../src/spec';
import { EksCluster, eksPropsOf, defineCluster, Network, waivePolicy, type ClusterInput, type NetworkProps } from '../../../src/cloud/aws';
import type { SynthesizedStack } from '../../../src/cloud/validate';
import { account, admin, eksStack, exampleStacks, smallCluster, testApp, written } from '../../support/cloud';

const only = (stack: SynthesizedStack, type: string) => {
  const blocks = stack.ofType(type);
  expect(blocks).toHaveLength(1);
  return blocks[0].body;
};
const countsOf = (stack: SynthesizedStack) => {
  const counts: Record<string, number> = {};
  for (const { kind, type } of stack.blocks) if (kind === 'resource') counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

const ids = (last: string) => ({ a: `subnet-0a1b2c${last}1`, b: `subnet-0a1b2c${last}2` });
const subnets = { private: ids('a'), control: ids('b') };
const existing = { vpcId: 'vpc-0a1b2c3d', cidr: '10.0.0.0/16' };
const elsewhere = Network.fromIds({ ...existing, subnets });
const closed: Omit<NetworkProps, 'name'> = { cidr: '10.20.0.0/16', zones: ['a', 'b'] };
const shop = definePlatform({ name: 'shop', environments: { dev: { kubernetes: '1.35', domain: 'dev.shop.example' }, production: { kubernetes: '1.35', domain: 'shop.example' } } });
const services = [shop.microservice({ name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: shop.postgres() } })];
const pool = (system: NonNullable<ClusterInput['nodePools']>[string]) => eksStack({ cluster: { nodePools: { system } } });

describe('the smallest cluster', () => {
  const stack = written(eksStack());

  test('is made of these resources', () => {
    expect(countsOf(stack)).toEqual({
      // A network of four tiers in three zones, closed, with ends of AWS in it.
      aws_vpc: 1, aws_subnet: 12, aws_internet_gateway: 1, aws_default_security_group: 1,
      aws_route_table: 5, aws_route_table_association: 12, aws_route: 1, aws_vpc_endpoint: 15, aws_flow_log: 1,
      // Logs of the network and of the control plane.
      aws_cloudwatch_log_group: 2,
      // Keys: logs of the network; Secrets, disks and logs of the cluster; Karpenter's queue.
      aws_kms_key: 5, aws_kms_alias: 5,
      // Ends of AWS; control plane; nodes.
      aws_security_group: 3, aws_vpc_security_group_ingress_rule: 11, aws_vpc_security_group_egress_rule: 13,
      // Flow log, control plane, nodes, vpc-cni, EBS driver, Karpenter, its machines.
      aws_iam_role: 7, aws_iam_role_policy: 4, aws_iam_role_policy_attachment: 9, aws_iam_instance_profile: 1,
      aws_eks_cluster: 1, aws_eks_access_entry: 2, aws_eks_access_policy_association: 1, aws_eks_addon: 7,
      aws_eks_node_group: 1, aws_launch_template: 1,
      aws_eks_pod_identity_association: 1, aws_sqs_queue: 1, aws_sqs_queue_policy: 1, aws_cloudwatch_event_rule: 4, aws_cloudwatch_event_target: 4,
    });
  });

  test('has a control plane that is private, encrypted, logged and of nobody but those who are named', () => {
    expect(only(stack, 'aws_eks_cluster')).toMatchObject({
      version: '1.35', deletion_protection: true, bootstrap_self_managed_addons: false,
      access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false },
      vpc_config: { endpoint_private_access: true, endpoint_public_access: false },
      encryption_config: { resources: ['secrets'] },
      enabled_cluster_log_types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    });
  });

  test('has what nodes need before the first of them, and the rest after', () => {
    const nodes = only(stack, 'aws_eks_node_group');
    const addons = stack.ofType('aws_eks_addon');
    const before = addons.filter(({ address }) => (nodes.depends_on as string[]).includes(address)).map(({ body }) => body.addon_name);
    expect([...before].sort()).toEqual(['eks-pod-identity-agent', 'kube-proxy', 'vpc-cni']);
    const [group] = stack.ofType('aws_eks_node_group');
    const after = addons.filter(({ body }) => ((body.depends_on ?? []) as string[]).includes(group.address)).map(({ body }) => body.addon_name);
    expect([...after].sort()).toEqual(['aws-ebs-csi-driver', 'coredns', 'eks-node-monitoring-agent', 'metrics-server']);
  });

  test('has nodes whose disks are encrypted, whose metadata pods do not reach, and whose number Terraform leaves alone', () => {
    expect(only(stack, 'aws_launch_template')).toMatchObject({
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
      block_device_mappings: [{ device_name: '/dev/xvda', ebs: { encrypted: 'true' } }, { device_name: '/dev/xvdb', ebs: { encrypted: 'true', volume_size: 50 } }],
    });
    expect(only(stack, 'aws_eks_node_group')).toMatchObject({ ami_type: 'BOTTLEROCKET_x86_64', lifecycle: { ignore_changes: ['scaling_config[0].desired_size'] } });
  });

  test('refuses credentials of another account, and tags what it makes', () => {
    expect(stack.json.provider?.aws[0]).toMatchObject({ allowed_account_ids: [account], default_tags: [{ tags: { 'managed-by': 'marty-msf' } }] });
  });
});

describe('a cluster in Auto Mode', () => {
  const stack = written(eksStack({ cluster: { autoscaling: 'managed', nodePools: {} }, environment: 'dev', services }));

  test('has the three parts that EKS keeps itself, a role for the nodes that it makes, and none of ours', () => {
    const cluster = only(stack, 'aws_eks_cluster');
    expect(cluster).toMatchObject({
      compute_config: { enabled: true, node_pools: ['general-purpose', 'system'], node_role_arn: expect.stringContaining('aws_iam_role.cluster_node-role') },
      storage_config: { block_storage: { enabled: true } }, kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
    });
    const policies = stack.ofType('aws_iam_role_policy_attachment').map(({ body }) => String(body.policy_arn).split('/').at(-1));
    expect(policies).toEqual(expect.arrayContaining(['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEKSComputePolicy', 'AmazonEKSBlockStoragePolicy']));
    expect(countsOf(stack)).not.toHaveProperty('aws_eks_node_group');
    expect(stack.ofType('aws_eks_addon').map(({ body }) => body.addon_name)).toEqual(['metrics-server']);
  });

  test('has nodes in the private subnets, and lets them in to databases by the group that EKS gives them', () => {
    const { subnet_ids } = only(stack, 'aws_eks_cluster').vpc_config as { subnet_ids: string[] };
    expect(subnet_ids).toHaveLength(3);
    for (const id of subnet_ids) expect(id).toContain('subnet-private');
    const sources = stack.ofType('aws_vpc_security_group_ingress_rule').map(({ body }) => String(body.referenced_security_group_id));
    expect(sources).toContainEqual(expect.stringContaining('vpc_config[0].cluster_security_group_id'));
  });

  test('has disks that its control plane encrypts, and asks for no role that it does not need', () => {
    const [role] = stack.ofType('aws_iam_role_policy').filter(({ address }) => address.includes('cluster_role'));
    expect(String(role.body.policy)).toContain('EncryptDisks');
    expect(JSON.stringify(stack.json)).not.toContain('AWSServiceRoleForAutoScaling');
  });
});

test.each([
  ['boundaries/platform', `arn:aws:iam::${account}:policy/boundaries/platform`],
  ['arn:aws:iam::aws:policy/PowerUserAccess', 'arn:aws:iam::aws:policy/PowerUserAccess'],
])('every role is bounded by the policy %s', (permissionsBoundary, arn) => {
  const roles = written(eksStack({ permissionsBoundary })).ofType('aws_iam_role');
  expect(roles.length).toBeGreaterThan(5);
  expect(new Set(roles.map(({ body }) => body.permissions_boundary))).toEqual(new Set([arn]));
});

test('a policy of another account bounds no role', () => {
  expect(() => eksStack({ permissionsBoundary: 'arn:aws:iam::210987654321:policy/platform' })).toThrow(/permissionsBoundary: .*expected the name of a policy in the account of the stack/);
});

describe('what is protected', () => {
  const off = 'the shop moves to another account';
  const leaving = eksStack({ cluster: { deletionProtection: { off } }, services: [shop.microservice({ name: 'orders', team: 'commerce', tier: 1, image: 'ghcr.io/acme/orders', stores: { db: shop.postgres(), log: shop.postgres() } })], databases: { each: { 'orders.db': { deletionProtection: { off } }, 'orders.log': { kind: 'instance', deletionProtection: { off } } } } });

  test('is let go by a reason', () => {
    const bodies = ['aws_eks_cluster', 'aws_rds_cluster', 'aws_db_instance'].map(type => written(leaving).ofType(type)[0].body);
    expect(bodies.map(({ deletion_protection: on }) => on)).toEqual([false, false, false]);
  });

  test('is not let go without one', () => {
    expect(() => eksStack({ cluster: { deletionProtection: false as unknown as true } })).toThrow(/deletionProtection: is false, expected true, or \{ off: 'why it is to go' \}/);
    expect(() => eksStack({ cluster: { deletionProtection: { off: 'so' } } })).toThrow(/deletionProtection\.off: is "so", expected at least 10 characters/);
  });
});

test.each([
  ['eu-centrl-1', /region: is "eu-centrl-1", which is no region that is known here; did you mean eu-central-1\?/],
  ['Frankfurt', /region: is "Frankfurt", expected a region such as eu-central-1/],
])('the region %s is refused', (region, message) => {
  expect(() => eksStack({ region })).toThrow(message);
});

test('a region that is newer than this version is taken', () => {
  expect(eksStack({ region: 'eu-central-7' }).region).toBe('eu-central-7');
});

test('what only AWS may say is refused', () => {
  expect(() => eksStack({ tags: { 'aws:owner': 'shop' } })).toThrow(/tags.*expected no tag that begins with aws:/);
  expect(() => eksStack({ state: { bucket: 'Acme_State' } })).toThrow(/state\.bucket: is "Acme_State"/);
  expect(() => eksStack({ cluster: { access: { all: { principal: `arn:aws:iam::${account}:role/*`, role: 'cluster-admin' } } } })).toThrow(/access\.all\.principal: .*expected the ARN of a role/);
});

test('a control plane has the size that is asked for', () => {
  const [{ body }] = written(eksStack({ eks: { controlPlaneTier: 'tier-xl' } })).ofType('aws_eks_cluster');
  expect(body.control_plane_scaling_config).toEqual({ tier: 'tier-xl' });
});

describe('the classic autoscaler', () => {
  const stack = eksStack({ cluster: { autoscaling: 'cluster-autoscaler' } });
  const made = written(stack);

  test('is a controller with a role for its pods, and there is no other', () => {
    expect(stack.cluster.addons.controllers).toEqual(['cluster-autoscaler']);
    expect(stack.cluster.karpenter).toBeUndefined();
    expect(made.ofType('aws_eks_pod_identity_association').map(({ body }) => [body.namespace, body.service_account])).toEqual([['kube-system', 'cluster-autoscaler']]);
  });

  test('may change the pools of its cluster, and nothing else', () => {
    const [{ body }] = made.ofType('aws_iam_role_policy').filter(({ path }) => path.includes('cluster-autoscaler'));
    const { Statement } = JSON.parse(body.policy as string) as { Statement: { Sid: string; Action: string | string[]; Condition?: unknown }[] };
    const changing = Statement.filter(({ Action }) => [Action].flat().some(action => !/:(Describe|Get)/.test(action)));
    expect(changing).toMatchObject([{ Sid: 'ScalePools', Condition: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/shop': 'owned' } } }]);
  });

  test('is made with its defaults, as others install it', () => {
    expect(() => eksStack({ cluster: { autoscaling: 'cluster-autoscaler', addons: { 'cluster-autoscaler': { version: '9.0.0' } } } })).toThrow(/addons\.cluster-autoscaler: is installed by its chart/);
  });

  test('does not run beside Karpenter', () => {
    expect(() => eksStack({ cluster: { addons: { 'cluster-autoscaler': true } } })).toThrow(/cluster\.addons\.cluster-autoscaler: starts nodes beside Karpenter/);
  });
});

describe('what is in a cluster', () => {
  const stack = written(eksStack({ cluster: { backup: { days: 90 } } }));

  test('is copied every night, as long as is said', () => {
    expect(stack.ofType('aws_backup_plan')[0].body).toMatchObject({ name: 'shop-cluster', rule: [{ lifecycle: { delete_after: 90 } }] });
    expect(stack.ofType('aws_backup_selection')[0].body.resources).toEqual([expect.stringMatching(/^\$\{aws_eks_cluster\..*\.arn\}$/)]);
  });

  test('is copied by a key that exists where one is named, which is asked for with copies alone', () => {
    const backupKeyArn = `arn:aws:kms:eu-central-1:${account}:key/backup`;
    expect(written(eksStack({ cluster: { backup: {} }, eks: { backupKeyArn } })).ofType('aws_backup_vault')[0].body.kms_key_arn).toBe(backupKeyArn);
    expect(() => eksStack({ eks: { backupKeyArn } })).toThrow(/eks\.backupKeyArn: encrypts copies that nobody asked for/);
  });
});

test('the API server lets in what is connected to the network and named, and nothing else', () => {
  const stack = written(eksStack({ cluster: { apiClients: { vpn: '10.8.0.0/16', ci: 'sg-0123456789abcdef0' } } }));
  const rules = stack.ofType('aws_vpc_security_group_ingress_rule').filter(({ address }) => address.includes('api-from-'));
  expect(rules.map(({ body }) => [body.description, body.cidr_ipv4 ?? body.referenced_security_group_id, body.from_port, body.to_port])).toEqual([
    ['vpn to the API server', '10.8.0.0/16', 443, 443], ['ci to the API server', 'sg-0123456789abcdef0', 443, 443],
  ]);
});

test('a network has the endpoints that it names, those of governments too', () => {
  const stack = written(eksStack({ network: { ...closed, endpoints: ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'kms-fips'] }, cluster: { autoscaling: 'none' } }));
  const names = stack.ofType('aws_vpc_endpoint').map(({ body }) => String(body.service_name).replace('com.amazonaws.eu-central-1.', ''));
  expect(names.sort()).toEqual(['dynamodb', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'kms-fips', 's3']);
});

test.each<[string, ClusterInput['addons'], readonly string[]]>([
  ['karpenter', {}, ['sqs', 'ssm']],
  ['karpenter', { 'external-secrets': true, 'amazon-cloudwatch-observability': {} }, ['logs', 'monitoring', 'secretsmanager', 'sqs', 'ssm']],
  ['cluster-autoscaler', { 'aws-load-balancer-controller': true, 'external-secrets': false }, ['autoscaling', 'elasticloadbalancing']],
  ['none', {}, []],
])('a network without internet has endpoints of what is used by %s and %p, besides those that are named', (autoscaling, addons, used) => {
  const least = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth'];
  const stack = written(eksStack({ network: { ...closed, endpoints: least }, cluster: { autoscaling: autoscaling as 'none', addons } }));
  const ends = stack.ofType('aws_vpc_endpoint').filter(({ body }) => body.vpc_endpoint_type === 'Interface').map(({ body }) => String(body.service_name).replace('com.amazonaws.eu-central-1.', ''));
  expect(ends.sort()).toEqual([...least, ...used].sort());
});

test('Karpenter is told the subnets of a network that exists, which carry no tag of its cluster', () => {
  const { infrastructure } = written(eksStack({ network: elsewhere })).json.output as Record<string, { value: { karpenter: unknown } }>;
  expect(infrastructure.value.karpenter).toMatchObject({ subnets: Object.values(ids('a')) });
});

test('machines of the right kind are taken', () => {
  const nodePools = {
    system: { arch: 'arm64', machines: ['m7g.large', 'c7gn.xlarge', 'im4gn.large', 'a1.medium', 'm8g.metal-24xl'] },
    amd: { machines: ['m7i-flex.large', 'u7i-12tb.224xlarge', 't3.nano', 'c7a.metal-48xl', 'g4ad.xlarge'] },
    gpu: { gpu: true, machines: ['g4dn.xlarge', 'gr6.4xlarge', 'p5en.48xlarge', 'p6-b200.48xlarge'] },
    both: { gpu: true, arch: 'arm64', machines: ['g5g.xlarge', 'p6e-gb200.36xlarge'] },
  } as const;
  expect(written(eksStack({ cluster: { nodePools: nodePools as never } })).ofType('aws_eks_node_group')).toHaveLength(4);
});

describe('an example', () => {
  const stacks = exampleStacks('aws');

  test.each(Object.keys(stacks))('%s is written, and breaks no rule', name => {
    expect(stacks[name].blocks.length).toBeGreaterThan(50);
  });
});

describe('what is refused before anything is written', () => {
  test.each<[string, () => unknown, string]>([
    ['what AWS does not have', () => eksStack({ cluster: { maintenance: { day: 'sunday', hour: 3 } } }), 'maintenance: asks for a window in which the cloud may upgrade, which this cloud does not have'],
    ['a region that does not exist', () => eksStack({ region: 'europe' }), 'region: is "europe", expected a region such as eu-central-1'],
    ['an account that is none', () => eksStack({ account: '1234' }), 'account: is "1234", expected the 12 digits'],
    ['overlapping subnets', () => eksStack({ network: { cidr: '10.20.0.0/16', zones: ['a', 'b'], ranges: { data: { a: '10.20.32.0/24' } } } }), 'overlaps'],
    ['one zone', () => eksStack({ network: { cidr: '10.20.0.0/16', zones: ['a'] } }), 'zones: names 1, expected at least 2'],
    ['NAT without public subnets', () => eksStack({ network: { cidr: '10.20.0.0/16', zones: ['a', 'b'], public: false, internet: { reason: 'images of the fleet' } } }), 'leave out public: false'],
    ['an add-on that does not exist', () => eksStack({ cluster: { addons: { 'certmanager': true } } }), 'addons.certmanager: is no add-on that is known here; did you mean cert-manager?'],
    ['nodes without a network', () => eksStack({ cluster: { addons: { 'vpc-cni': false } } }), 'no node would come up without it'],
    ['add-ons that Auto Mode brings', () => eksStack({ cluster: { autoscaling: 'managed', nodePools: {}, addons: { 'vpc-cni': true } } }), 'is done by Auto Mode itself'],
    ['a principal that is no role', () => eksStack({ cluster: { access: { platform: { ...admin, principal: 'platform' } } } }), 'access.platform.principal: is "platform", expected the ARN of a role'],
    ['a cluster in a stack that names no account', () => new EksCluster(new TerraformStack(testApp(), 'plain'), 'cluster', { ...eksPropsOf(defineCluster(smallCluster)), network: elsewhere }), 'put it into an AwsStack'],
    ['values of a chart that others install', () => eksStack({ cluster: { addons: { 'external-secrets': { version: '1.0.0' } } } }), 'addons.external-secrets: is installed by its chart, which takes version and values; only its role is made here, expected true'],
    ['what is no type of machine', () => pool({ machines: ['m7i'] }), 'nodePools.system.machines[0]: is "m7i", expected a type of machine of EC2'],
    ['a machine of another processor', () => pool({ machines: ['m7i.large', 'm7g.large'] }), 'nodePools.system.machines[1]: is "m7g.large", which is a machine of arm64 in a pool of amd64; choose others, or say arch: \'arm64\''],
    ['a machine of the other processor', () => pool({ arch: 'arm64', machines: ['g4dn.xlarge'] }), 'a machine of amd64 in a pool of arm64'],
    ['accelerators that NVIDIA does not make', () => eksStack({ cluster: { nodePools: { system: {}, gpu: { gpu: true, machines: ['inf2.xlarge'] } } } }), 'nodePools.gpu.machines[0]: is "inf2.xlarge", which is a machine without accelerators of NVIDIA'],
    ['a zone that the network does not have', () => eksStack({ network: closed, cluster: { nodePools: { system: { zones: ['a', 'c'] } } } }), 'nodePools.system.zones[1]: is "c", where the network has no private subnet, expected a, b'],
    ['a tier that is misspelt', () => Network.fromIds({ ...existing, subnets: { private: ids('a'), contrl: ids('b') } }), 'subnets.contrl: names a tier that nothing here stands in; did you mean control?'],
    ['a network without ends of the control plane', () => eksStack({ network: Network.fromIds({ ...existing, subnets: { private: ids('a') } }) }), 'network: has subnets of the tier "control" in no zone, expected at least 2; name them under subnets.control'],
    ['databases without a place', () => eksStack({ network: elsewhere, environment: 'dev', services }), 'network: has subnets of the tier "data" in no zone, expected at least 2'],
    ['an endpoint that does not exist', () => eksStack({ network: { ...closed, endpoints: ['ec2', 'ecr.ap', 'ecr.dkr', 'eks', 'eks-auth'] } }), 'endpoints[1]: is "ecr.ap", which is no service with an endpoint that is known here; did you mean ecr.api?'],
    ['an endpoint that is there already', () => eksStack({ network: { ...closed, endpoints: ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 's3'] } }), 'endpoints[5]: is "s3", which is in every network already'],
    ['nodes that reach nothing', () => eksStack({ network: { ...closed, endpoints: [] } }), 'endpoints: has no ec2, ecr.api, ecr.dkr, eks, eks-auth, without which no node comes up where there is no internet'],
    ['an environment that the services do not have', () => eksStack({ environment: 'prodution', services }), 'environment: is "prodution", which the platform shop of orders does not have, expected one of dev, production; did you mean production?'],
    ['a client of the API server that is none', () => eksStack({ cluster: { apiClients: { vpn: 'office' } } }), 'apiClients.vpn: is "office", expected a range such as 10.8.0.0/16, or the id of a security group'],
    ['pools in Auto Mode', () => new EksCluster(eksStack(), 'more', { ...eksPropsOf(defineCluster(smallCluster)), karpenter: false, autoMode: true, network: elsewhere }), 'nodePools: has pools, but EKS runs in Auto Mode'],
    ['Karpenter in Auto Mode', () => new EksCluster(eksStack(), 'more', { ...eksPropsOf(defineCluster(smallCluster)), nodePools: {}, autoMode: true, network: elsewhere }), 'karpenter: is true, expected false in Auto Mode'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test.each<[string, string, unknown, string, string]>([
    ['an argument that does not exist', 'endpoint_privat_access', true, 'test/cluster/cluster', 'endpoint_privat_access'],
    ['a value that AWS would refuse', 'upgrade_policy.support_type', 'FOREVER', 'upgrade_policy', 'FOREVER'],
    ['an API server open to all', 'vpc_config.endpoint_public_access', true, 'vpc_config', 'CKV_AWS_39'],
    ['an API server without a way in', 'vpc_config.endpoint_private_access', false, 'vpc_config', 'MARTY_AWS'],
    ['Secrets in the clear', 'encryption_config', undefined, 'test/cluster/cluster', 'CKV_AWS_58'],
    ['a version whose support ended', 'version', '1.28', 'version', 'is past its support'],
    ['a reference to nothing', 'role_arn', '${aws_iam_role.nobody.arn}', 'role_arn', 'aws_iam_role.nobody'],
  ])('%s by an override', (_, argument, value, at, message) => {
    const stack = eksStack();
    if (value === undefined) stack.cluster.resource.addOverride(argument, null);
    else stack.cluster.resource.addOverride(argument, value);
    const text = String(thrownBy(() => written(stack)));
    expect(text).toContain('INFRASTRUCTURE_INVALID');
    expect(text).toContain(at);
    expect(text).toContain(message);
  });
});

function thrownBy(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return `${(error as { code?: string }).code} ${(error as Error).message}`;
  }
  return 'nothing was thrown';
}

describe('what is loosened', () => {
  test('is reached from outside where a reason says so', () => {
    const stack = written(eksStack({ cluster: { endpoint: { allow: ['203.0.113.0/24'], reason: 'the office, until the VPN is there' } } }));
    expect(only(stack, 'aws_eks_cluster')).toMatchObject({ vpc_config: { endpoint_private_access: true, endpoint_public_access: true, public_access_cidrs: ['203.0.113.0/24'] } });
  });

  test('breaks a policy where it is waived, and says where a waiver is needed by nothing', () => {
    const stack = eksStack();
    stack.cluster.resource.enabledClusterLogTypes = ['api'];
    expect(thrownBy(() => written(stack))).toContain('CKV_AWS_37');
    waivePolicy(stack.cluster, 'CKV_AWS_37', 'logs are collected by other means');
    waivePolicy(stack.cluster, 'CKV_AWS_58', 'nothing needs this waiver at all');
    written(stack);
    const notes = stack.node.metadata.map(({ data }) => String(data));
    expect(notes).toContainEqual(expect.stringContaining('CKV_AWS_37 is waived: logs are collected by other means'));
    expect(notes).toContainEqual(expect.stringContaining('the waiver of CKV_AWS_58 is needed by nothing'));
  });

  test('is of a policy that there is', () => {
    const stack = eksStack();
    waivePolicy(stack.cluster, 'CKV_AWS_377', 'logs are collected by other means');
    waivePolicy(stack.cluster, 'AWS-0038', 'logs are collected by other means');
    expect(thrownBy(() => written(stack))).toMatch(/test\/cluster: waives CKV_AWS_377, which is no policy that is known here; did you mean CKV_AWS_\d+\?/);
    expect(thrownBy(() => written(stack))).not.toContain('AWS-0038');
  });

  test('has a reason', () => {
    expect(() => waivePolicy(eksStack().cluster, 'CKV_AWS_37', 'why not')).toThrow('expected at least 10');
  });
});
