import { http, https, definePlatform, settleService, type MicroserviceSpec } from '../../src/spec';
import { accessOf } from '../../src/spec/access';
import { allFacts, minimal, shop } from '../support/shop';

const pods = (name: string) => ({ kind: 'pods', namespace: 'shop', labels: { 'app.kubernetes.io/instance': name } });
const tcp = (...ports: number[]) => ports.map(port => ({ port, protocol: 'TCP' }));
const dns = { peer: { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] };
const scraping = { peer: { kind: 'namespace', namespace: 'monitoring' }, ports: tcp(9090) };
const accessFor = (input: object, environment = 'production', callers: Parameters<typeof accessOf>[1] = [], platform: { microservice: unknown } = shop) => (
  accessOf(settleService((platform as typeof shop).microservice({ ...minimal, ...input }) as unknown as MicroserviceSpec, environment), callers));

describe('traffic to a service', () => {
  test('comes from Prometheus alone when nothing else is declared', () => {
    expect(accessFor({}).ingress).toEqual([scraping]);
  });

  test('comes from nowhere where there is no Prometheus', () => {
    const quiet = definePlatform({ name: 'shop', environments: { production: { ...allFacts, monitoring: 'none' } } });
    expect(accessFor({}, 'production', [], quiet).ingress).toEqual([]);
  });

  test('comes from each caller to the ports that it calls', () => {
    const ports = { web: http(8080), admin: http(8081) };
    const callers = [{ name: 'b', namespace: 'shop', port: 'admin' }, { name: 'a', namespace: 'shop', port: 'web' }, { name: 'b', namespace: 'shop', port: 'web' }];
    expect(accessFor({ ports }, 'production', callers).ingress).toEqual([
      scraping, { peer: pods('a'), ports: tcp(8080) }, { peer: pods('b'), ports: tcp(8080, 8081) },
    ]);
  });

  test('comes from the gateway to the port that is exposed', () => {
    expect(accessFor({ ports: { web: http(8080) }, exposure: {} }).ingress).toEqual([{ peer: { kind: 'namespace', namespace: 'gateways' }, ports: tcp(8080) }, scraping]);
  });
});

describe('traffic from a service', () => {
  test('goes to DNS alone when nothing is declared', () => {
    expect(accessFor({}).egress).toEqual([dns]);
  });

  test('goes to what it calls and to its stores', () => {
    const orders = shop.contract({ name: 'orders', ports: { web: http(8080) } });
    const stripe = shop.external({ name: 'stripe', at: { host: 'api.stripe.example', cidrs: ['203.0.113.0/24'] }, ports: { api: https(443) } });
    expect(accessFor({ calls: { orders: shop.to(orders, 'web'), stripe: shop.to(stripe, 'api') }, stores: { db: shop.postgres() } }).egress).toEqual([
      dns,
      { peer: { kind: 'ranges', cidrs: ['203.0.113.0/24'], except: [] }, ports: tcp(443) },
      { peer: { kind: 'namespace', namespace: 'databases' }, ports: tcp(5432) },
      { peer: pods('orders'), ports: tcp(8080) },
    ]);
  });

  test('to one peer is one edge, whatever asks for it', () => {
    expect(accessFor({ stores: { a: shop.postgres(), b: shop.postgres() } }).egress).toHaveLength(2);
  });
});
