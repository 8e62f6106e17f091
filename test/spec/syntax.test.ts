import { z } from 'zod';
import { problemsOf } from '../../src/spec/problems';
import { aliasSchema, cidrSchema, hostSchema, imageSchema, labelSchema, labelsSchema, nameSchema, portNumberSchema } from '../../src/spec/syntax';
import { testPairs } from '../support/problems';

const notLabel = 'expected a DNS label: lower case letters, digits and "-", beginning with a letter and not ending in "-"';
const of = (schema: z.ZodType) => (value: unknown) => problemsOf(schema, value);

describe('a DNS label', () => {
  testPairs(of(labelSchema(50)), [
    ['is in lower case', 'orders', 'Orders', `: is "Orders", ${notLabel}`],
    ['begins with a letter', 'a1', '1a', `: is "1a", ${notLabel}`],
    ['does not end with a hyphen', 'a-b', 'a-', `: is "a-", ${notLabel}`],
    ['has no dots', 'a-b', 'a.b', `: is "a.b", ${notLabel}`],
    ['is not empty', 'a', '', `: is "", ${notLabel}`],
    ['leaves room for suffixes', 'a'.repeat(50), 'a'.repeat(51), `: is "${'a'.repeat(51)}", expected at most 50 characters`],
    ['is text', 'a1', 1, ': is 1, expected a string'],
  ]);
});

describe('a name', () => {
  testPairs(of(nameSchema(50)), [
    ['is no word of JavaScript objects', 'constructors', 'constructor', ': is "constructor", which is a word that every JavaScript object knows; choose another name'],
  ]);
});

describe('the key of something declared', () => {
  const notAlias = 'expected a name in camelCase: letters and digits, beginning with a lower case letter';
  testPairs(of(aliasSchema), [
    ['is in camelCase', 'ordersApi', 'orders-api', `: is "orders-api", ${notAlias}`],
    ['begins with a lower case letter', 'db', 'Db', `: is "Db", ${notAlias}`],
    ['has at most 40 characters', 'a'.repeat(40), 'a'.repeat(41), `: is "${'a'.repeat(41)}", expected at most 40 characters`],
    ['is not the form of a value per environment', 'environment', 'perEnvironment', ': stands for a value per environment; choose another name'],
  ]);
});

describe('a host name', () => {
  const notHost = 'expected a host name in lower case, without scheme, port or path';
  testPairs(of(hostSchema), [
    ['is no address', '10.example', '10.0.0.1', ': is "10.0.0.1", which is an address, expected a host name; an address goes into `cidrs`'],
    ['is no IPv6 address', 'fe80.example', 'fe80::1', ': is "fe80::1", which is an address, expected a host name; an address goes into `cidrs`'],
    ['has no scheme', 'api.example', 'https://api.example', `: is "https://api.example", ${notHost}`],
    ['has no port', 'api.example', 'api.example:443', `: is "api.example:443", ${notHost}`],
    ['is in lower case', 'api.example', 'API.example', `: is "API.example", ${notHost}`],
    ['has parts of at most 63 characters', `${'a'.repeat(63)}.example`, `${'a'.repeat(64)}.example`, `: is "${'a'.repeat(64)}.example", ${notHost}`],
  ]);
});

describe('a range of addresses', () => {
  const notRange = 'expected a range of addresses such as 10.20.0.0/16';
  testPairs(of(cidrSchema), [
    ['says how many bits count', '10.20.0.0/16', '10.20.0.0', `: is "10.20.0.0", ${notRange}`],
    ['has at most 32 bits', '10.20.0.0/32', '10.20.0.0/33', `: is "10.20.0.0/33", ${notRange}`],
    ['has numbers up to 255', '255.0.0.0/8', '256.0.0.0/8', `: is "256.0.0.0/8", ${notRange}`],
    ['may be IPv6', '2001:db8::/32', '2001:db8::/129', `: is "2001:db8::/129", ${notRange}`],
  ]);
});

describe('an image', () => {
  const version = 'expected the repository alone; versions stand in releases/<environment>.json';
  testPairs(of(imageSchema), [
    ['has no tag', 'ghcr.io/acme/orders', 'ghcr.io/acme/orders:1.4.2', `: names a version, ${version}`],
    ['is not called latest', 'orders', 'orders:latest', `: names a version, ${version}`],
    ['has no digest', 'orders', `orders@sha256:${'0'.repeat(64)}`, `: names a version, ${version}`],
    ['may name the port of a registry', 'localhost:5000/orders', 'localhost:5000', ': names a version, expected the repository alone; versions stand in releases/<environment>.json'],
    ['has a repository', 'ghcr.io/acme/orders', 'ghcr.io/', ': is "ghcr.io/", expected an image repository such as ghcr.io/acme/orders'],
    ['is in lower case', 'acme/orders', 'Acme/Orders', ': is "Acme/Orders", expected an image repository such as ghcr.io/acme/orders'],
  ]);
});

describe('labels', () => {
  testPairs(of(labelsSchema), [
    ['may have a prefix', { 'acme.example/team': 'a' }, { 'acme_example/team': 'a' }, '"acme_example/team": is no usable name, expected a label such as app or acme.example/app'],
    ['have values that begin and end with a letter or digit', { app: 'a-b' }, { app: 'a-' }, 'app: is "a-", expected letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'],
    ['may have empty values, of at most 63 characters', { app: '' }, { app: 'a'.repeat(64) }, `app: is "${'a'.repeat(64)}", expected at most 63 characters`],
  ]);
});

describe('a port number', () => {
  testPairs(of(portNumberSchema), [
    ['is at least 1', 1, 0, ': is 0, expected a number of at least 1'],
    ['is at most 65535', 65_535, 65_536, ': is 65536, expected a number of at most 65535'],
    ['is an integer', 80, 80.5, ': is 80.5, expected an integer'],
  ]);
});
