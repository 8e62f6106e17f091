import { Certificate, Network, Zone, type DnsInput } from '../../../src/cloud/aws';
import { addressesOf, eksStack, written } from '../../support/cloud';

const stackWith = (dns: DnsInput, rest: Parameters<typeof eksStack>[0] = {}) => eksStack({ ...rest, dns });
const everything: DnsInput = {
  zones: { shop: { name: 'shop.example' }, internal: { name: 'shop.internal', private: true }, old: { name: 'old.example', id: 'Z0123456789ABCDEFGHIJ' } },
  certificates: {
    web: { zone: 'shop', domain: 'shop.example', alternativeNames: ['api.shop.example'] },
    previews: { zone: 'old', domain: '*.old.example', wildcards: { reason: 'previews have names that nobody knows before' } },
  },
};

describe('zones of names', () => {
  const stack = written(stackWith(everything));

  test('are signed and logged where they are public, in the one region that Route 53 takes that from', () => {
    expect(stack.ofType('aws_route53_zone').map(({ body }) => [body.name, body.vpc])).toEqual([
      ['shop.example', undefined], ['shop.internal', [{ vpc_id: expect.stringContaining('aws_vpc') as string }]],
    ]);
    expect(stack.ofType('aws_route53_query_log')).toHaveLength(1);
    expect(stack.ofType('aws_route53_hosted_zone_dnssec')[0].body).toMatchObject({ signing_status: 'SIGNING' });
    const elsewhere = stack.blocks.filter(({ body }) => body.region !== undefined && body.region !== 'eu-central-1');
    expect(elsewhere.filter(({ kind }) => kind === 'resource').map(({ type, body }) => [type, body.region]).sort()).toEqual([
      ['aws_cloudwatch_log_group', 'us-east-1'], ['aws_cloudwatch_log_resource_policy', 'us-east-1'],
      ['aws_kms_alias', 'us-east-1'], ['aws_kms_alias', 'us-east-1'], ['aws_kms_key', 'us-east-1'], ['aws_kms_key', 'us-east-1'],
    ]);
  });

  test('have a key that signs, which nobody but Route 53 signs with', () => {
    const [key] = stack.ofType('aws_kms_key').filter(({ body }) => body.key_usage === 'SIGN_VERIFY');
    expect(key.body).toMatchObject({ customer_master_key_spec: 'ECC_NIST_P256' });
    expect(key.body).not.toHaveProperty('enable_key_rotation');
    const { Statement: statements } = JSON.parse(String(key.body.policy)) as { Statement: { Sid: string; Principal: unknown; Condition?: object }[] };
    expect(statements.map(({ Sid, Principal, Condition }) => [Sid, Principal, Condition === undefined])).toEqual([
      ['AccountDecides', { AWS: 'arn:aws:iam::123456789012:root' }, true],
      ['SignZones', { Service: 'dnssec-route53.amazonaws.com' }, false], ['GrantSigning', { Service: 'dnssec-route53.amazonaws.com' }, false],
    ]);
  });

  test('are those that external-dns may write in, beside those that were named', () => {
    const naming = written(stackWith(everything, { cluster: { addons: { 'external-dns': true } }, eks: { dnsZoneIds: ['ZNAMEDBEFORE'] } }));
    const [role] = naming.ofType('aws_iam_role_policy').filter(({ path }) => path.includes('external-dns'));
    const policy = JSON.parse(String(role.body.policy)) as { Statement: { Sid: string; Resource: string[] }[] };
    expect(policy.Statement.find(({ Sid }) => Sid === 'WriteNames')?.Resource).toEqual([
      'arn:aws:route53:::hostedzone/ZNAMEDBEFORE', expect.stringMatching(/hostedzone\/\$\{aws_route53_zone\.dns_zone-shop_/),
      expect.stringMatching(/hostedzone\/\$\{aws_route53_zone\.dns_zone-internal_/), 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ',
    ]);
  });

  test('are told in the output, with what the zone above them has to say', () => {
    const { value } = stack.json.output?.infrastructure as { value: { dns: { zones: Record<string, object>; certificates: object } } };
    expect(value.dns.zones).toEqual({
      shop: { id: expect.any(String) as string, name: 'shop.example', private: false, nameServers: expect.stringContaining('.name_servers}') as string, signer: expect.stringContaining('.ds_record}') as string },
      internal: { id: expect.any(String) as string, name: 'shop.internal', private: true },
      old: { id: 'Z0123456789ABCDEFGHIJ', name: 'old.example', private: false },
    });
    expect(Object.keys(value.dns.certificates)).toEqual(['web', 'previews']);
  });

  test('change no address of those that were there', () => {
    const more = written(stackWith({ ...everything, zones: { early: { name: 'early.example' }, ...everything.zones } }));
    expect(addressesOf(stack).filter(address => !addressesOf(more).includes(address))).toEqual([]);
  });

  test('need nothing of another region where none of them is public and made here', () => {
    const closed = written(stackWith({ zones: { internal: { name: 'shop.internal', private: true } } }));
    expect(closed.ofType('aws_cloudwatch_log_resource_policy')).toEqual([]);
  });
});

describe('a certificate', () => {
  const stack = written(stackWith(everything));

  test('is proved by one record for each of its hosts, and named when it was', () => {
    const certificates = stack.ofType('aws_acm_certificate');
    expect(certificates.map(({ body }) => [body.domain_name, body.subject_alternative_names, body.lifecycle])).toEqual([
      ['shop.example', ['api.shop.example'], { create_before_destroy: true }], ['*.old.example', undefined, { create_before_destroy: true }],
    ]);
    expect(stack.ofType('aws_route53_record').map(({ body }) => /== "([^"]*)"/.exec(String(body.name))?.[1]).sort()).toEqual(['api.shop.example', 'old.example', 'shop.example']);
    const { value } = stack.json.output?.infrastructure as { value: { dns: { certificates: Record<string, string> } } };
    expect(value.dns.certificates.web).toMatch(/^\$\{aws_acm_certificate_validation\..*\.certificate_arn\}$/);
  });

  test('is of another region where it is asked for', () => {
    const edge = written(stackWith({ ...everything, certificates: { edge: { zone: 'shop', domain: 'shop.example', region: 'us-east-1' } } }));
    expect([...edge.ofType('aws_acm_certificate'), ...edge.ofType('aws_acm_certificate_validation')].map(({ body }) => body.region)).toEqual(['us-east-1', 'us-east-1']);
  });

  test('stands for hosts that nobody named where a reason says so, and tells it', () => {
    const open = stackWith(everything);
    written(open);
    expect(open.node.metadata.map(({ data }) => String(data))).toContainEqual(expect.stringContaining('CKV2_AWS_71 is waived: previews have names that nobody knows before'));
  });
});

describe('what is refused of names', () => {
  const shop = { shop: { name: 'shop.example' } };

  test.each<[string, DnsInput, string[]]>([
    ['a certificate of no zone', { zones: shop, certificates: { web: { zone: 'shopp', domain: 'shop.example' } } }, ['certificates.web.zone: is shopp, expected one of shop; did you mean shop?']],
    ['a host of another zone', { zones: shop, certificates: { web: { zone: 'shop', domain: 'shop.example', alternativeNames: ['workshop.example'] } } }, ['certificates.web.alternativeNames: is workshop.example, expected a name in the zone shop.example']],
    ['a zone that nobody outside can ask', { zones: { internal: { name: 'shop.internal', private: true } }, certificates: { web: { zone: 'internal', domain: 'shop.internal' } } }, ['certificates.web.zone: is the private zone shop.internal']],
    ['* without a reason, and a reason without *', { zones: shop, certificates: { web: { zone: 'shop', domain: '*.shop.example' }, plain: { zone: 'shop', domain: 'shop.example', wildcards: { reason: 'nothing needs this' } } } },
      ['certificates.web.wildcards: is missing, expected the reason for *.shop.example', 'certificates.plain.wildcards: has a reason, but no name has a *']],
    ['two zones of one name', { zones: { ...shop, again: { name: 'shop.example' } } }, ['zones.again.name: is shop.example, which is that of shop too']],
    ['names and ids that are none', { zones: { shop: { name: 'Shop_Example' }, old: { name: 'old.example', id: 'zone/Z1' } } }, ['zones.shop.name: is "Shop_Example"', 'zones.old.id: is "zone/Z1", expected the id of a zone']],
  ])('%s', (_, dns, messages) => {
    for (const message of messages) expect(() => stackWith(dns)).toThrow(message);
  });

  test('a public zone where Route 53 signs none, by its construct', () => {
    expect(() => stackWith({ zones: shop }, { region: 'cn-north-1' })).toThrow('region is cn-north-1, where Route 53 neither signs nor logs public zones');
  });

  test('the same by the constructs themselves', () => {
    const stack = eksStack();
    const network = Network.fromIds({ vpcId: 'vpc-0a1b2c3d', cidr: '10.0.0.0/16', subnets: {} });
    expect(() => new Zone(stack, 'zone', { name: '10.0.0.1', within: network })).toThrow('name: is "10.0.0.1"');
    expect(() => new Certificate(stack, 'certificate', { domain: 'a.example', zone: Zone.fromId('Z1', { name: 'b.example' }) })).toThrow('domain: is a.example, expected a name in the zone b.example');
  });
});
