import { fleets, patience, subjectsOf, type Fleet, type Subject } from './subjects';
import { parseDescription } from '../../src/spec/description';
import { manifestsIn, renderPlatform, type Rendered } from '../support/manifests';

jest.setTimeout(60_000 * patience);

let all: readonly Fleet[];
let subjects: readonly Subject[];

beforeAll(() => {
  all = fleets();
  subjects = all.flatMap(subjectsOf);
}, 120_000 * patience);

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
