import { definePlatform, settleService, type EnvironmentInput } from '../../src/spec';
import { accessOf, migrationAccessOf } from '../../src/spec/access';
import { hostOfBucket } from '../../src/spec/buckets';
import { storeNameOf } from '../../src/spec/names';
import { refusalOf } from '../support/problems';
import { minimal } from '../support/shop';

const plain = { kubernetes: '1.37', domain: 'shop.example' } as const;
const platformWith = (facts: Partial<EnvironmentInput>) => definePlatform({ name: 'shop', environments: { production: { ...plain, ...facts } } });
const settledWith = (facts: Partial<EnvironmentInput>) => {
  const platform = platformWith(facts);
  return settleService(platform.microservice({ ...minimal, stores: { files: platform.bucket() } }), 'production');
};
const s3 = { bucket: 'acme-files', region: 'eu-central-1' };
const withServer = (server: object) => ({ stores: { bucket: { servers: { 'api.files': server } } } }) as Partial<EnvironmentInput>;
const agent = { peer: { kind: 'ranges', cidrs: ['169.254.170.23/32'], except: [] }, ports: [{ port: 80, protocol: 'TCP' }] };

describe('a bucket of S3', () => {
  test('needs no secret store, and its service reaches it and the agent that gives pods their role', () => {
    const service = settledWith(withServer({ ...s3, cidrs: ['3.5.134.0/23'] }));
    const reached = [agent, { peer: { kind: 'ranges', cidrs: ['3.5.134.0/23'], except: [] }, ports: [{ port: 443, protocol: 'TCP' }] }];
    expect(accessOf(service, []).egress).toEqual(expect.arrayContaining(reached));
    expect(migrationAccessOf(service).egress).toEqual(expect.arrayContaining(reached));
  });

  test('is matched by the name that clients ask for, where names are matched', () => {
    const { peer } = settledWith({ ...withServer(s3), networkPolicies: 'cilium' }).stores.files;
    expect(peer).toEqual({ kind: 'host', host: 'acme-files.s3.eu-central-1.amazonaws.com' });
  });

  test('needs a secret store for a key pair, and then no agent', () => {
    expect(refusalOf('PLATFORM_INVALID', () => settledWith(withServer({ ...s3, credentials: 'secret' })))).toEqual(['environments.production.secretStore: is not named, but api reads secrets']);
    const service = settledWith({ ...withServer({ ...s3, credentials: 'secret' }), secretStore: { name: 'vault' } });
    expect(accessOf(service, []).egress).not.toContainEqual(agent);
  });

  test('has the name of its partition', () => {
    expect(hostOfBucket('files', 'cn-north-1')).toBe('files.s3.cn-north-1.amazonaws.com.cn');
  });
});

test('a bucket of a server of one\'s own is called like its store', () => {
  expect(storeNameOf('order-intake', 'readModel')).toBe('order-intake-read-model');
});

test('a bucket that the environment has no place for is missing by name', () => {
  expect(refusalOf('PLATFORM_INVALID', () => settledWith({}))).toEqual(['environments.production.stores.bucket: is not named, but api declares the store files; say where it is, or spread cloudFactsOf of what `marty infra config` wrote, where a stack made it']);
  const elsewhere = { stores: { bucket: { servers: { 'web.files': s3 } } } };
  expect(refusalOf('PLATFORM_INVALID', () => settledWith(elsewhere))).toEqual(['environments.production.stores.bucket: is not named, but api declares the store files; say where it is, or spread cloudFactsOf of what `marty infra config` wrote, where a stack made it']);
});

describe('the place of a bucket is refused', () => {
  test.each<[string, object, string]>([
    ['with a name that S3 would refuse', { ...s3, bucket: 'Acme_Files' }, 'stores.bucket.servers."api.files".bucket: is "Acme_Files", expected lower case letters'],
    ['in a region that is none', { ...s3, region: 'Frankfurt' }, 'expected a region such as eu-central-1'],
    ['with a secret that nobody reads', { ...s3, secret: 'kv/files' }, 'is read by nobody, since pods prove who they are by Pod Identity'],
    ['without region and server', { bucket: 'acme-files' }, 'stores.bucket.servers."api.files".region: is missing'],
  ])('%s', (_, server, message) => {
    expect(refusalOf('SPEC_INVALID', () => platformWith(withServer(server))).join('\n')).toContain(message);
  });

  test('where no server is named', () => {
    expect(refusalOf('SPEC_INVALID', () => platformWith({ stores: { bucket: {} } }))).toEqual(['environments.production.stores.bucket: names no server; expected at, or servers of single stores']);
  });
});
