import { TerraformStack } from 'cdktf';
import { EksCluster, eksPropsOf, defineCluster, Network, waivePolicy } from '../../../src/cloud/aws';
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

describe('an example', () => {
  const stacks = exampleStacks('aws');

  test.each(Object.keys(stacks))('%s is written, and breaks no rule', name => {
    expect(stacks[name].blocks.length).toBeGreaterThan(100);
  });
});

const elsewhere = Network.fromIds({ vpcId: 'vpc-1', cidr: '10.0.0.0/16', subnets: {} });

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
    ['add-ons that Auto Mode brings', () => eksStack({ cluster: { autoscaling: 'managed', addons: { 'vpc-cni': true } } }), 'is done by Auto Mode itself'],
    ['a principal that is no role', () => eksStack({ cluster: { access: { platform: { ...admin, principal: 'platform' } } } }), 'access.platform.principalArn: is "platform", expected the ARN of a role'],
    ['a cluster in a stack that names no account', () => new EksCluster(new TerraformStack(testApp(), 'plain'), 'cluster', { ...eksPropsOf(defineCluster(smallCluster)), network: elsewhere }), 'put it into an AwsStack'],
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

  test('has a reason', () => {
    expect(() => waivePolicy(eksStack().cluster, 'CKV_AWS_37', 'why not')).toThrow('expected at least 10');
  });
});
