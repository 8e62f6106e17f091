import { isPositiveQuantity } from '../../quantity';
import { flawSeenBy } from '../../rule';
import type { Rule, RuleFacts } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import type { UpstreamId } from '../../upstream';
import { fieldAt, isSet } from '../../value';

/** A rule that wants one request or limit (`limits.cpu`) on every container. */
export function resourceRule(facts: RuleFacts, resource: string): Rule {
  return containerRule(facts, (container) => {
    const path = `resources.${resource}`;
    const got = fieldAt(container.fields, path);
    const isMissing = !isPositiveQuantity(got);
    const seenByPolaris = container.role === 'main' && (!isSet(container.fields, path) || got === '');
    const claims: Partial<Record<UpstreamId, boolean>> = Object.fromEntries(
      facts.upstream.map((id) => [id, id.startsWith('polaris:') ? seenByPolaris : isMissing]),
    );
    return flawSeenBy(claimed(claims), { path, got, expected: 'a quantity above 0' });
  });
}
