import { edgeProblems } from './edges';
import { evictionProblems } from './evictions';
import { isOwnKafka, kafkaPlaceOf } from '../../src/spec/kafka';
import { isKafkas, kafkaProblems, withoutKafka } from './kafka';
import { referenceProblems } from './references';
import { runtimeConfigProblems } from './runtime-config';
import { selectorProblems } from './selectors';
import { count, fleets, seed, subjectsOf, type Fleet, type Subject } from './subjects';
import { validityProblems } from './validity';
import { descriptionJsonSchema, parseDescription } from '../../src/spec/description';
import { factsOf } from '../../src/spec/environments';
import { secretNameOf } from '../../src/spec/names';
import { fleetsOf, fullFleet } from '../support/arbitrary-fleet';
import { kindsOf, placesIn, Schema } from '../support/json-schema';
import { manifestsIn, renderPlatform, type Rendered } from '../support/manifests';

/** How much longer than usual everything takes, for the number of fleets that is asked for. */
const patience = Math.max(1, count / 200);
jest.setTimeout(60_000 * patience);

let all: readonly Fleet[];
let subjects: readonly Subject[];

beforeAll(() => {
  all = fleets();
  subjects = all.flatMap(subjectsOf);
  process.stdout.write(`invariants: ${all.length} fleets in ${subjects.length} environments, ${subjects.reduce((sum, { manifests }) => sum + manifests.length, 0)} objects, MARTY_SEED=${seed}\n`);
}, 120_000 * patience);

/** The first few violations, each with the fleet and environment it was seen in. */
function violations(problemsOf: (subject: Subject) => readonly string[]): string[] {
  return subjects.flatMap(subject => problemsOf(subject).map(problem => `${subject.title}: ${problem}`)).slice(0, 10);
}

test('the generated fleets say everything that can be said', () => {
  const schema = new Schema(descriptionJsonSchema());
  const fields = kindsOf(schema);
  // As many as the gate renders: a rare form of a rare field may not be among the first few hundred.
  const documents = [fullFleet(), ...fleetsOf(seed, Math.max(count, 1000))];
  const reached = new Set(documents.flatMap(document => placesIn(schema, document)).map(({ kind }) => kind));
  const missed = fields.filter(field => !reached.has(field));
  process.stdout.write(`invariants: ${fields.length - missed.length} of the ${fields.length} fields of a description, and forms of them, are reached\n`);
  expect(missed).toEqual([]);
});

test('every object is valid for the version of its environment', () => {
  expect(violations(validityProblems)).toEqual([]);
});

test('selectors match exactly the pods they are about', () => {
  expect(violations(({ manifests }) => [...selectorProblems(withoutKafka(manifests)), ...kafkaProblems(manifests)])).toEqual([]);
});

test('nothing refers to what is not there', () => {
  expect(violations(({ manifests, fleet: { services, document }, environment }) => {
    const { secretStore = {}, kafka = {} } = factsOf(services[0].platform, environment);
    const brought = [
      ...('name' in secretStore ? [] : ['kafka-users', 'kafka-admin', 'kafka-mirror-source', ...services.map(({ name }) => secretNameOf(name))]),
      ...(isOwnKafka(kafka) && kafka.operator === 'strimzi' ? [kafkaPlaceOf(kafka).authority] : []),
    ];
    return referenceProblems(manifests, [...namesIn(document.services), ...brought]);
  })).toEqual([]);
});

test('connections flow exactly where the description declares them', () => {
  expect(violations(edgeProblems)).toEqual([]);
});

test('a voluntary eviction is always possible, and leaves as many replicas as are stated', () => {
  expect(violations(subject => evictionProblems({ ...subject, manifests: withoutKafka(subject.manifests) }))).toEqual([]);
});

test('a process reads what was written, and rolls when what it cannot take over changes', () => {
  expect(violations(({ manifests }) => runtimeConfigProblems(manifests.filter(manifest => manifest.kind === 'ConfigMap' || !isKafkas(manifest))))).toEqual([]);
});

test('the text of the files holds the objects, whole', () => {
  for (const { manifests, text } of some()) expect(sorted(manifestsIn(text()))).toEqual(sorted(manifests));
});

test('services and keys in another order give the same objects, key by key', () => {
  const different = subjects.filter(subject => sorted(otherwise(subject).manifests).join() !== sorted(subject.manifests).join());
  expect(different.map(({ title }) => title).slice(0, 10)).toEqual([]);
});

test('services and keys in another order, and another run, give the same bytes', () => {
  for (const subject of some()) {
    expect(otherwise(subject).text()).toBe(subject.text());
    expect(renderPlatform(subject.fleet.services, subject.environment, subject.fleet.releases).text()).toBe(subject.text());
  }
});

/** The examples, the fleet that says everything, and every tenth of the others: text takes longer than objects. */
const some = () => all.filter((_, index) => index < 5 || index % 10 === 0)
  .flatMap((fleet, index) => subjects.filter(subject => subject.fleet === fleet).slice(0, index < 5 ? undefined : 1));

/** Every text that a description holds: what it refers to by name is there without us. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}

const sorted = (manifests: readonly object[]) => manifests.map(manifest => JSON.stringify(manifest)).sort();

/** The same fleet, described in another order. */
function otherwise({ fleet, environment }: Subject): Rendered {
  const services = fleet.title.startsWith('example') ? [...fleet.services].reverse() : parseDescription(reversed(fleet.document));
  return renderPlatform(services, environment, fleet.releases);
}

/** The same document with every object's keys, and the lists whose order means nothing, the other way round. */
function reversed(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return (['services', 'externals', 'topics'].includes(key) ? [...value].reverse() : value).map(item => reversed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, item]) => [name, reversed(item, name)]));
}
