import { Network, type EksStackProps } from '../../../src/cloud/aws';
import { addressesOf, eksStack, written } from '../../support/cloud';

const base = { cidr: '10.20.0.0/20', zones: ['a', 'b'] } as const;
const stackIn = (network: EksStackProps['network'], rest: Parameters<typeof eksStack>[0] = {}) => eksStack({ ...rest, network });
interface CniConfiguration { env: Record<string, string>; eniConfig?: { subnets: Record<string, { id: string }> } }
const cniOf = (stack: ReturnType<typeof written>) => {
  const [addon] = stack.ofType('aws_eks_addon').filter(({ body }) => body.addon_name === 'vpc-cni');
  return JSON.parse(String(addon.body.configuration_values)) as CniConfiguration;
};

describe('pods with addresses of their own', () => {
  const stack = written(stackIn({ ...base, zones: [...base.zones], pods: { cidr: '100.64.0.0/16' } }));

  test('have subnets by the letters of zones, in a range beside that of the network', () => {
    expect(stack.ofType('aws_vpc_ipv4_cidr_block_association').map(({ body }) => body.cidr_block)).toEqual(['100.64.0.0/16']);
    const pods = stack.ofType('aws_subnet').filter(({ body }) => (body.tags as Record<string, string>).tier === 'pods');
    expect(pods.map(({ body }) => [body.availability_zone, body.cidr_block, (body.depends_on as string[]).length])).toEqual([
      ['eu-central-1a', '100.64.0.0/19', 1], ['eu-central-1b', '100.64.32.0/19', 1],
    ]);
  });

  test('get them from the CNI, in the zone and the group of their node', () => {
    const { env, eniConfig } = cniOf(stack);
    expect(env).toEqual({ ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1', AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' });
    expect(eniConfig).toEqual({
      create: true, region: 'eu-central-1',
      subnets: Object.fromEntries(['a', 'b'].map(zone => [`eu-central-1${zone}`, {
        id: expect.stringContaining(`subnet-pods-${zone}`) as string, securityGroups: [expect.stringContaining('aws_security_group.cluster_nodes') as string],
      }])),
    });
  });

  test('reach AWS by the endpoints, and the internet as their nodes do', () => {
    const [rule] = stack.ofType('aws_vpc_security_group_ingress_rule').filter(({ body }) => body.cidr_ipv4 === '100.64.0.0/16');
    expect(rule.body).toMatchObject({ from_port: 443, to_port: 443 });
    const tables = (tier: string) => stack.ofType('aws_route_table_association').filter(({ body }) => String(body.subnet_id).includes(`subnet-${tier}-`)).map(({ body }) => body.route_table_id);
    expect(tables('pods')).toEqual(tables('private'));
  });

  test('can be added later, and change no address', () => {
    const before = addressesOf(written(stackIn({ ...base, zones: [...base.zones] })));
    expect(before.filter(address => !addressesOf(stack).includes(address))).toEqual([]);
  });

  test('are said in values of the add-on too, which come last', () => {
    const own = written(stackIn({ ...base, zones: [...base.zones], pods: { cidr: '100.64.0.0/16' } }, { cluster: { addons: { 'vpc-cni': { values: { env: { WARM_PREFIX_TARGET: '2' } } } } } }));
    expect(cniOf(own).env).toMatchObject({ WARM_PREFIX_TARGET: '2', AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true' });
    expect(cniOf(written(stackIn({ ...base, zones: [...base.zones] })))).not.toHaveProperty('eniConfig');
  });

  test('take subnets that exist', () => {
    const subnets = (tier: string) => ({ a: `subnet-${tier}00001`, b: `subnet-${tier}00002` });
    const network = { vpcId: 'vpc-0a1b2c3d', cidr: '10.20.0.0/16', subnets: { private: subnets('aa'), data: subnets('bb'), control: subnets('cc'), pods: subnets('dd') } };
    expect(cniOf(written(stackIn(Network.fromIds(network)))).eniConfig?.subnets['eu-central-1b'].id).toBe('subnet-dd00002');
    const missing = Network.fromIds({ ...network, subnets: { ...network.subnets, pods: { a: 'subnet-dd00001' } } });
    expect(() => stackIn(missing)).toThrow('network: has subnets of pods in a, but nodes in b too; add the missing ones');
  });

  test.each<[string, Partial<Exclude<EksStackProps['network'], { vpcId: string }>>, string]>([
    ['a range that AWS does not take beside every network', { pods: { cidr: '172.16.0.0/16' } }, 'pods.cidr: is "172.16.0.0/16", expected a range of 100.64.0.0/10'],
    ['a range that is too small', { pods: { cidr: '100.64.0.0/22' } }, 'with a prefix from /16 to /20'],
    ['a range that overlaps the network', { cidr: '100.64.0.0/16', pods: { cidr: '100.64.16.0/20' } }, 'pods.cidr: is "100.64.16.0/20", which overlaps the network 100.64.0.0/16'],
    ['a tier of its name', { tiers: { pods: { place: 3 } }, pods: { cidr: '100.64.0.0/16' } }, 'tiers.pods: has the name of the tier that the property pods makes'],
  ])('refuse %s', (_, change, message) => {
    expect(() => stackIn({ ...base, zones: [...base.zones], ...change })).toThrow(message);
  });

  test('are refused where Auto Mode gives out addresses', () => {
    expect(() => stackIn({ ...base, zones: [...base.zones], pods: { cidr: '100.64.0.0/16' } }, { cluster: { autoscaling: 'managed', nodePools: {} } })).toThrow('which Auto Mode takes by a NodeClass');
  });
});
