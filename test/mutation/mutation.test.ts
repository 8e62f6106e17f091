import { covering } from './documents';
import { mutantsOf, unmutable, type Mutant } from './mutants';
import { verdictOf } from './verdict';
import { descriptionJsonSchema, descriptionOf, descriptionProblems } from '../../src/spec/description';
import { fullFleet } from '../support/arbitrary-fleet';
import { exampleFleets } from '../support/examples';
import { kindsOf, placesIn, Schema } from '../support/json-schema';

const schema = new Schema(descriptionJsonSchema());
const examples = exampleFleets().map(({ services }) => JSON.parse(JSON.stringify(descriptionOf(services))) as unknown);
const generated = covering(schema);

/** The same kind, whether it varies between environments or not. */
const whole = (kind: string) => kind.replace(/\|0(?=\[|\||\.|$)|\|1\.perEnvironment\.\*/g, '').replace('.environments.*|1.', '.environments.*.');

const talk = (text: string) => process.stdout.write(`mutation: ${text}\n`);

/** Every mutant that is accepted, or refused somewhere else. */
function survivors(mutants: readonly Mutant[]): string[] {
  return mutants.flatMap(mutant => {
    const verdict = verdictOf(mutant);
    if (verdict.verdict === 'refused') return [];
    return [`${mutant.path} ${mutant.what}: ${verdict.verdict === 'accepted' ? 'accepted' : `refused at ${verdict.paths.join(', ')}`}`];
  });
}

describe('the documents that are mutated', () => {
  test('are right', () => {
    expect([...examples, ...generated.map(({ document }) => document)].flatMap(descriptionProblems)).toEqual([]);
  });

  test('have every kind of place that the published schema knows', () => {
    const there = new Set(generated.flatMap(({ document }) => placesIn(schema, document)).map(({ kind }) => kind));
    expect(kindsOf(schema).filter(kind => !there.has(kind))).toEqual([]);
  });

  test('have every field that can stand beside the others in one of them', () => {
    const fieldOf = (kind: string) => /\.([A-Za-z]+)[^.]*$/.exec(kind)?.[1] ?? '';
    const there = new Set(placesIn(schema, fullFleet()).map(({ kind }) => fieldOf(kind)));
    // One fleet that lets TLS pass through to a service cannot have an Ingress too, and one with a Kafka has no topics in AWS.
    expect([...new Set(kindsOf(schema).map(fieldOf).filter(field => !there.has(field)))]).toEqual(['ingressClass', 'grpcAnnotations', 'account', 'prefix']);
  });
});

describe('what cannot be mutated', () => {
  const places = [...examples, ...generated.map(({ document }) => document)].flatMap(document => placesIn(schema, document));
  const { values, keys } = unmutable(schema, places);

  test('is what users write in a language of their own: JSON Schemas, and values that theirs describes', () => {
    talk(`no value is wrong at ${values.join(' ')}`);
    expect([...new Set(values.map(kind => whole(kind).replace(/(\[\])+$/, '')))]).toEqual([
      '.platform.environments.*.kafka|1.config.*', // keys of Kafka: its own list refuses wrong ones when they are rendered
      '.platform.environments.*.kafka|1.connect.config.*', // the same of Kafka Connect, whose plugins read keys of their own
      '.services[].config.schema.*', // a JSON Schema
      '.services[].config.values.*.*', // what that schema describes: it refuses wrong values itself, which the tests of configuration show
      '.services[].objects[].*', '.services[].objects[].metadata.*', // fields of Kubernetes: the strict schemas of src/manifests refuse wrong ones when they are rendered
      '.services[].patches.*', // the same
      '.topics[].message.*', // a JSON Schema
    ]);
  });

  test('is the key of a map whose keys are not known to the schema: of those, and of environments', () => {
    talk(`no key is wrong in ${keys.join(' ')}`);
    expect([...new Set(keys.filter(kind => !kind.endsWith('.perEnvironment')).map(whole))]).toEqual([
      '.contracts[].environments', // environments of another platform
      '.contracts[].environments.*.servicePorts', // ports, which another repository renames in its own time
      '.platform.environments.*.kafka|1.config', '.platform.environments.*.kafka|1.connect.config', '.platform.environments.*.kafka|1.external.annotations',
      '.services[].config.schema', '.services[].config.values', '.services[].config.values.*',
      '.services[].objects[]', '.services[].objects[].metadata',
      '.services[].scale|2.triggers[].metadata', // what each kind of trigger of KEDA asks for
      '.topics[].message',
    ]);
  });

  test.each([
    ['a value for an environment that is none', { scale: { perEnvironment: { default: { replicas: 2 }, nowhere: { replicas: 3 } } } }, 'services[0].scale.perEnvironment.nowhere'],
    ['a layer for an environment that is none', { config: { schema: { type: 'object', properties: { a: {} } }, values: { default: { a: 1 }, nowhere: { a: 2 } } } }, 'services[0].config.values.nowhere'],
    ['a key that the schema of the configuration does not know', { config: { schema: { type: 'object', properties: { a: {} } }, values: { default: { a: 1, b: 2 } } } }, 'services[0].config.values.default.b'],
    ['a value that the schema of the configuration refuses', { config: { schema: { type: 'object', properties: { a: { type: 'integer' } } }, values: { default: { a: 'x' } } } }, 'services[0].config.values.default.a'],
    ['a schema of the configuration that would hold for nothing', { config: { schema: { properties: {} }, values: { default: {} } } }, 'services[0].config.schema.type'],
    ['a schema of the configuration that is none', { config: { schema: { type: 'strange' }, values: { default: {} } } }, 'services[0].config.schema'],
  ])('%s is refused all the same', (_, fields, path) => {
    const document = {
      format: 'marty-msf/description/v1', platform: { name: 'shop', environments: { dev: { kubernetes: '1.37', domain: 'shop.example' } } },
      services: [{ name: 'api', team: 'web', image: 'api', ...fields }],
    };
    expect(verdictOf({ document, path })).toEqual({ verdict: 'refused' });
  });
});

describe('every mutant that follows from the published schema is refused at its place', () => {
  test('in the examples', () => {
    const mutants = examples.flatMap(document => {
      const seen = new Set<string>();
      return mutantsOf(schema, document, ({ kind }) => !seen.has(kind) && Boolean(seen.add(kind)));
    });
    talk(`${mutants.length} mutants of the examples`);
    expect(mutants.length).toBeGreaterThan(1000);
    expect(survivors(mutants)).toEqual([]);
  }, 60_000);

  test('in documents that have every field', () => {
    const mutants = generated.flatMap(({ document, kinds }) => {
      const left = new Set(kinds);
      return mutantsOf(schema, document, ({ kind }) => left.delete(kind));
    });
    talk(`${mutants.length} mutants of ${generated.length} documents that have every field`);
    expect(mutants.length).toBeGreaterThan(3000);
    expect(survivors(mutants)).toEqual([]);
  }, 60_000);
});
