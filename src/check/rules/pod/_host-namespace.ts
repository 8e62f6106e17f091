import { flawIf } from '../../rule';
import type { Rule, RuleFacts } from '../../rule';
import { podRule } from '../../rule-shapes';
import { fieldAt } from '../../value';

/** A rule against sharing one namespace of the node (`hostPID`). */
export function hostNamespaceRule(facts: RuleFacts, field: string): Rule {
  return podRule(facts, (pod) => flawIf(fieldAt(pod.spec, field) === true, {
    path: field,
    got: true,
    expected: 'false',
  }));
}
