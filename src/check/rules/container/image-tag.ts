import { flawSeenBy } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { claimed } from '../../upstream';
import { textAt } from '../../value';

export const imageTag = containerRule({
  id: 'container-image-tag',
  severity: 'error',
  title: 'image is not pinned to a version',
  why: 'A missing tag or `latest` makes two pods of one rollout run different programs, and a rollback change nothing.',
  remedy: 'Name a version or a digest.',
  upstream: ['kube-linter:latest-tag', 'polaris:tagNotSpecified', 'kube-score:container-image-tag'],
}, (container) => {
  const image = textAt(container.fields, 'image');
  const afterLastColon = image.includes(':') ? image.slice(image.lastIndexOf(':') + 1) : '';
  return flawSeenBy(claimed({
    'kube-linter:latest-tag': image.endsWith(':latest') || !image.includes(':') || /\/[^:]+$/.test(image),
    'polaris:tagNotSpecified': !/^.+:.+$/.test(image) || image.endsWith(':latest'),
    // kube-score takes what follows the port of a registry for a tag.
    'kube-score:container-image-tag': afterLastColon === '' || afterLastColon === 'latest',
  }), { path: 'image', got: image, expected: 'a tag other than latest, or a digest' });
});
