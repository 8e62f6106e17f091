import { z } from 'zod';
import { EncryptionKey, Messaging, Network, type EksStackProps, type Statement } from '../../../src/cloud/aws';
import { cloudFactsOf, definePlatform, settleService, type MicroserviceSpec } from '../../../src/spec';
import { runtimeConfigOf } from '../../../src/spec/runtime-config';
import { addressesOf, eksStack, written } from '../../support/cloud';
import { refusalOf } from '../../support/problems';

const { topics: before } = cloudFactsOf({}, { kubernetes: '1.35', topics: { at: 'aws', region: 'eu-central-1', account: '123456789012', prefix: 'shop', cidrs: 'internet' } });
const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example', topics: before }, dev: { kubernetes: '1.35', domain: 'dev.shop.example', topics: before } } });
const message = z.object({ id: z.string() });
const placed = shop.topic('order.placed', { message, key: 'id', retentionMs: shop.per({ default: 86_400_000, production: 259_200_500 }) });
const paid = shop.topic('paid', { message, key: 'id', producedElsewhere: true });
const service = (name: string, more: object = {}) => shop.microservice({ name, team: 'a', tier: 1, image: `ghcr.io/acme/${name}`, ...more }) as unknown as MicroserviceSpec;
const orders = service('orders', { produces: { placed }, consumes: { paid } });
const mails = service('mails', { consumes: { placed, again: placed } });
const fleet = [orders, service('web'), mails];

const stackWith = (props: Partial<Omit<EksStackProps, 'cluster'>> = {}) => eksStack({ services: fleet, environment: 'production', topics: {}, ...props });
const stack = stackWith();
const made = written(stack);
const policyOf = (text: unknown) => (JSON.parse(String(text)) as { Statement: Statement[] }).Statement;

describe('topics of services', () => {
  test('are one of SNS for each that is sent, and a queue with one for dead letters for each that is received', () => {
    expect(made.ofType('aws_sns_topic').map(({ body }) => body.name)).toEqual(['shop-order-placed.fifo']);
    expect(made.ofType('aws_sqs_queue').map(({ body }) => body.name).filter(name => String(name).endsWith('.fifo'))).toEqual([
      'shop-mails-order-placed-dead.fifo', 'shop-mails-order-placed.fifo', 'shop-orders-paid-dead.fifo', 'shop-orders-paid.fifo',
    ]);
    expect(made.ofType('aws_sns_topic_subscription').map(({ body }) => [body.topic_arn, body.protocol, body.raw_message_delivery])).toEqual([
      [expect.stringContaining('aws_sns_topic'), 'sqs', true], ['arn:aws:sns:eu-central-1:123456789012:shop-paid.fifo', 'sqs', true],
    ]);
  });

  test('keep the order of each key, and messages as long as they say, rounded up to seconds', () => {
    for (const { body } of made.ofType('aws_sqs_queue').filter(({ body: { name } }) => String(name).endsWith('.fifo'))) {
      expect(body).toMatchObject({ fifo_queue: true, content_based_deduplication: false, deduplication_scope: 'messageGroup', fifo_throughput_limit: 'perMessageGroupId' });
    }
    expect(made.ofType('aws_sns_topic')[0].body).toMatchObject({ fifo_topic: true, content_based_deduplication: false, fifo_throughput_scope: 'MessageGroup' });
    const kept = (in_: ReturnType<typeof written>) => Object.fromEntries(in_.ofType('aws_sqs_queue').map(({ body }) => [body.name, body.message_retention_seconds]));
    expect(kept(made)).toMatchObject({ 'shop-mails-order-placed.fifo': 259_201, 'shop-mails-order-placed-dead.fifo': 1_209_600 });
    expect(kept(written(stackWith({ environment: 'dev' })))).toMatchObject({ 'shop-mails-order-placed.fifo': 86_400 });
  });

  test('put aside what a service fails at, into the queue that takes it from nowhere else', () => {
    const queue = (name: string) => made.ofType('aws_sqs_queue').filter(({ body }) => body.name === name)[0];
    const dead = queue('shop-mails-order-placed-dead.fifo');
    expect(JSON.parse(String(queue('shop-mails-order-placed.fifo').body.redrive_policy))).toEqual({ deadLetterTargetArn: `\${${dead.address}.arn}`, maxReceiveCount: 5 });
    expect(JSON.parse(String(dead.body.redrive_allow_policy))).toEqual({ redrivePermission: 'byQueue', sourceQueueArns: ['arn:aws:sqs:eu-central-1:123456789012:shop-mails-order-placed.fifo'] });
    const other = written(stackWith({ topics: { maxReceives: 2, visibilitySeconds: 300 } })).ofType('aws_sqs_queue').filter(({ body }) => body.name === 'shop-mails-order-placed.fifo')[0];
    expect(other.body).toMatchObject({ visibility_timeout_seconds: 300, redrive_policy: expect.stringContaining('"maxReceiveCount":2') as string });
  });

  test('let their account alone send, over TLS, and queues let their topic alone', () => {
    expect(policyOf(made.ofType('aws_sns_topic_policy')[0].body.policy).map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
      ['AccountDecides', { StringEquals: { 'aws:PrincipalAccount': '123456789012' } }], ['TlsOnly', { Bool: { 'aws:SecureTransport': 'false' } }],
    ]);
    for (const { body } of made.ofType('aws_sqs_queue_policy').filter(({ address }) => address.includes('topics'))) {
      const [sends, tls] = policyOf(body.policy);
      expect(sends).toMatchObject({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Condition: { ArnEquals: { 'aws:SourceArn': expect.stringMatching(/sns/) as string } } });
      expect(tls).toMatchObject({ Effect: 'Deny', Principal: '*' });
    }
  });

  test('have one key, which SNS uses for topics of theirs', () => {
    const keys = made.ofType('aws_kms_key').filter(({ body }) => body.description === 'Messages of shop');
    expect(keys).toHaveLength(1);
    expect(policyOf(keys[0].body.policy)[1]).toMatchObject({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-central-1:123456789012:shop-*' } } });
    const own = stackWith({ topics: { keyArn: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' } });
    expect(written(own).ofType('aws_kms_key').filter(({ body }) => body.description === 'Messages of shop')).toEqual([]);
  });

  test('give each service the right to what it declares, and nothing to the others', () => {
    const { permissions = {} } = stack.messaging ?? {};
    const named = (of: readonly Statement[]) => of.map(({ Sid, Action, Resource }) => [Sid, Action, [Resource].flat().length]);
    const receive = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
    expect(Object.keys(permissions)).toEqual(['mails', 'orders']);
    expect(named(permissions.mails)).toEqual([['ReceiveMessages', receive, 2], ['DecryptMessages', ['kms:Decrypt'], 1]]);
    expect(named(permissions.orders)).toEqual([
      ['SendMessages', 'sns:Publish', 1], ['EncryptMessages', ['kms:Decrypt', 'kms:GenerateDataKey'], 1], ['ReceiveMessages', receive, 2], ['DecryptMessages', ['kms:Decrypt'], 1],
    ]);
    expect(permissions.mails[1].Condition).toEqual({ StringEquals: { 'kms:ViaService': 'sqs.eu-central-1.amazonaws.com' } });
  });

  test('are there before SNS sends to them', () => {
    const [first] = made.ofType('aws_sns_topic_subscription');
    expect(first.body.depends_on).toEqual([expect.stringContaining('dead-letters-policy'), expect.stringContaining('aws_sqs_queue_policy')]);
  });

  test('have addresses that no other topic or service moves', () => {
    const more = new Set(addressesOf(written(stackWith({ services: [service('audit', { consumes: { placed }, produces: { refunded: shop.topic('refunded', { message, key: 'id' }) } }), ...fleet] }))));
    expect(addressesOf(made).filter(address => !more.has(address))).toEqual([]);
  });

  test('are made where they are asked for', () => {
    const without = written(eksStack({ services: [orders], environment: 'production' }));
    expect(without.ofType('aws_sns_topic')).toEqual([]);
    expect((without.json.output?.infrastructure as { value: object }).value).not.toHaveProperty('topics');
    expect(written(stackWith({ services: [service('web')] })).ofType('aws_sns_topic')).toEqual([]);
  });
});

describe('what the stack says of its topics', () => {
  const factsOf = (of: ReturnType<typeof written>) => {
    const { cluster, network, ...value } = (of.json.output?.infrastructure as { value: { cluster: object; network: object } }).value;
    return cloudFactsOf({ ...value, stores: {}, karpenter: undefined, cluster: { ...cluster, name: 'shop', endpoint: 'https://a.example', certificateAuthority: 'Q0E=' }, network: { ...network, id: 'vpc-1' } });
  };

  test('is where descriptions find them', () => {
    expect(factsOf(made).topics).toEqual({ at: 'aws', region: 'eu-central-1', account: '123456789012', prefix: 'shop', cidrs: ['10.20.18.0/24', '10.20.50.0/24', '10.20.82.0/24'] });
    const there = definePlatform({ name: 'shop', environments: { production: { ...factsOf(made), domain: 'shop.example' } } });
    const sender = there.microservice({ name: 'orders', team: 'a', tier: 1, image: 'ghcr.io/acme/orders', produces: { placed: there.topic('order.placed', { message, key: 'id' }) } }) as unknown as MicroserviceSpec;
    expect(JSON.stringify(runtimeConfigOf(settleService(sender, 'production')).topics)).toContain(`:${String(made.ofType('aws_sns_topic')[0].body.name)}"`);
  });

  test('names endpoints in the network, the internet, or the network that exists', () => {
    const internet = { reason: 'images of the fleet' };
    const cidrs = (network: EksStackProps['network']) => factsOf(written(stackWith({ network }))).topics?.cidrs;
    expect(made.ofType('aws_vpc_endpoint').map(({ body }) => body.service_name)).toContain('com.amazonaws.eu-central-1.sns');
    expect(cidrs({ cidr: '10.20.0.0/16', zones: ['a', 'b'], internet })).toBe('internet');
    expect(cidrs({ cidr: '10.20.0.0/16', zones: ['a', 'b'], internet, endpoints: ['ecr.api'] })).toEqual(['10.20.18.0/24', '10.20.50.0/24']);
    const existing = { vpcId: 'vpc-0a1b2c3d', cidr: '10.0.0.0/16', subnets: Object.fromEntries(['private', 'data', 'control'].map((tier, at) => [tier, { a: `subnet-0a1b2c0${at}`, b: `subnet-0a1b2c1${at}` }])) };
    expect(cidrs(Network.fromIds(existing))).toEqual(['10.0.0.0/16']);
    expect(cidrs(Network.fromIds({ ...existing, endpointRanges: ['10.0.9.0/24'] }))).toEqual(['10.0.9.0/24']);
    expect(cidrs(Network.fromIds({ ...existing, internet: { ports: [443], reason: 'images of the fleet' } }))).toBe('internet');
  });
});

describe('what is refused before anything is written', () => {
  const topic = (name: string, options: object = {}) => shop.topic(name, { message, key: 'id', ...options });

  test('is told all at once', () => {
    const services = [
      service('a', { produces: { one: topic('x.y'), two: topic('x-y'), last: topic('last', { cleanup: 'compact' }), ever: topic('ever', { retentionMs: -1 }) } }),
      service('b', { consumes: { long: topic('l'.repeat(80), { producedElsewhere: true }) } }),
    ];
    expect(refusalOf('PROPS_INVALID', () => stackWith({ services }))).toEqual([
      expect.stringContaining('a.produces.two: makes the topic shop-x-y.fifo for the topic x-y, which is that of the topic x.y already'),
      expect.stringContaining('a.produces.last: is the topic last whose cleanup is "compact"'),
      expect.stringContaining('a.produces.ever: is the topic ever whose retentionMs is -1'),
      expect.stringContaining('b.consumes.long: makes the queue shop-b-lll'),
    ]);
  });

  test('as is a topic that nobody sends, or somebody else too, or that is not the same everywhere in a stack of no environment', () => {
    expect(refusalOf('PROPS_INVALID', () => stackWith({ services: [service('a', { produces: { paid } })] }))).toEqual([
      'a.produces.paid: sends paid, which says producedElsewhere: true; leave that out, since the topic is made here',
    ]);
    expect(refusalOf('PROPS_INVALID', () => stackWith({ services: [mails] }))[0]).toContain('mails.consumes.placed: receives order.placed, which no service sends; let one send it, or say producedElsewhere: true of the topic');
    const varying = service('a', { produces: { one: topic('one', { retentionMs: shop.per<number>({ dev: 60_000, production: 120_000 }) }) } });
    expect(refusalOf('PROPS_INVALID', () => stackWith({ services: [varying], environment: undefined }))).toEqual([
      'a.produces.one: is the topic one, whose retentionMs differs between environments; name the environment of the stack',
    ]);
  });

  test.each<[string, EksStackProps['topics'], string]>([
    ['no attempt', { maxReceives: 0 }, 'topics.maxReceives: is 0, expected a number of at least 1'],
    ['more time than SQS gives', { visibilitySeconds: 50_000 }, 'topics.visibilitySeconds: is 50000, expected a number of at most 43200'],
  ])('as is %s', (_, topics, problem) => {
    expect(refusalOf('PROPS_INVALID', () => stackWith({ topics }))).toEqual([problem]);
  });
});

test('topics can be made by hand, with a key and a name of one\'s own', () => {
  const own = eksStack();
  const key = new EncryptionKey(own, 'messages-key', { name: 'shop/messages', description: 'Messages' });
  const messaging = new Messaging(own, 'messages', { name: 'shop-eu', environment: 'production', services: fleet, keyArn: key.arn });
  expect(Object.keys(messaging.permissions)).toEqual(['mails', 'orders']);
  expect(written(own).ofType('aws_sns_topic').map(({ body }) => body.name)).toEqual(['shop-eu-order-placed.fifo']);
});
