import { http, tcp, type MicroserviceSpec } from '../../src/spec';
import { accessOf, type Caller, type Edge } from '../../src/spec/access';
import { settleService } from '../../src/spec/settle';
import { testPairs } from '../support/problems';
import { minimal, problemsWith, shop } from '../support/shop';

const ports = { web: http(8080), raw: tcp(7000) };
const problemsOf = (callers: unknown) => problemsWith({ ports, callers });
const ingressOf = (service: MicroserviceSpec, environment: string, callers: readonly Caller[] = []): readonly Edge[] =>
  accessOf(settleService(service, environment), callers).ingress.filter(({ peer }) => peer.kind === 'pods');
const pods = (namespace: string, labels: object) => ({ kind: 'pods', namespace, labels });

describe('the services of other repositories that may call a service', () => {
  const service = shop.microservice({
    ...minimal, ports,
    callers: shop.per({
      default: [{ name: 'ledger', namespace: 'bank', ports: ['web', 'raw'] }, { name: 'report', ports: ['web'] }],
      dev: [{ name: 'anything', namespace: 'sandbox', labels: { app: 'anything' }, ports: ['web'] }],
    }),
  }) as unknown as MicroserviceSpec;

  test('are let in to exactly the ports that are named, by the labels of their pods', () => {
    expect(ingressOf(service, 'production')).toEqual([
      { peer: pods('bank', { 'app.kubernetes.io/instance': 'ledger' }), ports: [{ port: 7000, protocol: 'TCP' }, { port: 8080, protocol: 'TCP' }] },
      { peer: pods('shop', { 'app.kubernetes.io/instance': 'report' }), ports: [{ port: 8080, protocol: 'TCP' }] },
    ]);
  });

  test('may differ between environments, and have labels of their own', () => {
    expect(ingressOf(service, 'dev')).toEqual([{ peer: pods('sandbox', { app: 'anything' }), ports: [{ port: 8080, protocol: 'TCP' }] }]);
  });

  test('stand beside those of the platform; one that is both is let in once', () => {
    const own = [{ name: 'gateway', namespace: 'shop', port: 'raw' }, { name: 'report', namespace: 'shop', port: 'web' }];
    expect(ingressOf(service, 'production', own).map(({ peer, ports: open }) => [peer, open.length])).toEqual([
      [pods('bank', { 'app.kubernetes.io/instance': 'ledger' }), 2], [pods('shop', { 'app.kubernetes.io/instance': 'gateway' }), 1], [pods('shop', { 'app.kubernetes.io/instance': 'report' }), 1],
    ]);
  });
});

describe('callers are', () => {
  const ledger = { name: 'ledger', namespace: 'bank', ports: ['web'] };
  testPairs(problemsOf, [
    ['let in to ports that there are', [ledger], [{ ...ledger, ports: ['web', 'grpc'] }], 'callers[0].ports[1]: is "grpc", expected a port of the service: web, raw'],
    ['let in to ports that there are, in every environment', { perEnvironment: { default: [ledger] } }, { perEnvironment: { default: [], dev: [{ ...ledger, ports: ['grpc'] }] } }, 'callers.perEnvironment.dev[0].ports[0]: is "grpc", expected a port of the service: web, raw'],
    ['let in to something', [ledger], [{ ...ledger, ports: [] }], 'callers[0].ports: is [], expected at least 1 entries'],
    ['named', [ledger], [{ ...ledger, name: 'The Ledger' }], 'callers[0].name: is "The Ledger", expected a DNS label: lower case letters, digits and "-", beginning with a letter and not ending in "-"'],
    ['selected by some label', [{ ...ledger, labels: { app: 'ledger' } }], [{ ...ledger, labels: {} }], 'callers[0].labels: is {}, which is empty, expected at least one label; every pod of the namespace would be let in'],
    ['of a shape that is known', [ledger], [{ ...ledger, port: 'web' }], 'callers[0].port: is not a field that exists here; did you mean ports?'],
    ['named for every environment', { perEnvironment: { dev: [], production: [ledger] } }, { perEnvironment: { production: [ledger] } }, 'callers: says nothing for dev; name it, or add a default'],
  ]);

  test('not named where nobody may call the service', () => {
    expect(problemsWith({ ports, callers: [ledger], exposure: 'none' })).toEqual([{ path: 'callers', message: 'names who may call it in dev, production, where exposure is "none"; leave one of the two out' }]);
    expect(problemsWith({ ports, callers: { perEnvironment: { dev: [], production: [ledger] } }, exposure: { perEnvironment: { dev: 'none', production: 'cluster' } } })).toEqual([]);
  });

  test('none of a worker, which has no ports', () => {
    expect(problemsWith({ callers: [ledger] })).toEqual([{ path: 'callers[0].ports[0]', message: 'is "web", expected a port of the service: (there is none)' }]);
  });
});
