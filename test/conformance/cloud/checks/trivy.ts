import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applied } from '../stacks/applied';
import { eachApp, fixture, twins } from '../stacks/apps';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { execute, removeScratch, scratchFolder } from '../../runner/processes';

/** Trivy where it is, on plans: of stacks as cdktf writes them it misreads nested blocks. */
export const trivyChecks: readonly Check[] = [{
  name: 'trivy',
  judges: ['trivy', 'terraform'],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed('trivy');
    const place = scratchFolder('trivy');
    yield* eachApp(judge, async app => {
      const verdicts: Verdict[] = [];
      // Of stacks as small as the fixture's it loses now and then what refers to what.
      if (app === fixture) return verdicts;
      for (const { stack, before } of await applied(app, judgeNamed('terraform'))) {
        verdicts.push(verdictOf(judge, stack.title, stack.addresses.length, await misconfigurations(judge, join(place, `${stack.name}.json`), before)));
      }
      return verdicts;
    });
    const [bad] = await applied(twins, judgeNamed('terraform'));
    const found = await misconfigurations(judge, join(place, 'bad.json'), bad.before);
    const missed = must.filter(id => !found.some(line => line.startsWith(id))).map(id => `${id} is not found in what is wrong`);
    yield verdictOf(judge, 'twins', must.length, missed);
    removeScratch(place);
  },
}];

/**
 * What it has to find in the bad ones: a key that never rotates, logs, a queue and a database in the clear, a bucket for everybody. Rules of security
 * groups that are resources of their own it does not look at.
 */
const must = ['AWS-0065', 'AWS-0017', 'AWS-0096', 'AWS-0080', 'AWS-0092'];

async function misconfigurations({ path }: FoundJudge, file: string, plan: string): Promise<string[]> {
  writeFileSync(file, plan);
  const { stdout, stderr } = await execute(path, [
    'config', '--quiet', '--skip-check-update', '--skip-version-check', '--misconfig-scanners', 'terraformplan-json', '-f', 'json', file,
  ]);
  if (!stdout.startsWith('{')) throw new Error(`trivy told nothing: ${stderr.trim().slice(-2000)}`);
  const { Results: results = [] } = JSON.parse(stdout) as Report;
  return results.flatMap(({ Misconfigurations: found = [] }) => found)
    .map(({ ID: id, Title: title, CauseMetadata: cause }) => `${id.replace(/^AVD-/, '')} ${cause?.Resource ?? ''}: ${title}`);
}

interface Report {
  readonly Results?: readonly {
    readonly Misconfigurations?: readonly { readonly ID: string; readonly Title: string; readonly CauseMetadata?: { readonly Resource?: string } }[];
  }[];
}
