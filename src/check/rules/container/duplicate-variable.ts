import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { itemsAt, textAt } from '../../value';

export const duplicateVariable = containerRule({
  id: 'container-duplicate-variable',
  severity: 'error',
  title: 'environment variable is given twice',
  why: 'Only the last one counts, and some ways of applying a manifest drop or mix up the entries.',
  remedy: 'Keep one entry per name.',
  upstream: ['kube-linter:duplicate-env-var', 'kube-score:environment-variable-key-duplication'],
}, (container) => {
  const names = itemsAt(container.fields, 'env').map((variable) => textAt(variable, 'name'));
  return names.flatMap((name, position) => flawIf(names.indexOf(name) < position, {
    path: `env[${position}].name`,
    got: name,
    expected: 'a name not used before',
  }));
});
