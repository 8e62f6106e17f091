import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';

const valid = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

export const labelValue = objectRule({
  id: 'label-value',
  severity: 'error',
  title: 'label has a value that Kubernetes refuses',
  why: 'The object is not created.',
  remedy: 'Use letters, digits, dots, hyphens and underscores, beginning and ending with a letter or digit.',
  upstream: ['kube-score:label-values'],
}, 'all', ({ labels }) => [...labels].flatMap(([key, got]) => flawIf(!valid.test(got), {
  path: `metadata.labels['${key}']`,
  got,
  expected: 'letters, digits, dots, hyphens and underscores',
})));
