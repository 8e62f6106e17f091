import { ruleIdOf, type Policy } from '../../spec/policy';
import type { Rule } from '../rule';
import { reasonOf } from '../waiver';

/** A policy as a rule of `marty check`; what is waived is told with its reason, if the policy can be waived. */
export function policyRule(policy: Policy): Rule {
  const { severity, reason, waivable } = policy;
  const id = ruleIdOf(policy);
  return {
    id,
    severity,
    title: `object does not keep the policy ${policy.id}`,
    why: reason,
    remedy: 'Change the object as the message says, or waive the policy for it with a reason.',
    upstream: [],
    check: view => view.objects.flatMap(object => {
      const { apiVersion, kind, namespace, name, fields } = object;
      const waived = waivable ? reasonOf(id, object) : undefined;
      return (policy.judge(fields) ?? []).map(({ message }) => ({
        rule: id, severity, object: { apiVersion, kind, namespace, name }, message, upstream: [], ...(waived === undefined ? {} : { waived }),
      }));
    }),
  };
}
