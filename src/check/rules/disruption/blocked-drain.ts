import { countOf, intOrPercent } from '../../int-or-percent';
import { flawSeenBy } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { fieldAt, isSet } from '../../value';

export const blockedDrain = objectRule({
  id: 'disruption-budget-blocks-drain',
  severity: 'error',
  title: 'disruption budget never allows an eviction',
  why: 'A node with such a pod can never be drained, so upgrades of the cluster hang.',
  remedy: 'Set `maxUnavailable: 1`, or a `minAvailable` below 100%.',
  upstream: ['kube-linter:pdb-max-unavailable', 'kube-linter:pdb-min-available', 'polaris:pdbDisruptionsIsZero'],
}, ['policy/PodDisruptionBudget'], (budget) => {
  const [least, most] = ['spec.minAvailable', 'spec.maxUnavailable'];
  const [needed, spared] = [fieldAt(budget.fields, least), fieldAt(budget.fields, most)];
  const isCurrent = budget.apiVersion === 'policy/v1';
  const sparedCount = intOrPercent(spared);
  const neededCount = intOrPercent(needed);
  return [
    ...flawSeenBy(claimed({
      'kube-linter:pdb-max-unavailable': isCurrent && isSet(budget.fields, most)
        && (sparedCount === undefined || countOf(sparedCount, 100) === 0),
      'polaris:pdbDisruptionsIsZero': spared === 0 || spared === '0%',
    }), { path: most, got: spared, expected: '1 or more' }),
    ...flawSeenBy(claimed({
      'kube-linter:pdb-min-available': isCurrent && isSet(budget.fields, least)
        && (neededCount === undefined || ('percent' in neededCount && neededCount.percent === 100)),
      'polaris:pdbDisruptionsIsZero': needed === '100%',
    }), { path: least, got: needed, expected: 'less than all pods' }),
  ];
});
