import { applied } from '../stacks/applied';
import { eachApp } from '../stacks/apps';
import { keptBy, problemsOf } from '../stacks/checkov';
import { opinions } from '../stacks/opinions';
import { verdictOf, type Check, type Verdict } from '../../runner/check';

/** Real Checkov on the plan of every stack before and after it is applied, and on the stack as written: nothing may fail, nothing is skipped. */
export const checkovChecks: readonly Check[] = [{
  name: 'checkov',
  judges: ['checkov', 'terraform'],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const [judge, terraform] = [judgeNamed('checkov'), judgeNamed('terraform')];
    yield* eachApp(judge, async app => {
      const all = await opinions(judge, terraform);
      return (await applied(app, terraform)).map(({ stack }) => {
        const found = all.find(({ live }) => live.stack === stack);
        if (!found) return verdictOf(judge, stack.title, 0, ['it was not applied, so that nothing is known of it; see life-cycle']);
        const asked = [{ when: 'before', opinion: found.before }, { when: 'after', opinion: found.after }, { when: 'as written', opinion: found.written }];
        const count = asked.reduce((sum, { opinion }) => sum + keptBy(opinion) + opinion.failed.length, 0);
        const kept = asked.map(({ when, opinion }) => `${when} ${keptBy(opinion)}`).join(', ');
        return verdictOf(judge, stack.title, count, asked.flatMap(({ when, opinion }) => problemsOf(opinion, when)), kept);
      });
    });
  },
}];
