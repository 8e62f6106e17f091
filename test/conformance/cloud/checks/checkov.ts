import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applied, type AppliedStack } from '../stacks/applied';
import { eachApp } from '../stacks/apps';
import { ask, keptBy, problemsOf } from '../stacks/checkov';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';

/**
 * Policies of which a plan shows too little before anything is there, since they refer to what the cloud names. Of the plan afterwards they alone
 * are asked: to the others, what was made up in place of a cloud means nothing.
 */
export const needValues = ['CKV_AWS_33', 'CKV_AWS_286', 'CKV_AWS_287', 'CKV_AWS_288', 'CKV_AWS_289', 'CKV_AWS_290', 'CKV_AWS_355'];

/** Real Checkov on the plan of every stack before and after it is applied, and on the stack as written: nothing may fail, nothing is skipped. */
export const checkovChecks: readonly Check[] = [{
  name: 'checkov',
  judges: ['checkov', 'terraform'],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed('checkov');
    const place = scratchFolder('checkov');
    yield* eachApp(judge, async app => {
      const plans = (await applied(app, judgeNamed('terraform'))).map(live => filesOf(live, join(place, app.name)));
      const [before, after, written] = await Promise.all([
        ask(judge, { framework: 'terraform_plan', files: plans.map(plan => plan.before) }),
        ask(judge, { framework: 'terraform_plan', files: plans.map(plan => plan.after), only: needValues }),
        ask(judge, { framework: 'terraform_json', files: plans.map(plan => plan.written) }),
      ]);
      return plans.map(plan => {
        const opinions = [
          { when: 'before', opinion: before.get(plan.before) },
          { when: 'after', opinion: after.get(plan.after) },
          { when: 'as written', opinion: written.get(plan.written) },
        ].flatMap(({ when, opinion }) => (opinion ? [{ when, opinion }] : []));
        const kept = opinions.map(({ when, opinion }) => `${when} ${keptBy(opinion)}`).join(', ');
        const count = opinions.reduce((sum, { opinion }) => sum + keptBy(opinion) + opinion.failed.length, 0);
        return verdictOf(judge, plan.title, count, opinions.flatMap(({ when, opinion }) => problemsOf(opinion, when)), kept);
      });
    });
    removeScratch(place);
  },
}];

interface Files { readonly title: string; readonly before: string; readonly after: string; readonly written: string }

/** Checkov reads files, and tells them apart by their paths. */
export function filesOf({ stack, before, after }: AppliedStack, place: string): Files {
  const folder = join(place, stack.name);
  mkdirSync(folder, { recursive: true });
  const put = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  return { title: stack.title, before: put('before.json', before), after: put('after.json', after), written: put('cdk.tf.json', stack.text) };
}
