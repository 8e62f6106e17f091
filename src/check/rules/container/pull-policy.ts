import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { isSet, textAt } from '../../value';

export const pullPolicy = containerRule({
  id: 'container-pull-policy',
  severity: 'warning',
  title: 'image is not fetched anew for every pod',
  why: 'An image found on the node is used without asking the registry, so pull secrets and moved tags go unchecked.',
  remedy: 'Set `imagePullPolicy: Always`; layers already on the node are not fetched twice.',
  upstream: ['polaris:pullPolicyNotAlways', 'kube-score:container-image-pull-policy'],
}, (container) => {
  const got = textAt(container.fields, 'imagePullPolicy');
  const image = textAt(container.fields, 'image');
  const isAlwaysByDefault = got === '' && (!image.includes(':') || image.endsWith(':latest') || image.endsWith(':'));
  return flawSeenBy(claimed({
    'polaris:pullPolicyNotAlways': got !== 'Always',
    'kube-score:container-image-pull-policy': got !== 'Always' && !isAlwaysByDefault,
  }), {
    path: 'imagePullPolicy',
    got: isSet(container.fields, 'imagePullPolicy') ? got : undefined,
    expected: 'Always',
  });
});
