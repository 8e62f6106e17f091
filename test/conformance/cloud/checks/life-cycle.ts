import { applied } from '../stacks/applied';
import { eachApp } from '../stacks/apps';
import { verdictOf, type Check, type Verdict } from '../../runner/check';

/** A whole life on the pretend cloud: init, plan, apply, a second plan that has nothing to do, show, destroy. */
export const lifeCycleChecks: readonly Check[] = [{
  name: 'life-cycle',
  judges: ['terraform'],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed('terraform');
    yield* eachApp(judge, async app => {
      const stacks = await applied(app, judge);
      return stacks.map(({ stack, count, problems }) => verdictOf(judge, stack.title, count, problems));
    });
  },
}];
