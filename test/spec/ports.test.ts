import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';
import { foreignPortsSchema, grpc, http, https, management, tcp } from '../../src/spec/ports';
import { problemsOf } from '../../src/spec/problems';

const web = (port: number) => ({ web: { protocol: 'http', port } });

describe('the ports of a service', () => {
  testPairs(ports => problemsWith({ ports }), [
    ['are at least 1024, since a process without privileges cannot listen below', web(1024), web(1023), 'ports.web.port: is 1023, expected a number of at least 1024'],
    ['are at most 65535', web(65_535), web(65_536), 'ports.web.port: is 65536, expected a number of at most 65535'],
    ['are not the port of health and metrics', web(9091), web(management.port), 'ports.web.port: is 9090, which is the port every service has for health and metrics, expected another number'],
    ['have numbers of their own', { ...web(8080), rpc: { protocol: 'grpc', port: 8081 } }, { ...web(8080), rpc: { protocol: 'grpc', port: 8080 } }, 'ports.rpc.port: is 8080, which is the number of web too, expected one of its own'],
    ['have names of at most 15 characters', { ['a'.repeat(15)]: web(8080).web }, { ['a'.repeat(16)]: web(8080).web }, `ports.${'a'.repeat(16)}: is no usable name, expected at most 15 characters`],
    ['have names without two hyphens in a row', { 'a-b': web(8080).web }, { 'a--b': web(8080).web }, 'ports.a--b: has two hyphens in a row, which no port of a container may have'],
    ['are not called as the port of health and metrics', { manage: web(8080).web }, { management: web(8080).web }, 'ports.management: is the name of the port every service has for health and metrics; choose another'],
    ['speak a protocol that is known', { a: { protocol: 'tcp', port: 8080 } }, { a: { protocol: 'udp', port: 8080 } }, 'ports.a.protocol: is "udp", expected "http" or "grpc" or "tcp"'],
  ]);
});

describe('the ports of something else', () => {
  testPairs(ports => problemsOf(foreignPortsSchema, ports), [
    ['may have any number', web(1), web(0), 'web.port: is 0, expected a number of at least 1'],
    ['say whether they are encrypted', { web: { ...web(443).web, tls: true } }, { web: { ...web(443).web, tls: 'yes' } }, 'web.tls: is "yes", expected true or false'],
  ]);
});

test('ports are made by their protocol', () => {
  expect([http(80), https(), grpc(1), tcp(2)]).toEqual([
    { protocol: 'http', port: 80 }, { protocol: 'http', port: 443, tls: true }, { protocol: 'grpc', port: 1 }, { protocol: 'tcp', port: 2 },
  ]);
});
