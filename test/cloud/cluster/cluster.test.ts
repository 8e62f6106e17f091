import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities, capabilityMatrix, clouds, defineCluster, type ClusterInput } from '../../../src/cloud/cluster';
import { refusals } from '../../../src/cloud/cluster/capabilities';

const admin = { principal: 'arn:aws:iam::123456789012:role/platform', role: 'cluster-admin' } as const;
const small: ClusterInput = { name: 'shop', kubernetes: '1.34', access: { platform: admin }, nodePools: { system: {} } };

describe('a cluster\'s description', () => {
  test('fills what is not said', () => {
    const cluster = defineCluster(small);
    expect(cluster).toMatchObject({ support: 'standard', endpoint: 'private', autoscaling: 'karpenter', identity: 'pod-identity', deletionProtection: true, logDays: 365 });
    expect(cluster.nodePools.system).toMatchObject({ arch: 'amd64', capacity: 'on-demand', min: 2, max: 6, diskGiB: 50, system: 'minimal', repair: true });
    expect(Object.isFrozen(cluster.nodePools.system)).toBe(true);
  });

  test.each<[string, Partial<ClusterInput>, string]>([
    ['nobody may enter', { access: {} }, 'access: has no cluster-admin: nobody could enter the cluster'],
    ['nobody has all power', { access: { people: { ...admin, role: 'view' } } }, 'has no cluster-admin'],
    ['one principal has two entries', { access: { platform: admin, more: { ...admin, role: 'view' } } }, 'access.more.principal'],
    ['a namespace narrows all power', { access: { platform: { ...admin, namespaces: ['shop'] } } }, 'expected the role admin'],
    ['the API server is open to everybody', { endpoint: { allow: ['0.0.0.0/0'], reason: 'it is simpler so' } }, 'endpoint.allow[0]'],
    ['the API server is open without a reason', { endpoint: { allow: ['203.0.113.0/24'], reason: '' } }, 'endpoint.reason'],
    ['there is no pool', { nodePools: {} }, 'expected at least one'],
    ['the cloud makes nodes, and people too', { autoscaling: 'managed' }, 'nodePools: has pools, but autoscaling is "managed": the cloud makes nodes by itself; leave nodePools out'],
    ['a private range is to come from the internet', { endpoint: { allow: ['10.8.0.0/16'], reason: 'the VPN of the office' } }, 'endpoint.allow[0]: is "10.8.0.0/16", which is of addresses that never come from the internet; let what is in the network, or connected to it, in by apiClients'],
    ['every address of the network reaches the API server', { apiClients: { all: '0.0.0.0/0' } }, 'apiClients.all: is "0.0.0.0/0", which is wider than a /8'],
    ['a client of the API server is of IPv6', { apiClients: { vpn: 'fd00::/48' } }, 'apiClients.vpn: is "fd00::/48", expected a range of IPv4'],
    ['a node labels itself in the name of Kubernetes', { nodePools: { system: { labels: { 'node-role.kubernetes.io/worker': '' } } } }, 'nodePools.system.labels."node-role.kubernetes.io/worker": cannot be said here'],
    ['a node labels itself where nodes may not', { nodePools: { system: { labels: { 'team.node-restriction.kubernetes.io/name': 'a' } } } }, 'cannot be said here'],
    ['no pool takes what the cluster runs itself', { nodePools: { spot: { capacity: 'spot' } } }, 'has no pool for what runs in the cluster itself'],
    ['a pool has fewer nodes at most than at least', { nodePools: { system: { min: 4, max: 3 } } }, 'nodePools.system.max'],
    ['spot machines are of one type', { nodePools: { system: {}, spot: { capacity: 'spot', machines: ['m7i.large'] } } }, 'name at least two'],
    ['accelerators have no machines', { nodePools: { system: {}, gpu: { gpu: true } } }, 'nodePools.gpu.machines'],
    ['a field does not exist', { nodePool: {} } as never, 'did you mean nodePools?'],
  ])('is refused where %s', (_, change, message) => {
    expect(() => defineCluster({ ...small, ...change })).toThrow(message);
  });

  test('has no pool where the cloud makes nodes by itself', () => {
    const { nodePools: _, ...rest } = small;
    expect(defineCluster({ ...rest, autoscaling: 'managed' }).nodePools).toEqual({});
    expect(() => defineCluster(rest)).toThrow('nodePools: has no pool, expected at least one');
  });

  test('labels nodes by names of its own, and by those that a kubelet may set', () => {
    const labels = { 'team': 'a', 'acme.example/team': 'a', 'node.kubernetes.io/exclude-from-external-load-balancers': 'true', 'mykubernetes.io/x': 'y' };
    expect(defineCluster({ ...small, nodePools: { system: { labels } } }).nodePools.system.labels).toEqual(labels);
  });

  test('tells every problem at once', () => {
    expect(() => defineCluster({ ...small, name: 'Shop', access: {}, nodePools: {} })).toThrow(/name[\s\S]*access[\s\S]*nodePools/);
  });
});

describe('what clouds have', () => {
  test('is told for at least 40 capabilities and three clouds', () => {
    expect(Object.keys(capabilities).length).toBeGreaterThanOrEqual(40);
    expect(capabilityMatrix().trim().split('\n')).toHaveLength(Object.keys(capabilities).length + 2);
  });

  test('says of every field what asks for it, or that every cluster has it', () => {
    for (const { field, asked } of Object.values(capabilities)) expect(field === undefined).toBe(asked === undefined);
    const fields = new Set(Object.values(capabilities).flatMap(({ field }) => field ?? []));
    expect([...Object.keys(defineCluster(small)), 'serviceCidr', 'maintenance', 'backup'].filter(field => !fields.has(field)).sort()).toEqual(['name']);
  });

  test('refuses what a cloud does not have, and what is not built, each with a way out', () => {
    const asking = defineCluster({ ...small, policy: true, addresses: 'ipv6', maintenance: { day: 'sunday', hour: 3 } });
    expect(refusals(asking, 'aws').map(({ path }) => path)).toEqual(['addresses', 'maintenance', 'policy']);
    expect(refusals(asking, 'aws')[0].message).toContain('which is not built yet');
    expect(refusals(asking, 'aws')[1].message).toContain('which this cloud does not have');
    expect(refusals(defineCluster(small), 'aws')).toEqual([]);
    for (const cloud of clouds.filter(name => name !== 'aws')) expect(refusals(defineCluster(small), cloud)).not.toEqual([]);
  });
});

test('the guide shows the matrix (MATRIX_UPDATE=1 writes it)', () => {
  const guide = join(__dirname, '../../../docs/guide/aws.md');
  const text = readFileSync(guide, 'utf8');
  const heading = '## What a cluster can have\n';
  const shown = text.slice(0, text.indexOf(heading) + heading.length) + `\n${capabilityMatrix()}`;
  if (process.env.MATRIX_UPDATE === '1') writeFileSync(guide, shown);
  expect(process.env.MATRIX_UPDATE === '1' ? shown : text).toBe(shown);
});
