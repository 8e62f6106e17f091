import { accessOf } from '../../src/spec/access';
import { definePlatform, http, tcp, type Metrics, type MicroserviceSpec } from '../../src/spec';
import { settleService } from '../../src/spec/settle';
import { testPairs } from '../support/problems';
import { minimal, problemsWith } from '../support/shop';
import { allOf, renderPlatform } from '../support/manifests';

const ports = { http: http(8080), raw: tcp(9000) };

testPairs(metrics => problemsWith({ ports, metrics }), [
  ['metrics are at an HTTP port', { port: 'http' }, { port: 'raw' }, 'metrics.port: is "raw", expected an HTTP port: management or http'],
  ['metrics are at a port there is', {}, { port: 'web' }, 'metrics.port: is "web", expected an HTTP port: management or http'],
  ['metrics are looked for at most once an hour', { intervalSeconds: 3600 }, { intervalSeconds: 3601 }, 'metrics.intervalSeconds: is 3601, expected a number of at most 3600'],
  ['metrics are somewhere or nowhere', 'none', 'never', 'metrics: is "never", expected "none"'],
]);

const rendered = (metrics?: Metrics, exposure: 'none' | 'cluster' = 'none') => {
  const shop = definePlatform({ name: 'shop', environments: { dev: { kubernetes: '1.37', domain: 'a.example' } } });
  const service = shop.microservice({ ...minimal, ports, exposure, metrics }) as unknown as MicroserviceSpec;
  const { manifests } = renderPlatform([service], 'dev');
  return {
    endpoints: allOf(manifests, 'ServiceMonitor').flatMap(({ spec }) => spec.endpoints),
    served: allOf(manifests, 'Service').flatMap(({ spec }) => (spec?.ports ?? []).map(({ name }) => name)),
    scraped: accessOf(settleService(service, 'dev'), []).ingress.filter(({ peer }) => peer.kind === 'namespace' && peer.namespace === 'monitoring').flatMap(edge => edge.ports.map(({ port }) => port)),
  };
};

test('the management port answers with metrics where nothing else is said', () => {
  expect(rendered()).toEqual({ endpoints: [{ port: 'management', path: '/metrics', interval: '30s' }], served: ['management'], scraped: [9090] });
});

test('another port is scraped where the image answers there, and is served to Prometheus alone', () => {
  expect(rendered({ port: 'http', path: '/actuator/prometheus', intervalSeconds: 15 })).toEqual({
    endpoints: [{ port: 'http', path: '/actuator/prometheus', interval: '15s' }], served: ['http', 'management'], scraped: [8080],
  });
});

test('nothing is scraped, and Prometheus kept out, where there are no metrics', () => {
  expect(rendered('none')).toEqual({ endpoints: [], served: ['management'], scraped: [] });
});
