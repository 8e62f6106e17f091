import type { ClusterInput, EksStackProps, NetworkProps } from '../../../src/cloud/aws';
import { definePlatform } from '../../../src/spec';
import { addressesOf, eksStack, smallCluster, written } from '../../support/cloud';

type Change = Partial<Omit<EksStackProps, 'cluster'>> & { readonly cluster?: Partial<ClusterInput> };

const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example' } } });
const service = (name: string, stores: string[]) => shop.microservice({
  name, team: 'a', tier: 1, image: `ghcr.io/acme/${name}`, stores: Object.fromEntries(stores.map(store => [store, shop.postgres()])),
});
const network: Omit<NetworkProps, 'name' | 'clusters'> = { cidr: '10.20.0.0/16', zones: ['a', 'b'] };
const base: Change = { network, services: [service('orders', ['db'])] };

const changes: [string, Change][] = [
  ['a pool', { ...base, cluster: { nodePools: { batch: { min: 0 }, ...smallCluster.nodePools } } }],
  ['a zone', { ...base, network: { ...network, zones: ['c', 'a', 'b'] } }],
  ['a tier', { ...base, network: { ...network, tiers: { reporting: { place: 5 } } } }],
  ['a database', { ...base, services: [service('accounts', ['db']), service('orders', ['archive', 'db'])] }],
  ['a machine of databases', { ...base, databases: { instances: 3 } }],
  ['an add-on', { ...base, cluster: { addons: { 'cert-manager': true } } }],
  ['who may enter', { ...base, cluster: { access: { support: { principal: 'arn:aws:iam::123456789012:role/support', role: 'view' }, ...smallCluster.access } } }],
  ['a minor version of Kubernetes', { ...base, cluster: { kubernetes: '1.36' } }],
  ['a reason to be reached from outside', { ...base, cluster: { endpoint: { allow: ['203.0.113.0/24'], reason: 'the office, for now' } } }],
];

const before = written(eksStack(base));

test.each(changes)('%s that is added changes no address', (_, change) => {
  const after = new Set(addressesOf(written(eksStack(change))));
  expect(addressesOf(before).filter(address => !after.has(address))).toEqual([]);
});

test.each(changes.filter(([what]) => !/version|outside/.test(what)))('%s that is added leaves what names and places resources as it was', (_, change) => {
  const after = written(eksStack(change));
  const fixed = ['aws_subnet', 'aws_vpc', 'aws_rds_cluster', 'aws_eks_cluster', 'aws_iam_role', 'aws_db_subnet_group', 'aws_launch_template'];
  const identity = ['availability_zone', 'cidr_block', 'cluster_identifier', 'name', 'node_group_name_prefix'];
  for (const { address, body } of fixed.flatMap(type => before.ofType(type))) {
    const now = after.blockAt(address)?.body ?? {};
    expect(Object.fromEntries(identity.map(key => [key, now[key]]))).toEqual(Object.fromEntries(identity.map(key => [key, body[key]])));
  }
});
