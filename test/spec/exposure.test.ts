import { exposureProblems, exposureSchema, overlapOf, routedPortOf, routeOf, type Route, type RouteSpec } from '../../src/spec/exposure';
import { grpc, http, tcp } from '../../src/spec/ports';
import { problemsOf } from '../../src/spec/problems';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

const ports = { web: { protocol: 'http', port: 8080 }, raw: { protocol: 'tcp', port: 9000 } };
const rpc = { rpc: { protocol: 'grpc', port: 9000 } };
const two = { ...ports, admin: { protocol: 'http', port: 8081 } };

describe('the exposure of a service', () => {
  testPairs(fields => problemsWith(fields as object), [
    ['is a word that is known, or a route', { exposure: 'none' }, { exposure: 'public' }, 'exposure: is "public", expected "none" or "cluster"'],
    ['has a port that speaks HTTP or gRPC', { ports, exposure: {} }, { ports: { raw: ports.raw }, exposure: {} }, 'exposure.port: is missing, expected the HTTP or gRPC port to expose: there is none'],
    ['names the port where there are several', { ports: two, exposure: { port: 'admin' } }, { ports: two, exposure: {} }, 'exposure.port: is missing, expected the HTTP or gRPC port to expose: web or admin'],
    ['names a port that speaks HTTP or gRPC', { ports, exposure: { port: 'web' } }, { ports, exposure: { port: 'raw' } }, 'exposure.port: is "raw", expected the HTTP or gRPC port to expose: web'],
    ['names a port that every object has only where the service has it', { ports, exposure: { port: 'web' } }, { ports, exposure: { port: 'constructor' } }, 'exposure.port: is "constructor", expected the HTTP or gRPC port to expose: web'],
    ['is right in each environment', { ports, exposure: { perEnvironment: { default: 'none', dev: { port: 'web' } } } }, { ports, exposure: { perEnvironment: { default: 'none', dev: { port: 'wbe' } } } }, 'exposure.perEnvironment.dev.port: is "wbe", expected the HTTP or gRPC port to expose: web'],
    ['has a host that is a name', { ports, exposure: { host: 'shop.example' } }, { ports, exposure: { host: '10.0.0.1' } }, 'exposure.host: is "10.0.0.1", which is an address, expected a host name'],
    ['has a host with at most one star', { ports, exposure: { host: '*.shop.example' } }, { ports, exposure: { host: '*.*.shop.example' } }, 'exposure.host: is "*.*.shop.example", expected a host name in lower case, without scheme, port or path'],
    ['has hosts, each once', { ports, exposure: { host: ['a.example', 'b.example'] } }, { ports, exposure: { host: ['a.example', 'a.example'] } }, 'exposure.host[1]: is "a.example" a second time; leave one of the two out'],
    ['has paths, each once', { ports, exposure: { rules: [{ path: '/a' }, { path: '/a', match: 'exact' }] } }, { ports, exposure: { rules: [{ path: '/a' }, { path: '/a/' }] } }, 'exposure.rules[1].path: is "/a/" a second time; leave one of the two out'],
    ['has one path or rules', { ports, exposure: { rules: [{ path: '/a' }] } }, { ports, exposure: { path: '/a', rules: [{ path: '/a' }] } }, 'exposure.path: stands beside rules, expected one of the two; make it a rule'],
    ['has rules for HTTP ports', { ports: two, exposure: { rules: [{ path: '/', port: 'web' }, { path: '/admin', port: 'admin' }] } }, { ports: two, exposure: { rules: [{ path: '/', port: 'raw' }, { path: '/admin', port: 'admin' }] } }, 'exposure.rules[0].port: is "raw", expected an HTTP port: web or admin'],
    ['has a port for rules that name none', { ports: two, exposure: { port: 'web', rules: [{ path: '/' }, { path: '/admin', port: 'admin' }] } }, { ports: two, exposure: { rules: [{ path: '/' }, { path: '/admin', port: 'admin' }] } }, 'exposure.port: is missing, expected the HTTP or gRPC port to expose: web or admin'],
    ['has no path for gRPC', { ports: rpc, exposure: { path: '/' } }, { ports: rpc, exposure: { path: '/a' } }, 'exposure.path: means nothing for gRPC, which the port rpc speaks; remove it'],
    ['has no path where TLS passes through', { ports: rpc, exposure: { tls: 'passthrough' } }, { ports: rpc, exposure: { tls: 'passthrough', path: '/a' } }, 'exposure.path: cannot be seen where TLS passes through; remove it, or let TLS end at the edge'],
    ['lets TLS through to any port', { ports, exposure: { tls: 'passthrough', port: 'raw' } }, { ports, exposure: { tls: 'passthrough' } }, 'exposure.port: is missing, expected the port to expose: web or raw'],
  ]);

  const notPath = 'expected a path that begins with "/", without "//", "/./" and "/../"';
  testPairs(path => problemsOf(exposureSchema, { path }), [
    ['has a path that begins with a slash', '/api', 'api', `path: is "api", ${notPath}`],
    ['has a path without empty parts', '/a/b/', '/a//b', `path: is "/a//b", ${notPath}`],
    ['has a path without steps up', '/a/..b', '/a/../b', `path: is "/a/../b", ${notPath}`],
    ['has a path that stays where it is', '/.well-known/', '/./a', `path: is "/./a", ${notPath}`],
    ['has a path with whole escapes', '/%41', '/%4', `path: is "/%4", ${notPath}`],
    ['has a path without a question', '/a', '/a?b', `path: is "/a?b", ${notPath}`],
  ]);
});

test('the only port that can be exposed need not be named', () => {
  expect(routedPortOf({}, { web: http(80), raw: tcp(81) })).toBe('web');
  expect(routedPortOf({}, { rpc: grpc(81) })).toBe('rpc');
  expect(routedPortOf({ tls: 'passthrough' }, { raw: tcp(81) })).toBe('raw');
  expect(exposureProblems('cluster', {})).toEqual([]);
});

describe('two routes go well together unless they claim the same requests', () => {
  const route = (exposure: Partial<Route>, all = { web: http(80), rpc: grpc(81) }) => routeOf({ tls: 'terminate', port: 'web', ...exposure }, all, 'shop.example');
  const orders = route({});
  test.each<[string, RouteSpec, string | undefined]>([
    ['another host', route({ host: 'orders.example' }), undefined],
    ['a longer path', route({ path: '/orders' }), undefined],
    ['the same path alone', route({ rules: [{ path: '/', match: 'exact' }] }), undefined],
    ['the same path', route({ rules: [{ path: '/orders', match: 'prefix' }, { path: '/', match: 'prefix' }] }), 'shop.example/'],
    ['one of several hosts', route({ host: ['orders.example', 'shop.example'] }), 'shop.example/'],
    ['a wildcard that the host falls under, which is served last', route({ host: '*.example' }), undefined],
    ['gRPC beside HTTP on one host, which gateways refuse', route({ port: 'rpc' }), 'shop.example'],
    ['TLS that passes through beside TLS that ends', route({ tls: 'passthrough' }), 'shop.example'],
  ])('%s', (_, other, place) => {
    expect([overlapOf(orders, other), overlapOf(other, orders)]).toEqual([place, place]);
  });

  test('the same path with and without a slash at its end', () => {
    expect(overlapOf(route({ path: '/a' }), route({ path: '/a/' }))).toBe('shop.example/a');
  });
});
