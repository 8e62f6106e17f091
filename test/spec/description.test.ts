import { descriptionJsonSchema, descriptionOf, descriptionProblems, parseDescription } from '../../src/spec/description';
import { settleService } from '../../src/spec/settle';
import { linesOf, refusalOf, testPairs } from '../support/problems';
import { exampleFleets } from '../support/examples';
import { allFacts, minimal } from '../support/shop';

const api = { ...minimal, ports: { web: { protocol: 'http', port: 8080 } } };
const caller = (call: object = {}) => ({ ...minimal, name: 'caller', calls: { api: { service: 'api', port: 'web', ...call } } });
const document = (more: object = {}) => ({ format: 'marty-msf/description/v1', platform: { name: 'shop', environments: { dev: allFacts } }, services: [api], ...more });
const topic = { name: 'placed', key: 'id', message: { type: 'object' } };
const stripe = { name: 'stripe', at: { namespace: 'a' }, ports: {} };

describe('a document', () => {
  testPairs(descriptionProblems, [
    ['is of a format that is known', document(), document({ format: 'marty-msf/description/v2' }), 'format: is "marty-msf/description/v2", expected "marty-msf/description/v1"'],
    ['has services', document(), document({ services: [] }), 'services: is [], expected at least 1 entries'],
    ['has only fields that exist', document(), document({ service: [] }), 'service: is not a field that exists here; did you mean services?'],
    ['calls what exists', document({ services: [api, caller()] }), document({ services: [api, caller({ service: 'apo' })] }), 'services[1].calls.api.service: is "apo", expected one of api, caller'],
    ['calls ports that exist', document({ services: [api, caller()] }), document({ services: [api, caller({ port: 'wbe' })] }), 'services[1].calls.api.port: is "wbe", expected a port of api: web'],
    ['calls ports that exist, whatever every object has', document({ services: [api, caller()] }), document({ services: [api, caller({ port: 'constructor' })] }), 'services[1].calls.api.port: is "constructor", expected a port of api: web'],
    ['names services once', document({ services: [api, { ...api, name: 'other' }] }), document({ services: [api, api] }), 'services[1].name: is "api", which is the name of another one; each needs one of its own'],
    ['names externals once', document({ externals: [stripe] }), document({ externals: [stripe, stripe] }), 'externals[1].name: is "stripe", which is the name of another one; each needs one of its own'],
    ['names topics once', document({ topics: [topic] }), document({ topics: [topic, topic] }), 'topics[1].name: is "placed", which is the name of another one; each needs one of its own'],
    ['sends to topics that exist', document({ topics: [topic], services: [{ ...api, produces: { a: 'placed' } }] }), document({ topics: [topic], services: [{ ...api, produces: { a: 'paid' } }] }), 'services[0].produces.a: is "paid", expected one of placed'],
    ['has topics for environments that exist', document({ topics: [{ ...topic, partitions: { perEnvironment: { dev: 3 } } }] }), document({ topics: [{ ...topic, partitions: { perEnvironment: { dev: 3, test: 4 } } }] }),
      'topics[0].partitions.perEnvironment.test: is no environment, expected one of dev or default'],
    ['has messages whose schema can be read', document({ topics: [topic] }), document({ topics: [{ ...topic, message: { type: 'strange' } }] }), 'topics[0].message: is no JSON Schema that can be used: Unsupported type: strange'],
    ['fits together', document({ services: [api, caller()] }), document({ services: [{ ...api, exposure: 'none' }, caller()] }), 'services[1].calls.api: calls api, whose exposure is "none" in dev'],
  ]);

  test.each([[null], [undefined], [[]], ['text'], [{}], [{ services: [null], platform: null }], [{ services: [1], platform: { environments: { a: null } } }]])('that is %j is refused', value => {
    expect(descriptionProblems(value).length).toBeGreaterThan(0);
  });

  test('is told everything that is wrong at once', () => {
    const wrong = document({ platform: { name: 'Shop', environments: { dev: { ...allFacts, zones: 0 } } }, services: [{ ...api, tier: 4 }, { ...caller({ service: 'apo' }), team: 1 }], topics: [{ ...topic, key: '' }] });
    expect(linesOf(descriptionProblems(wrong)).map(line => line.split(':')[0])).toEqual([
      'topics[0].key', 'platform.name', 'platform.environments.dev.zones', 'services[0].tier', 'services[1].team', 'services[1].calls.api.service',
    ]);
  });

  test('that is wrong becomes no service', () => {
    expect(refusalOf('SPEC_INVALID', () => parseDescription(document({ services: [{ ...api, tier: 4 }] })))).toEqual(['services[0].tier: is 4, expected 1 or 2 or 3']);
  });
});

describe('the JSON form of an example', () => {
  test.each(exampleFleets().map(example => [example.name, example] as const))('%s describes the same services', (_, { services, environments }) => {
    const parsed = parseDescription(JSON.parse(JSON.stringify(descriptionOf(services))));
    for (const environment of environments) {
      expect(parsed.map(service => settleService(service, environment))).toEqual(services.map(service => settleService(service, environment)));
    }
    expect(descriptionOf(parsed).services).toEqual(JSON.parse(JSON.stringify(descriptionOf(services).services)));
  });
});

test('the published JSON Schema is one of 2020-12 and allows no unknown field', () => {
  const schema = descriptionJsonSchema();
  expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', additionalProperties: false, required: ['format', 'platform', 'services'] });
});
