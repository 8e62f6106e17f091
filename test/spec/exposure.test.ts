import { exposureProblems, exposureSchema, routedPortOf } from '../../src/spec/exposure';
import { grpc, http, tcp } from '../../src/spec/ports';
import { problemsOf } from '../../src/spec/problems';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

const ports = { web: { protocol: 'http', port: 8080 }, raw: { protocol: 'tcp', port: 9000 } };
const two = { ...ports, admin: { protocol: 'http', port: 8081 } };

describe('the exposure of a service', () => {
  testPairs(fields => problemsWith(fields as object), [
    ['is a word that is known, or a route', { exposure: 'none' }, { exposure: 'public' }, 'exposure: is "public", expected "none" or "cluster"'],
    ['has a port that speaks HTTP or gRPC', { ports, exposure: {} }, { ports: { raw: ports.raw }, exposure: {} }, 'exposure.port: is missing, expected the HTTP or gRPC port to expose: there is none'],
    ['names the port where there are several', { ports: two, exposure: { port: 'admin' } }, { ports: two, exposure: {} }, 'exposure.port: is missing, expected the HTTP or gRPC port to expose: web or admin'],
    ['names a port that speaks HTTP or gRPC', { ports, exposure: { port: 'web' } }, { ports, exposure: { port: 'raw' } }, 'exposure.port: is "raw", expected the HTTP or gRPC port to expose: web'],
    ['names a port that every object has only where the service has it', { ports, exposure: { port: 'web' } }, { ports, exposure: { port: 'constructor' } }, 'exposure.port: is "constructor", expected the HTTP or gRPC port to expose: web'],
    ['is right in each environment', { ports, exposure: { perEnvironment: { default: 'none', dev: { port: 'web' } } } }, { ports, exposure: { perEnvironment: { default: 'none', dev: { port: 'wbe' } } } }, 'exposure.perEnvironment.dev.port: is "wbe", expected the HTTP or gRPC port to expose: web'],
    ['has a host that is a name', { ports, exposure: { host: 'shop.example' } }, { ports, exposure: { host: '10.0.0.1' } }, 'exposure.host: is "10.0.0.1", which is an address, expected a host name; an address goes into `cidrs`'],
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
  expect(exposureProblems('cluster', {})).toEqual([]);
});
