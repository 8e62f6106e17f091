import { definePlatform, grpc, http, settleService, tcp, type EnvironmentInput, type MicroserviceSpec } from '../../src/spec';
import { accessOf, migrationAccessOf, type Edge } from '../../src/spec/access';
import { platformProblems } from '../../src/spec/environments';
import { controlPlaneOf, meshOf, meshOfPods, namespaceMarksOf, podMarksOf, type MeshKind } from '../../src/spec/mesh';
import { linesOf, refusalOf, testPairs } from '../support/problems';
import { allFacts, minimal, problemsWith } from '../support/shop';
import type { Peer } from '../../src/spec/peers';

const base = { kubernetes: '1.37', domain: 'shop.example' } as const;
const platform = (mesh: unknown) => ({ name: 'shop', environments: { dev: { ...base, mesh } } });

describe('the mesh of an environment', () => {
  testPairs(mesh => platformProblems(platform(mesh)), [
    ['is of a kind that is known', 'linkerd', 'consul', 'environments.dev.mesh: is "consul", expected "istio-sidecar" or "istio-ambient" or "linkerd" or "none"'],
    ['is of a known kind in the long form too', { kind: 'linkerd' }, { kind: 'consul' }, 'environments.dev.mesh.kind: is "consul", expected "istio-sidecar" or "istio-ambient" or "linkerd"'],
    ['names a revision that a label can hold', { kind: 'istio-sidecar', revision: '1-30-3' }, { kind: 'istio-sidecar', revision: '1.30.3' },
      'environments.dev.mesh.revision: is "1.30.3", expected the name of a revision or of its tag, such as stable or 1-30-3'],
    ['names a revision where there are proxies of one', { kind: 'istio-ambient' }, { kind: 'istio-ambient', revision: 'stable' }, 'environments.dev.mesh.revision: is not a field that exists here'],
    ['runs in a namespace', { kind: 'linkerd', namespace: 'mesh' }, { kind: 'linkerd', namespace: 'Mesh' }, expect.stringContaining('environments.dev.mesh.namespace: is "Mesh", expected a DNS label') as string],
  ]);

  test.each([
    ['istio-sidecar', { kind: 'istio-sidecar', namespace: 'istio-system' }],
    ['istio-ambient', { kind: 'istio-ambient' }],
    ['linkerd', { kind: 'linkerd', namespace: 'linkerd' }],
  ] as const)('%s alone means where it usually is', (short, long) => {
    expect(meshOf(short)).toEqual(long);
    expect(meshOf(long)).toBe(long);
  });

  test('need not be', () => {
    expect(linesOf(platformProblems({ name: 'shop', environments: { dev: base } }))).toEqual([]);
    expect(meshOf(undefined)).toBeUndefined();
    expect(meshOf('none')).toBeUndefined();
    expect(linesOf(platformProblems({ name: 'shop', environments: { prod: { ...base, mesh: 'linkerd' }, eu: { extends: 'prod', mesh: 'none' } } }))).toEqual([]);
  });
});

test('a service says yes or no to the mesh, and may do so where there is none', () => {
  expect(linesOf(problemsWith({ mesh: false }))).toEqual([]);
  expect(linesOf(problemsWith({ mesh: { perEnvironment: { default: true, production: false } } }))).toEqual([]);
  expect(linesOf(problemsWith({ mesh: 'linkerd' }))).toEqual(['mesh: is "linkerd", expected true or false']);
});

/** A service in an environment with a mesh. */
function settled(mesh: EnvironmentInput['mesh'], fields: object = {}, facts: object = {}) {
  const { microservice } = definePlatform({ name: 'shop', environments: { production: { ...allFacts, ...facts, ...(mesh === undefined ? {} : { mesh }) } as never } });
  return settleService(microservice({ ...minimal, ...fields }) as unknown as MicroserviceSpec, 'production');
}

describe('what the namespace says', () => {
  test.each([
    ['istio-sidecar' as const, { labels: { 'istio-injection': 'enabled' }, annotations: {} }],
    [{ kind: 'istio-sidecar', namespace: 'istio-system', revision: 'stable' } as const, { labels: { 'istio.io/rev': 'stable' }, annotations: {} }],
    ['istio-ambient' as const, { labels: { 'istio.io/dataplane-mode': 'ambient' }, annotations: {} }],
    ['linkerd' as const, { labels: {}, annotations: { 'linkerd.io/inject': 'enabled' } }],
  ])('of %j', (written, marks) => {
    const mesh = meshOf(written);
    expect(mesh && namespaceMarksOf(mesh)).toEqual(marks);
  });
});

describe('what pods say', () => {
  const marks = (mesh: MeshKind, fields: object, kubernetes: string, lasting: boolean) => podMarksOf(settled(mesh, fields, { kubernetes }), lasting);
  const annotated = (annotations: object) => ({ labels: {}, annotations });
  const labelled = (labels: object) => ({ labels, annotations: {} });
  const nothing = annotated({});

  test.each<[MeshKind, string, boolean, object]>([
    ['istio-sidecar', '1.29', true, annotated({ 'sidecar.istio.io/nativeSidecar': 'true' })],
    ['istio-sidecar', '1.29', false, annotated({ 'sidecar.istio.io/nativeSidecar': 'true' })],
    ['istio-sidecar', '1.28', true, annotated({ 'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts":true}' })],
    ['istio-sidecar', '1.28', false, labelled({ 'sidecar.istio.io/inject': 'false' })],
    ['istio-ambient', '1.28', true, nothing],
    ['istio-ambient', '1.28', false, nothing],
    ['linkerd', '1.29', true, annotated({ 'config.linkerd.io/proxy-enable-native-sidecar': 'true' })],
    ['linkerd', '1.29', false, annotated({ 'config.linkerd.io/proxy-enable-native-sidecar': 'true' })],
    ['linkerd', '1.28', true, nothing],
    ['linkerd', '1.28', false, annotated({ 'linkerd.io/inject': 'disabled' })],
  ])('in %s on %s, where they run for good: %s', (mesh, kubernetes, lasting, expected) => {
    expect(marks(mesh, {}, kubernetes, lasting)).toEqual(expected);
  });

  test.each<[MeshKind, object]>([
    ['istio-sidecar', labelled({ 'sidecar.istio.io/inject': 'false' })],
    ['istio-ambient', labelled({ 'istio.io/dataplane-mode': 'none' })],
    ['linkerd', annotated({ 'linkerd.io/inject': 'disabled' })],
  ])('where they stay outside of %s', (mesh, expected) => {
    expect(marks(mesh, { mesh: false }, '1.37', true)).toEqual(expected);
    expect(meshOfPods(settled(mesh, { mesh: false }), true)).toBeUndefined();
  });

  test('which of their ports Linkerd must not look into', () => {
    const ports = { web: http(8080), raw: tcp(9001), more: tcp(1883), rpc: grpc(9000) };
    expect(marks('linkerd', { ports }, '1.28', true)).toEqual(annotated({ 'config.linkerd.io/opaque-ports': '1883,9001' }));
    expect(marks('linkerd', { ports }, '1.29', false)).toEqual(annotated({ 'config.linkerd.io/proxy-enable-native-sidecar': 'true' }));
  });

  test('without a mesh', () => {
    expect(podMarksOf(settled(undefined), true)).toEqual(nothing);
    expect(podMarksOf(settled(undefined, { mesh: false }), false)).toEqual(nothing);
  });
});

describe('the control plane is reached', () => {
  const pods = (namespace: string, labels: object, ...ports: number[]) => ({ peer: { kind: 'pods', namespace, labels }, ports: ports.map(port => ({ port, protocol: 'TCP' })) });

  test('where it runs, at the ports that proxies use, and not by the ambient mode', () => {
    expect(controlPlaneOf({ kind: 'istio-sidecar', namespace: 'mesh' })).toEqual([pods('mesh', { app: 'istiod' }, 15012)]);
    expect(controlPlaneOf({ kind: 'istio-ambient' })).toEqual([]);
    expect(controlPlaneOf({ kind: 'linkerd', namespace: 'linkerd' })).toEqual([
      pods('linkerd', { 'linkerd.io/control-plane-component': 'destination' }, 8086, 8090), pods('linkerd', { 'linkerd.io/control-plane-component': 'identity' }, 8080),
    ]);
  });
});

describe('traffic in a mesh', () => {
  const web = { ports: { web: http(8080) }, exposure: {}, stores: { db: { kind: 'postgres' }, cache: { kind: 'redis' } } };
  const callers = [{ name: 'shop', namespace: 'shop', port: 'web' }];
  const nameOf = (peer: Peer) => {
    if (peer.kind === 'ranges') return peer.cidrs.join();
    if (peer.kind === 'host') return peer.host;
    return peer.kind === 'pods' ? Object.values(peer.labels).join() : peer.namespace;
  };
  /** The ports of every peer, by what it is called. */
  const portsBy = (edges: readonly Edge[]) => Object.fromEntries(edges.map(({ peer, ports }) => [nameOf(peer), ports.map(({ port }) => port)]));
  const flowing = (mesh: EnvironmentInput['mesh'], fields: object = {}) => {
    const { ingress, egress } = accessOf(settled(mesh, { ...web, ...fields }), callers);
    return { ingress: portsBy(ingress), egress: portsBy(egress) };
  };
  const direct = { ingress: { shop: [8080], gateways: [8080], monitoring: [9090] }, egress: { 'kube-dns': [53, 53], 'databases': [5432], '10.20.1.0/24': [6379] } };

  test('goes as it is declared between sidecars of Istio, and Prometheus sees the proxy', () => {
    expect(flowing('istio-sidecar')).toEqual({ ...direct, ingress: { ...direct.ingress, monitoring: [9090, 15020] } });
  });

  test('goes by the tunnel of the ambient mode within the cluster, and probes come from its address', () => {
    expect(flowing('istio-ambient')).toEqual({
      ingress: { 'shop': [8080, 15008], 'gateways': [8080, 15008], 'monitoring': [9090, 15008], '169.254.7.127/32,fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128': [9090] },
      egress: { ...direct.egress, databases: [5432, 15008] },
    });
  });

  test('goes by the proxies of Linkerd within the cluster, and Prometheus sees them', () => {
    expect(flowing('linkerd')).toEqual({
      ingress: { shop: [4143, 8080], gateways: [4143, 8080], monitoring: [4143, 4191, 9090] }, egress: { ...direct.egress, databases: [4143, 5432] },
    });
  });

  test.each<EnvironmentInput['mesh']>(['istio-sidecar', 'istio-ambient', 'linkerd', undefined])('goes as without one to and from a service outside of it (%s)', mesh => {
    expect(flowing(mesh, { mesh: false })).toEqual(direct);
  });

  test('is probed where the service answers', () => {
    expect(flowing('istio-ambient', { health: { port: 'web' } }).ingress['169.254.7.127/32,fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128']).toEqual([8080]);
  });

  test('shows no proxy to a Prometheus that is not there', () => {
    expect(accessOf(settled('linkerd', {}, { monitoring: 'none' }), []).ingress).toEqual([]);
  });

  test('of a migration goes by the mesh only where its pods are in it', () => {
    const migrated = { ...web, migration: { command: ['/app/migrate'] } };
    const of = (kubernetes: string) => portsBy(migrationAccessOf(settled('linkerd', migrated, { kubernetes })).egress);
    expect(of('1.29')).toEqual({ ...direct.egress, databases: [4143, 5432] });
    expect(of('1.28')).toEqual(direct.egress);
  });
});

describe('a service in a mesh', () => {
  const refused = (mesh: MeshKind, fields: object) => refusalOf('PLATFORM_INVALID', () => settled(mesh, fields));

  test('does not run as the user of the proxy, whose traffic passes by it', () => {
    expect(refused('istio-sidecar', { security: { user: 1337 } })).toEqual(['api.security.user: is 1337, the user of the proxy in production, whose traffic passes by the mesh; choose another user']);
    expect(refused('linkerd', { security: { user: 2102 } })).toHaveLength(1);
    expect(settled('istio-ambient', { security: { user: 1337 } }).security.user).toBe(1337);
    expect(settled('istio-sidecar', { security: { user: 1337 }, mesh: false }).security.user).toBe(1337);
  });

  test('does not listen where the mesh does', () => {
    expect(refused('linkerd', { ports: { web: http(4143), other: http(8080) } })).toEqual([
      'api.ports.web.port: is 4143, which the mesh of production listens on itself, expected a port other than 4140, 4143, 4190, 4191; choose another, or stay outside with mesh: false',
    ]);
    expect(settled('istio-sidecar', { ports: { web: http(4143) } }).ports.web.port).toBe(4143);
    expect(settled('linkerd', { ports: { web: http(4143) }, mesh: false }).ports.web.port).toBe(4143);
  });
});
