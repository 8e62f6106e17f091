import { catalogue, judgeNamed } from './judges/catalogue';
import type { AreaCheck } from './runner/areas';
import { pathOf, selectChecks } from './runner/areas';
import { parseArguments, usage } from './runner/arguments';
import { lineOf, summaryOf, tableOf, timesOf, writeResults, type Time } from './runner/report';
import { runChecks } from './runner/run';

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args, process.env);
  if (typeof parsed === 'string') return misuse(parsed);
  if (parsed.help) {
    say(usage.trimEnd());
    return 0;
  }
  const checks = await selectChecks(parsed.selections);
  if (typeof checks === 'string') return misuse(checks);
  if (parsed.list) {
    await list(checks);
    return 0;
  }
  const times: Time[] = [];
  const results = await runChecks(checks, {
    requireAll: parsed.requireAll,
    install: process.env.CI === 'true',
    onResult: result => say(lineOf(result)),
    onEnd: ({ area, check }, seconds) => times.push({ area, check: check.name, seconds }),
    talk: line => process.stderr.write(`${line}\n`),
  });
  say('', tableOf(results), '', ...timesOf(times), '');
  if (parsed.json !== undefined) writeResults(parsed.json, results);
  say(summaryOf(results));
  return results.some(result => result.status === 'failed') ? 1 : 0;
}

async function list(checks: readonly AreaCheck[]): Promise<void> {
  const known = catalogue();
  for (const candidate of checks) {
    const judges = await Promise.all(
      candidate.check.judges.map(async name => {
        const judge = judgeNamed(name, known);
        const found = await judge.find();
        return found
          ? `${name} ${found.version}`
          : `${name} ${judge.version} (${judge.optional ? 'optional, ' : ''}not on this machine)`;
      }),
    );
    say(`${pathOf(candidate)}: ${judges.join(', ')}`);
  }
}

function misuse(problem: string): number {
  process.stderr.write(`${problem}\n\n${usage}`);
  return 2;
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 70;
  },
);
