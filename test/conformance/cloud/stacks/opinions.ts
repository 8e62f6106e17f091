import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applied, type AppliedStack } from './applied';
import { apps, fixture, twins } from './apps';
import { ask, type Opinion } from './checkov';
import type { FoundJudge } from '../../judges/judge';
import { scratchFolder } from '../../runner/processes';

/**
 * Policies of which a plan shows too little before anything is there, since they refer to what the cloud names. Of the plan afterwards they alone
 * are asked: to the others, what was made up in place of a cloud means nothing.
 */
export const needValues = ['CKV_AWS_33', 'CKV_AWS_286', 'CKV_AWS_287', 'CKV_AWS_288', 'CKV_AWS_289', 'CKV_AWS_290', 'CKV_AWS_355'];

/** What Checkov says of a stack: of the plan before it is applied, of the plan afterwards, and of the stack as cdktf wrote it. */
export interface Opinions {
  readonly live: AppliedStack;
  readonly before: Opinion;
  readonly after: Opinion;
  readonly written: Opinion;
}

let known: Promise<readonly Opinions[]> | undefined;

/** Checkov on all stacks of all apps that come to life, and on those that are wrong, asked together and once: to start takes longer than to judge. */
export function opinions(checkov: FoundJudge, terraform: FoundJudge): Promise<readonly Opinions[]> {
  known ??= opine(checkov, terraform);
  return known;
}

async function opine(checkov: FoundJudge, terraform: FoundJudge): Promise<readonly Opinions[]> {
  const lives: AppliedStack[] = [];
  for (const app of new Set([fixture, ...apps(), twins])) lives.push(...await applied(app, terraform).catch((): readonly AppliedStack[] => []));
  const files = lives.filter(({ problems }) => problems.length === 0).map(filesOf(scratchFolder('checkov')));
  const [before, after, written] = await Promise.all([
    ask(checkov, { framework: 'terraform_plan', files: files.map(file => file.before) }),
    ask(checkov, { framework: 'terraform_plan', files: files.map(file => file.after), only: needValues }),
    ask(checkov, { framework: 'terraform_json', files: files.map(file => file.written) }),
  ]);
  return files.map(file => ({ live: file.live, before: before(file.before), after: after(file.after), written: written(file.written) }));
}

/** Checkov reads files, and tells them apart by their paths. */
function filesOf(place: string) {
  return (live: AppliedStack) => {
    const folder = join(place, live.stack.app.name, live.stack.name);
    mkdirSync(folder, { recursive: true });
    const put = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    return { live, before: put('before.json', live.before), after: put('after.json', live.after), written: put('cdk.tf.json', live.stack.text) };
  };
}
