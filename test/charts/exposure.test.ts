import { definePlatform, grpc, http, tcp, type EnvironmentInput, type MicroserviceSpec } from '../../src/spec';
import { allOf, renderPlatform } from '../support/manifests';
import { refusalOf } from '../support/problems';

type Facts = Pick<EnvironmentInput, 'gateway' | 'issuer'> & Partial<Pick<EnvironmentInput, 'kubernetes'>>;
type Exposure = Readonly<Record<string, unknown>>;

const shared = { name: 'public', namespace: 'gateways' };
const own = { ...shared, listeners: 'own' as const };
const ingress = { ingressClass: 'nginx', namespace: 'ingress' };
const issuer = { name: 'letsencrypt' };

/** One service with a port of each protocol, exposed in one environment. */
function rendered(facts: Facts, exposure: Exposure) {
  const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.37', domain: 'shop.example', ...facts } } });
  const web = shop.microservice({ name: 'web', team: 'shop', image: 'ghcr.io/shop/web', ports: { http: http(8080), admin: http(8081), rpc: grpc(9000), raw: tcp(7000) }, exposure });
  return renderPlatform([web as unknown as MicroserviceSpec], 'production').manifests;
}

const kinds = ['Certificate', 'GRPCRoute', 'HTTPRoute', 'Ingress', 'ListenerSet', 'TLSRoute'];
const routing = (facts: Facts, exposure: Exposure) => rendered(facts, exposure).map(({ kind }) => kind).filter(kind => kinds.includes(kind)).sort();

describe('a service is exposed by', () => {
  test.each<[string, Facts, Exposure, readonly string[]]>([
    ['a route below the listeners of the Gateway', { gateway: shared }, { port: 'http' }, ['HTTPRoute']],
    ['a route of gRPC for a port that speaks it', { gateway: shared }, { port: 'rpc' }, ['GRPCRoute']],
    ['a route of TLS where TLS passes through, and a certificate where there is an issuer', { gateway: shared, issuer }, { port: 'raw', tls: 'passthrough' }, ['Certificate', 'TLSRoute']],
    ['no certificate of its own where the Gateway has one', { gateway: shared, issuer }, { port: 'http' }, ['HTTPRoute']],
    ['listeners of its own with its certificate', { gateway: own, issuer }, { port: 'http' }, ['Certificate', 'HTTPRoute', 'ListenerSet']],
    ['an Ingress with the certificate of the controller', { gateway: ingress }, { port: 'http' }, ['Ingress']],
    ['an Ingress with a certificate of its own', { gateway: ingress, issuer }, { port: 'http' }, ['Certificate', 'Ingress']],
  ])('%s', (_, facts, exposure, expected) => {
    expect(routing(facts, exposure)).toEqual(expected);
  });
});

describe('an environment is refused that', () => {
  const refused = (facts: Facts, exposure: Exposure) => refusalOf('PLATFORM_INVALID', () => rendered(facts, exposure));
  test.each<[string, Facts, Exposure, string]>([
    ['names no gateway', {}, { port: 'http' }, 'environments.production.gateway: is not named, but web is exposed to the outside'],
    ['asks for listeners without an issuer', { gateway: own }, { port: 'http' }, 'environments.production.issuer: is not named, but web brings listeners of its own, which need a certificate'],
    ['ends TLS that is to pass through', { gateway: ingress }, { port: 'raw', tls: 'passthrough' },
      'environments.production.gateway: is an Ingress, which ends TLS, but that of web passes through; use a Gateway, or let TLS end at the edge'],
    ['is too old for routes of TLS', { gateway: shared, kubernetes: '1.29' }, { port: 'raw', tls: 'passthrough' },
      'environments.production.kubernetes: is "1.29", but TLS passes through to web, which takes a TLSRoute, whose definition no server before 1.30 takes; let TLS end at the edge'],
    ['does not know how its controller speaks gRPC', { gateway: ingress }, { port: 'rpc' },
      'environments.production.gateway.grpcAnnotations: is not named, but web speaks gRPC; say what the controller wants on such an Ingress, such as nginx.ingress.kubernetes.io/backend-protocol: GRPC'],
  ])('%s', (_, facts, exposure, problem) => {
    expect(refused(facts, exposure)).toEqual([problem]);
  });
});

/** Said in full, since what a server fills into such lists looks like drift. */
const backend = (port: number) => ({ group: '', kind: 'Service', name: 'web', port, weight: 1 });

test('every path leads to its port, of every host', () => {
  const exposure = { host: ['shop.example', 'www.shop.example'], rules: [{ path: '/', port: 'http' }, { path: '/admin', match: 'exact', port: 'admin' }] };
  const [route] = allOf(rendered({ gateway: shared }, exposure), 'HTTPRoute');
  expect(route.spec).toEqual({
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', ...shared }],
    hostnames: ['shop.example', 'www.shop.example'],
    rules: [
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [backend(8080)] },
      { matches: [{ path: { type: 'Exact', value: '/admin' } }], backendRefs: [backend(8081)] },
    ],
  });
  const [edge] = allOf(rendered({ gateway: ingress, issuer }, exposure), 'Ingress');
  const paths = [
    { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 8080 } } } },
    { path: '/admin', pathType: 'Exact', backend: { service: { name: 'web', port: { number: 8081 } } } },
  ];
  expect(edge.spec).toEqual({
    ingressClassName: 'nginx',
    tls: [{ hosts: exposure.host, secretName: 'web-tls' }],
    rules: [{ host: 'shop.example', http: { paths } }, { host: 'www.shop.example', http: { paths } }],
  });
});

test('the network policy lets the gateway through to every port that a route leads to, and to no other', () => {
  const exposure = { rules: [{ path: '/', port: 'http' }, { path: '/admin', port: 'admin' }] };
  const policy = allOf(rendered({ gateway: ingress }, exposure), 'NetworkPolicy').find(({ metadata }) => metadata.name === 'web');
  expect(policy?.spec?.ingress?.filter(({ from }) => JSON.stringify(from).includes('"ingress"')).map(({ ports }) => ports)).toEqual([[{ port: 8080, protocol: 'TCP' }, { port: 8081, protocol: 'TCP' }]]);
});

test('an Ingress says what its controller wants, of gRPC too', () => {
  const gateway = { ...ingress, annotations: { 'acme.example/edge': 'public' }, grpcAnnotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' } };
  const annotations = (port: string) => allOf(rendered({ gateway }, { port }), 'Ingress').map(({ metadata }) => metadata.annotations);
  expect(annotations('http')).toEqual([{ 'acme.example/edge': 'public' }]);
  expect(annotations('rpc')).toEqual([{ 'acme.example/edge': 'public', 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' }]);
});

test('listeners that end TLS show the certificate, those that let it through show none', () => {
  const listeners = (exposure: Exposure) => allOf(rendered({ gateway: own, issuer }, exposure), 'ListenerSet').flatMap(({ spec }) => spec.listeners);
  expect(listeners({ port: 'http' })).toEqual([{ name: 'https-0', hostname: 'web.shop.example', port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'web-tls' }] } }]);
  expect(listeners({ port: 'raw', tls: 'passthrough' })).toEqual([{ name: 'tls-0', hostname: 'web.shop.example', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } }]);
});

test('what answers to prove a host is let through, where hosts are proved that way, and waived from rules about policies without pods', () => {
  const access = (challenge: 'dns01' | 'http01') => allOf(rendered({ gateway: ingress, issuer: { ...issuer, challenge } }, { port: 'http' }), 'NetworkPolicy').filter(({ metadata }) => metadata.name === 'acme-challenge');
  expect(access('dns01')).toEqual([]);
  const [policy] = access('http01');
  expect(policy.spec).toEqual({
    podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }], ports: [{ port: 8089, protocol: 'TCP' }] }],
  });
  expect(Object.keys(policy.metadata.annotations ?? {})).toContain('marty-msf/waived-network-policy-selects-nothing');
});
