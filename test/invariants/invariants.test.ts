import { edgeProblems } from './edges';
import { evictionProblems } from './evictions';
import { isOwnKafka, kafkaPlaceOf } from '../../src/spec/kafka';
import { isKafkas, kafkaProblems, withoutKafka } from './kafka';
import { referenceProblems } from './references';
import { runtimeConfigProblems } from './runtime-config';
import { selectorProblems } from './selectors';
import { count, fleets, patience, seed, subjectsOf, type Subject } from './subjects';
import { validityProblems } from './validity';
import { descriptionJsonSchema } from '../../src/spec/description';
import { factsOf } from '../../src/spec/environments';
import { secretNameOf } from '../../src/spec/names';
import { fleetsOf, fullFleet } from '../support/arbitrary-fleet';
import { kindsOf, placesIn, Schema } from '../support/json-schema';

jest.setTimeout(60_000 * patience);

let subjects: readonly Subject[];

beforeAll(() => {
  const all = fleets();
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

/** Every text that a description holds: what it refers to by name is there without us. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}
