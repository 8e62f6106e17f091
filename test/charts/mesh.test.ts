import { definePlatform, grpc, http, tcp, type EnvironmentInput, type MicroserviceSpec } from '../../src/spec';
import { allOf, renderPlatform, type Manifest } from '../support/manifests';
import { allFacts, minimal } from '../support/shop';

const platformWith = (mesh: EnvironmentInput['mesh'], facts: Partial<EnvironmentInput> = {}) => (
  definePlatform({ name: 'shop', environments: { production: { ...allFacts, ...facts, ...(mesh === undefined ? {} : { mesh }) } } }));

/** A service with everything that a mesh asks about, its migration, and a run on a schedule. */
function rendered(mesh: EnvironmentInput['mesh'], facts: Partial<EnvironmentInput> = {}, fields: object = {}): readonly Manifest[] {
  const shop = platformWith(mesh, facts);
  const api = shop.microservice({
    ...minimal, ports: { web: http(8080), rpc: grpc(9000), redis: tcp(6379) }, workload: { kind: 'stateful' }, migration: { command: ['/app/migrate'] }, ...fields,
  });
  const nightly = shop.microservice({ ...minimal, name: 'nightly', workload: { kind: 'schedule', cron: '@daily' }, ...fields });
  return renderPlatform([api, nightly] as unknown as MicroserviceSpec[], 'production').manifests;
}

interface Metadata { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> }

/** What of an object's labels and annotations is about a mesh. */
function marksOf({ labels = {}, annotations = {} }: Metadata = {}): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...labels, ...annotations }).filter(([key]) => /(istio|linkerd)/.test(key)));
}

const podsOf = (manifests: readonly Manifest[]) => ({
  api: marksOf(allOf(manifests, 'StatefulSet')[0].spec?.template.metadata),
  migration: marksOf(allOf(manifests, 'Job')[0].spec?.template.metadata),
  nightly: marksOf(allOf(manifests, 'CronJob')[0].spec?.jobTemplate.spec?.template.metadata),
});

describe('the namespace', () => {
  const namespace = (mesh: EnvironmentInput['mesh']) => {
    const manifests = rendered(mesh);
    const policy = allOf(manifests, 'NetworkPolicy').find(({ metadata }) => metadata.name === 'mesh-control-plane');
    return [marksOf(allOf(manifests, 'Namespace')[0].metadata), policy?.spec];
  };
  const to = (name: string, labels: object, ...ports: number[]) => (
    { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } }, podSelector: { matchLabels: labels } }], ports: ports.map(port => ({ port, protocol: 'TCP' })) });
  const policy = (...egress: object[]) => ({ podSelector: {}, policyTypes: ['Egress'], egress });

  test.each<[EnvironmentInput['mesh'], object, object | undefined]>([
    ['istio-sidecar', { 'istio-injection': 'enabled' }, policy(to('istio-system', { app: 'istiod' }, 15012))],
    [{ kind: 'istio-sidecar', namespace: 'aks-istio-system', revision: 'asm-1-29' }, { 'istio.io/rev': 'asm-1-29' }, policy(to('aks-istio-system', { app: 'istiod' }, 15012))],
    ['istio-ambient', { 'istio.io/dataplane-mode': 'ambient' }, undefined],
    ['linkerd', { 'linkerd.io/inject': 'enabled' }, policy(to('linkerd', { 'linkerd.io/control-plane-component': 'destination' }, 8086, 8090), to('linkerd', { 'linkerd.io/control-plane-component': 'identity' }, 8080))],
    [undefined, {}, undefined],
  ])('of %j is in it, and reaches its control plane', (mesh, marks, control) => {
    expect(namespace(mesh)).toEqual([marks, control]);
  });
});

describe('the pods', () => {
  test.each<[EnvironmentInput['mesh'], EnvironmentInput['kubernetes'], object, object]>([
    ['istio-sidecar', '1.37', { 'sidecar.istio.io/nativeSidecar': 'true' }, { 'sidecar.istio.io/nativeSidecar': 'true' }],
    ['istio-sidecar', '1.28', { 'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts":true}' }, { 'sidecar.istio.io/inject': 'false' }],
    ['istio-ambient', '1.37', {}, {}],
    ['linkerd', '1.37', { 'config.linkerd.io/proxy-enable-native-sidecar': 'true', 'config.linkerd.io/opaque-ports': '6379' }, { 'config.linkerd.io/proxy-enable-native-sidecar': 'true' }],
    ['linkerd', '1.28', { 'config.linkerd.io/opaque-ports': '6379' }, { 'linkerd.io/inject': 'disabled' }],
    [undefined, '1.37', {}, {}],
  ])('in %s on Kubernetes %s', (mesh, kubernetes, lasting, ending) => {
    expect(podsOf(rendered(mesh, { kubernetes }))).toEqual({ api: lasting, migration: ending, nightly: ending });
  });

  test.each<[EnvironmentInput['mesh'], object]>([
    ['istio-sidecar', { 'sidecar.istio.io/inject': 'false' }], ['istio-ambient', { 'istio.io/dataplane-mode': 'none' }], ['linkerd', { 'linkerd.io/inject': 'disabled' }], [undefined, {}],
  ])('of a service that stays outside of %s', (mesh, out) => {
    expect(podsOf(rendered(mesh, {}, { mesh: false }))).toEqual({ api: out, migration: out, nightly: out });
  });

  test('say what the service says of the mesh by hand', () => {
    const annotations = { 'config.linkerd.io/opaque-ports': '6379,6380' };
    expect(podsOf(rendered('linkerd', {}, { annotations })).api).toMatchObject(annotations);
  });

  test('of one environment are outside where only that one says so', () => {
    const { per, microservice } = definePlatform({ name: 'shop', environments: { dev: { ...allFacts, mesh: 'linkerd' }, production: { ...allFacts, mesh: 'linkerd' } } });
    const api = microservice({ ...minimal, mesh: per({ default: true, dev: false }) }) as unknown as MicroserviceSpec;
    const injected = (environment: string) => marksOf(allOf(renderPlatform([api], environment).manifests, 'Deployment')[0].spec?.template.metadata)['linkerd.io/inject'];
    expect([injected('dev'), injected('production')]).toEqual(['disabled', undefined]);
  });
});

describe('the Services', () => {
  const services = (mesh: EnvironmentInput['mesh'], fields = {}) => allOf(rendered(mesh, {}, fields), 'Service').map(({ metadata, spec }) => (
    [metadata.name, marksOf(metadata), Object.fromEntries((spec?.ports ?? []).map(({ name = '', appProtocol }) => [name, appProtocol]))]));
  const spoken = { web: 'http', rpc: 'kubernetes.io/h2c' };

  test.each<EnvironmentInput['mesh']>(['istio-sidecar', 'istio-ambient'])('say what is spoken at every port, so that %s does not guess it from a name', mesh => {
    const ports = { ...spoken, redis: 'tcp' };
    expect(services(mesh)).toEqual([['api-pods', {}, ports], ['api', {}, { ...ports, management: 'http' }]]);
    expect(services(mesh, { mesh: false })).toEqual(services(mesh));
  });

  test('say to Linkerd which ports it must not look into', () => {
    const opaque = { 'config.linkerd.io/opaque-ports': '6379' };
    expect(services('linkerd')).toEqual([['api-pods', opaque, spoken], ['api', opaque, { ...spoken, management: 'http' }]]);
  });

  test('say what they said where there is no mesh', () => {
    expect(services(undefined)).toEqual([['api-pods', {}, {}], ['api', {}, { ...spoken, management: 'http' }]]);
  });
});

test('the pods that prove a host to a certificate authority are reached through the mesh too', () => {
  const ports = (mesh: EnvironmentInput['mesh']) => allOf(rendered(mesh, { issuer: { name: 'letsencrypt', challenge: 'http01' } }), 'NetworkPolicy')
    .find(({ metadata }) => metadata.name === 'acme-challenge')?.spec?.ingress?.[0].ports?.map(({ port }) => port);
  expect([ports(undefined), ports('istio-sidecar'), ports('istio-ambient'), ports('linkerd')]).toEqual([[8089], [8089], [15008, 8089], [4143, 8089]]);
});

test('what says nothing of a mesh is what it was before there was one', () => {
  const text = (mesh: object) => JSON.stringify(renderPlatform([platformWith(undefined).microservice({ ...minimal, ...mesh }) as unknown as MicroserviceSpec], 'production').manifests);
  expect(text({})).not.toMatch(/istio|linkerd|15008|4143|mesh/);
  expect([text({ mesh: true }), text({ mesh: false })]).toEqual([text({}), text({})]);
});
