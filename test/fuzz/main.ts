import { parseArgs } from 'node:util';
import { fuzzApps, fuzzDocuments, seedOf, type Tally } from './run';

const usage = `usage: npm run fuzz [-- [--apps N] [--documents N]]

Synthesizes generated apps with cdk8s and with marty-msf/synth, prints generated documents with the yaml package and with ours,
and compares every byte. MARTY_SEED=N repeats a run; an app or document that differs is named by its seed.
`;

const every = 1000;

function main(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { apps: { type: 'string' }, documents: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [apps, documents] = [Number(values.apps ?? 10_000), Number(values.documents ?? 100_000)];
  if (![apps, documents].every(count => Number.isInteger(count) && count >= 0)) {
    process.stderr.write(usage);
    return 2;
  }
  const seed = seedOf(process.env);
  process.stdout.write(`seed ${seed}\n`);
  const tell = (what: string, step: number) => (done: number) => {
    if (done % step === 0) process.stderr.write(`${done} ${what}\n`);
  };
  const tallies: Tally[] = [];
  const report = (what: string, tally: Tally) => {
    tallies.push(tally);
    process.stdout.write(`${tally.alike} ${what} with the same bytes, ${tally.failed} refused with the same words, ${tally.problems.length} different\n`);
    for (const problem of tally.problems) process.stdout.write(`${problem}\n`);
  };
  report('apps', fuzzApps(seed, apps, tell('apps', every)));
  report('documents', fuzzDocuments(seed, documents, tell('documents', 10 * every)));
  return tallies.some(({ problems }) => problems.length) ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
