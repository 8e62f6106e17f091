import { allOf, type Manifest } from '../support/manifests';
import { labelsIn, matches, podsIn, type Labels } from './workloads';

/** Whether an object belongs to a Kafka of the platform's own, which is no service. */
export const isKafkas = ({ metadata }: Manifest) => metadata.labels?.['app.kubernetes.io/name'] === 'kafka';

/** What is about services alone. */
export const withoutKafka = (manifests: readonly Manifest[]) => manifests.filter(manifest => !isKafkas(manifest));

const podName = 'statefulset.kubernetes.io/pod-name';

/** Every selector of a Kafka that finds nobody, or pods of several parts, and every part that lacks its policy. */
export function kafkaProblems(manifests: readonly Manifest[]): string[] {
  const own = manifests.filter(isKafkas);
  const pods = podsIn(own);
  const partOf = (labels: Labels) => labels['app.kubernetes.io/component'];
  const selecting: { object: Manifest; selector: Labels }[] = [
    ...allOf(own, 'Service').map(object => ({ object, selector: object.spec?.selector ?? {} })),
    ...allOf(own, 'PodDisruptionBudget').map(object => ({ object, selector: labelsIn(object.spec?.selector) })),
    ...allOf(own, 'NetworkPolicy').map(object => ({ object, selector: labelsIn(object.spec?.podSelector) })),
    ...allOf(own, 'PodMonitor').map(object => ({ object, selector: labelsIn(object.spec.selector as never) })),
    ...allOf(own, 'StatefulSet').map(object => ({ object, selector: labelsIn(object.spec.selector) })),
  ];
  const isAbout = ({ selector }: { readonly selector: Labels }, part: string | undefined) => part !== undefined && selector['app.kubernetes.io/component'] === part;
  return [
    ...selecting.filter(({ selector }) => !Object.keys(selector).some(label => label.startsWith('strimzi.io/'))).flatMap(({ object, selector }) => {
      const { [podName]: pod, ...labels } = selector;
      const found = pods.filter(each => each.namespace === object.metadata.namespace && (pod === undefined ? matches(labels, each.labels) : pod.startsWith(`${each.name}-`)));
      const parts = new Set(found.map(each => partOf(each.labels)));
      return parts.size === 1 ? [] : [`${object.kind}/${object.metadata.name} selects ${[...parts].join(', ') || 'nothing'}`];
    }),
    ...[...new Set(pods.map(({ labels }) => partOf(labels)))]
      .filter(part => !selecting.some(each => each.object.kind === 'NetworkPolicy' && isAbout(each, part)))
      .map(part => `no network policy is about ${part}`),
  ];
}
