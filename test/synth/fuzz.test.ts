import { fuzzApps, fuzzDocuments, fuzzReading, seedOf } from '../fuzz/run';

// A short run of `npm run fuzz`, from a seed of its own each time: what differs names the seed that shows it again.
const seed = seedOf(process.env);

test(`generated apps are synthesized as cdk8s does, seed ${seed}`, () => {
  const { alike, problems } = fuzzApps(seed, 300);
  expect(problems).toEqual([]);
  expect(alike).toBe(300);
}, 60_000);

test(`generated documents are printed as cdk8s does, seed ${seed}`, () => {
  const { alike, problems } = fuzzDocuments(seed, 5000);
  expect(problems).toEqual([]);
  expect(alike).toBe(5000);
}, 60_000);

test(`generated texts are read as the yaml package does, seed ${seed}`, () => {
  const { alike, problems } = fuzzReading(seed, 4000);
  expect(problems).toEqual([]);
  expect(alike).toBe(4000);
}, 60_000);
