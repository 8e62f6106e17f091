import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, isSet } from '../../value';

const kinds = ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map((kind) => `security.istio.io/${kind}`);

export const meshPolicySelectsNothing = objectRule({
  id: 'mesh-policy-selects-nothing',
  severity: 'error',
  title: 'policy of the mesh governs no pod',
  why: 'The pods it was meant for follow the policy of their namespace, or none.',
  remedy: 'Let `selector.matchLabels` name labels of pods in the same namespace.',
  upstream: [],
}, kinds, (policy, view) => {
  const path = 'spec.selector';
  const got = fieldAt(policy.fields, path);
  return flawIf(isSet(policy.fields, path) && view.podsSelectedBy(got, policy.namespace).length === 0, {
    path, got, expected: 'labels that pods of the set carry',
  });
});
