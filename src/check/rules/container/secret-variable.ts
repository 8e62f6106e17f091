import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { itemsAt, textAt } from '../../value';
import { containsPrivateKey, namesSecret } from '../_secret-words';

export const secretVariable = containerRule({
  id: 'container-secret-variable',
  severity: 'error',
  title: 'a secret is written in plain text as an environment variable',
  why: 'Everyone who may read the workload, or the repository it comes from, can read it.',
  remedy: 'Put it in a Secret and mount it as a file.',
  upstream: ['polaris:sensitiveContainerEnvVar', 'kube-linter:env-var-secret'],
}, (container) => itemsAt(container.fields, 'env').flatMap((variable, position) => {
  const [name, value] = [textAt(variable, 'name'), textAt(variable, 'value')];
  return flawSeenBy(claimed({
    'polaris:sensitiveContainerEnvVar': value !== '' && (namesSecret(name) || containsPrivateKey(value)),
    'kube-linter:env-var-secret': value !== '' && /secret/i.test(name),
  }), { path: `env[${position}].value`, got: `a value for ${name}`, expected: 'a reference to a Secret' });
}));
