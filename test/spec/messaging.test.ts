import { z } from 'zod';
import { definePlatform, http, previewOf, settleService, type EnvironmentInput, type MicroserviceSpec } from '../../src/spec';
import { factsOf, platformProblems } from '../../src/spec/environments';
import { checkMessaging } from '../../src/spec/fleet';
import { deadLetterNameOf, queueNameOf, snsTopicNameOf } from '../../src/spec/messaging';
import { problemsOf } from '../../src/spec/problems';
import { runtimeConfigOf, runtimeConfigSchema, secretFilesOf } from '../../src/spec/runtime-config';
import { renderEnvironment } from '../../src/testing';
import { refusalOf, testPairs } from '../support/problems';

const topics = { at: 'aws', region: 'eu-central-1', account: '123456789012', prefix: 'shop', cidrs: ['10.20.18.0/24'] } satisfies EnvironmentInput['topics'];
const base = { kubernetes: '1.35', domain: 'shop.example' } as const;
const service = { team: 'a', tier: 1, ports: { web: http(8080) } } as const;

function fleet(facts: Partial<EnvironmentInput> = {}, name = 'order.placed', options: Partial<Parameters<typeof shop.topic>[1]> = {}) {
  const shop = definePlatform({ name: 'shop', environments: { production: { ...base, topics, ...facts } } });
  const placed = shop.topic(name, { message: z.object({ id: z.string() }), key: 'id', ...options as object });
  return [
    shop.microservice({ ...service, name: 'orders', image: 'ghcr.io/acme/orders', produces: { placed } }),
    shop.microservice({ ...service, name: 'mails', image: 'ghcr.io/acme/mails', consumes: { placed } }),
  ] as unknown as MicroserviceSpec[];
}
const shop = definePlatform({ name: 'shop', environments: { production: { ...base, topics } } });
const [orders, mails] = fleet();

test('names are those of SNS and SQS, without what these do not take, and say that order is kept', () => {
  expect([snsTopicNameOf('shop', 'order.placed'), queueNameOf('shop', 'mails', 'order.placed'), deadLetterNameOf('shop', 'mails', 'order_placed')])
    .toEqual(['shop-order-placed.fifo', 'shop-mails-order-placed.fifo', 'shop-mails-order_placed-dead.fifo']);
});

describe('where topics are in AWS', () => {
  testPairs(facts => platformProblems({ name: 'shop', environments: { dev: { ...base, ...facts as object } } }), [
    ['is said by what names are made of', { topics }, { topics: { ...topics, region: 'europe' } }, 'environments.dev.topics.region: is "europe", expected a region such as eu-central-1'],
    ['there is no Kafka', { topics }, { topics, kafka: { at: { namespace: 'kafka' } } }, 'environments.dev.topics: says where topics are, and so does kafka; leave one of them out'],
  ]);

  test('an environment that extends one with a Kafka has topics in AWS instead, and the other way round', () => {
    const kafka = { at: { namespace: 'kafka' } };
    const environments = { dev: { ...base, kafka }, cloud: { extends: 'dev', topics }, near: { extends: 'cloud', kafka } };
    expect(platformProblems({ name: 'shop', environments })).toEqual([]);
    expect(['cloud', 'near'].map(name => Object.keys(factsOf({ name: 'shop', environments }, name)).filter(fact => ['kafka', 'topics'].includes(fact)))).toEqual([['topics'], ['kafka']]);
  });
});

describe('a service whose topics are in AWS', () => {
  test('reads where it sends to and receives from', () => {
    const about = { topic: 'order.placed', key: 'id', partitions: 3, retentionMs: 604_800_000 };
    const place = { at: 'aws', region: 'eu-central-1', account: '123456789012', prefix: 'shop' };
    expect(runtimeConfigOf(settleService(orders, 'production')).topics).toEqual({
      ...place, produces: { placed: { ...about, topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-order-placed.fifo' } }, consumes: {},
    });
    expect(runtimeConfigOf(settleService(mails, 'production')).topics).toEqual({
      ...place, produces: {}, consumes: { placed: {
        ...about, queueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/shop-mails-order-placed.fifo',
        deadLetterUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/shop-mails-order-placed-dead.fifo',
      } },
    });
    const [china] = fleet({ topics: { ...topics, region: 'cn-north-1' } });
    expect(JSON.stringify(runtimeConfigOf(settleService(china, 'production')).topics)).toContain('arn:aws-cn:sns:cn-north-1');
  });

  test.each([['sends', orders], ['receives', mails]] as const)('and %s reads what was written, and no secret', (_, one) => {
    const settled = settleService(one, 'production');
    const config = runtimeConfigOf(settled);
    expect(runtimeConfigSchema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
    expect(secretFilesOf(settled)).toEqual([]);
  });

  test('is refused a ConfigMap that lacks what is said of its topics', () => {
    const { topics: told, ...config } = runtimeConfigOf(settleService(mails, 'production'));
    const problemsWith = (changed: object) => problemsOf(runtimeConfigSchema, { ...config, topics: { ...told, ...changed } }).map(({ path }) => path);
    expect([problemsWith({}), problemsWith({ region: undefined }), problemsWith({ at: 'gcp' })]).toEqual([[], ['topics.region'], ['topics.at']]);
    // One that says nothing of where they are is of a Kafka.
    expect(problemsWith({ at: undefined })).toEqual(expect.arrayContaining(['topics.usernameFile', 'topics.host']));
  });

  test('reaches the ends of AWS and the agent that gives it credentials, and has no Secret', () => {
    const { get, all } = renderEnvironment([orders, mails], 'production');
    const egress = (name: string) => (get('NetworkPolicy', name).spec as { egress: { to: { ipBlock?: { cidr: string } }[]; ports: { port: number }[] }[] }).egress
      .flatMap(({ to, ports }) => to.flatMap(({ ipBlock }) => (ipBlock ? [[ipBlock.cidr, ports.map(({ port }) => port)]] : [])));
    expect(egress('mails')).toEqual([['10.20.18.0/24', [443]], ['169.254.170.23/32', [80]]]);
    expect(egress('orders')).toEqual(egress('mails'));
    expect(all().map(({ kind }) => kind).filter(kind => ['ExternalSecret', 'Secret', 'Job', 'StatefulSet'].includes(kind))).toEqual([]);
  });

  test('is let through by names where the network plugin matches them', () => {
    const settled = fleet({ networkPolicies: 'cilium', topics: { ...topics, cidrs: undefined } }).map(each => settleService(each, 'production'));
    expect(settled.map(({ topics: at }) => (at?.at === 'aws' ? at.reached.map(({ peer }) => peer) : []))).toEqual(
      ['sns', 'sqs'].map(name => [{ kind: 'host', host: `${name}.eu-central-1.amazonaws.com` }]));
  });
});

describe('what AWS cannot do is refused', () => {
  const refused = (...[facts, name, options]: Parameters<typeof fleet>) => refusalOf('PLATFORM_INVALID', () => fleet(facts, name, options).map(each => settleService(each, 'production')));

  test.each<[string, ReturnType<typeof refused>, string]>([
    ['a Kafka that nobody names', refused({ topics: undefined }), 'environments.production.kafka: is not named, but orders sends or receives messages'],
    ['addresses that nobody names', refused({ topics: { ...topics, cidrs: undefined } }), 'which cannot match the host name sns.eu-central-1.amazonaws.com that orders needs'],
    ['the last message of each key', refused({}, 'placed', { cleanup: 'compact' }), 'orders.produces.placed: is the topic placed whose cleanup is "compact", expected "delete"'],
    ['messages for ever', refused({}, 'placed', { retentionMs: -1 }), 'whose retentionMs is -1, expected at most 1209600000'],
    ['messages for months', refused({}, 'placed', { retentionMs: 5_000_000_000 }), 'since SQS keeps messages for 14 days'],
    ['messages for a moment', refused({}, 'placed', { retentionMs: 1000 }), 'expected at least 60000'],
    ['a name that is too long', refused({}, 'a'.repeat(249), {}), 'whose name has 259 characters, expected at most 256'],
  ])('%s', (_, problems, line) => {
    expect(problems.join('\n')).toContain(line);
  });

  test('a name of a queue that is too long', () => {
    const [, receiver] = fleet({}, 'a'.repeat(60));
    expect(refusalOf('PLATFORM_INVALID', () => settleService(receiver, 'production'))).toEqual([expect.stringContaining('mails.consumes.placed: makes the queue shop-mails-aaa')]);
  });

  test('two topics whose names would be one, and queues of two services', () => {
    const of = (name: string) => shop.topic(name, { message: z.object({ id: z.string() }), key: 'id' });
    const [dotted, dashed, dead, short] = ['order.placed', 'order-placed', 'order-placed-dead', 'placed'].map(of);
    const services = [
      shop.microservice({ ...service, name: 'a', image: 'ghcr.io/acme/a', produces: { dotted, dashed } }),
      shop.microservice({ ...service, name: 'b', image: 'ghcr.io/acme/b', consumes: { dashed, dead } }),
      shop.microservice({ ...service, name: 'b-order', image: 'ghcr.io/acme/b', consumes: { short } }),
    ] as unknown as MicroserviceSpec[];
    expect(refusalOf('PLATFORM_INVALID', () => settleService(services[0], 'production'))).toEqual([
      'a.produces.dashed: makes the topic shop-order-placed.fifo for the topic order-placed, which is that of the topic order.placed already; rename one of them',
    ]);
    expect(refusalOf('PLATFORM_INVALID', () => settleService(services[1], 'production'))).toEqual([
      'b.consumes.dead: makes the queue shop-b-order-placed-dead.fifo for b and the topic order-placed-dead, which is that of what b failed at of the topic order-placed already; rename one of them',
    ]);
    const pair = [shop.microservice({ ...service, name: 'b', image: 'ghcr.io/acme/b', consumes: { dashed } }) as unknown as MicroserviceSpec, services[2]];
    expect(refusalOf('PLATFORM_INVALID', () => checkMessaging(pair.map(each => settleService(each, 'production')), 'production'))).toEqual([
      expect.stringContaining('b-order.consumes.short: makes the queue shop-b-order-placed.fifo'), expect.stringContaining('shop-b-order-placed-dead.fifo'),
    ]);
  });

  test('a preview that would take the messages of the environment that it is like', () => {
    expect(refusalOf('SPEC_INVALID', () => previewOf([orders, mails], { of: 'mails', name: 'pr-1', environment: 'production' }))).toEqual([
      expect.stringContaining('mails.consumes: names topics, which are in AWS and those of production'),
    ]);
  });
});
