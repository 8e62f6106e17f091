import { kept } from '../stacks/kept';
import { synthesized } from '../stacks/synthesized';
import { verdictOf, type Check, type Verdict } from '../../runner/check';

/** A stack as it is written, with its state in a bucket of S3: encrypted, locked while somebody writes, found again by the next. */
export const stateChecks: readonly Check[] = [{
  name: 'state',
  judges: ['terraform', 'moto'],
  run: async function* ({ judge }): AsyncIterable<Verdict> {
    const stacks = await synthesized({ name: 'aws/services', place: 'examples/aws/services' });
    for (const stack of stacks) {
      const problems = await kept(stack, { terraform: judge('terraform'), moto: judge('moto') });
      yield verdictOf(judge('moto'), stack.title, stack.addresses.length, problems);
    }
  },
}];
