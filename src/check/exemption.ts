import type { UpstreamId } from './upstream';
import type { TextMap } from './value';

const noAnnotations: TextMap = new Map();

/**
 * Whether annotations exempt an object from a check of another linter, in that linter's own notation.
 * @see https://docs.kubelinter.io/#/configuring-kubelinter?id=ignoring-violations-for-specific-cases
 * @see https://polaris.docs.fairwinds.com/customization/exemptions/
 * @see https://github.com/zegl/kube-score#ignoring-a-test
 */
export function isExempt(id: UpstreamId, annotations: TextMap, podAnnotations: TextMap = noAnnotations): boolean {
  if (annotations.size === 0 && podAnnotations.size === 0) return false;
  const [tool, check] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
  switch (tool) {
    case 'kube-linter':
      return annotations.has(`ignore-check.kube-linter.io/${check}`) || annotations.has('kube-linter.io/ignore-all');
    case 'polaris':
      return saysYes(annotations.get(`polaris.fairwinds.com/${check}-exempt`))
        || saysYes(annotations.get('polaris.fairwinds.com/exempt'));
    case 'kube-score':
      return [annotations, podAnnotations].some((map) => ignoredScores(map.get('kube-score/ignore')).includes(check));
    default:
      return false;
  }
}

function saysYes(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

function ignoredScores(value: string | undefined): readonly string[] {
  const names = (value ?? '').split(',').map((name) => name.trim());
  // kube-score lets the wider test speak for the narrower one.
  return names.includes('container-resources') ? [...names, 'container-ephemeral-storage-request-and-limit'] : names;
}
