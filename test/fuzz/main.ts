import { parseArgs } from 'node:util';
import { fuzzApps, fuzzDocuments, fuzzReading, seedOf, type Tally } from './run';

const usage = `usage: npm run fuzz [-- [--apps N] [--documents N] [--texts N]]

Synthesizes generated apps with cdk8s and with marty-msf/synth, prints generated documents with the yaml package and with ours,
and compares every byte; reads generated texts with the yaml package and with ours, and compares values and lines. MARTY_SEED=N
repeats a run; an app, document or text that differs is named by its seed.
`;

const every = 1000;

function main(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { apps: { type: 'string' }, documents: { type: 'string' }, texts: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [apps, documents, texts] = [Number(values.apps ?? 10_000), Number(values.documents ?? 100_000), Number(values.texts ?? 100_000)];
  if (![apps, documents, texts].every(count => Number.isInteger(count) && count >= 0)) {
    process.stderr.write(usage);
    return 2;
  }
  const seed = seedOf(process.env);
  process.stdout.write(`seed ${seed}\n`);
  const tell = (what: string, step: number) => (done: number) => {
    if (done % step === 0) process.stderr.write(`${done} ${what}\n`);
  };
  const tallies: Tally[] = [];
  const report = (what: string, tally: Tally, same = 'with the same bytes') => {
    tallies.push(tally);
    process.stdout.write(`${tally.alike} ${what} ${same}, ${tally.failed} refused with the same words, ${tally.problems.length} different\n`);
    for (const problem of tally.problems) process.stdout.write(`${problem}\n`);
  };
  report('apps', fuzzApps(seed, apps, tell('apps', every)));
  report('documents', fuzzDocuments(seed, documents, tell('documents', 10 * every)));
  report('texts', fuzzReading(seed, texts, tell('texts', 10 * every)), 'read to the same values and lines');
  return tallies.some(({ problems }) => problems.length) ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
