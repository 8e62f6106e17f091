import { allOf, type Manifest } from '../support/manifests';
import { aboutOf, labelsIn, matches, podsIn, type Labels, type Pods } from './workloads';

/** Every selector that does not match exactly the pods of the workload that its object is about. */
export function selectorProblems(manifests: readonly Manifest[]): string[] {
  const pods = podsIn(manifests);
  const selecting: { object: Manifest; selector: Labels }[] = [
    ...allOf(manifests, 'Deployment').map(object => ({ object, selector: labelsIn(object.spec.selector) })),
    ...allOf(manifests, 'StatefulSet').map(object => ({ object, selector: labelsIn(object.spec.selector) })),
    ...allOf(manifests, 'DaemonSet').map(object => ({ object, selector: labelsIn(object.spec.selector) })),
    ...allOf(manifests, 'PodMonitor').map(object => ({ object, selector: labelsIn(object.spec.selector as LabelSelectorLike) })),
    ...allOf(manifests, 'Service').map(object => ({ object, selector: object.spec?.selector ?? {} })),
    ...allOf(manifests, 'PodDisruptionBudget').map(object => ({ object, selector: labelsIn(object.spec?.selector) })),
    ...allOf(manifests, 'NetworkPolicy').filter(isAboutOne).map(object => ({ object, selector: labelsIn(object.spec?.podSelector) })),
    ...allOf(manifests, 'CiliumNetworkPolicy').map(object => ({ object, selector: labelsIn(object.spec?.endpointSelector as LabelSelectorLike) })),
  ];
  return [
    ...selecting.flatMap(({ object, selector }) => (
      expected(object, pods.filter(each => each.namespace === object.metadata.namespace && matches(selector, each.labels))))),
    ...allOf(manifests, 'HorizontalPodAutoscaler').flatMap(object => {
      const { kind, name } = object.spec?.scaleTargetRef ?? { kind: '', name: '' };
      return expected(object, pods.filter(each => each.kind === kind && each.name === name && each.namespace === object.metadata.namespace));
    }),
    ...allOf(manifests, 'ServiceMonitor').flatMap(object => {
      const selector = labelsIn(object.spec.selector as LabelSelectorLike);
      const { namespace } = object.metadata;
      const scraped = object.spec.endpoints?.map(({ port }) => port);
      const services = allOf(manifests, 'Service').filter(({ metadata, spec }) => (
        metadata.namespace === namespace && matches(selector, metadata.labels ?? {}) && spec?.ports?.some(({ name }) => scraped?.includes(name))));
      return services.length === 1 && aboutOf(services[0]) === aboutOf(object) ? [] : [`${titleOf(object)} scrapes ${services.map(titleOf).join(', ') || 'nothing'}`];
    }),
  ];
}

type LabelSelectorLike = { matchLabels?: Labels } | undefined;

/** The defaults of a namespace are about all of its pods, and that of certificates about pods of cert-manager. */
const isAboutOne = (policy: Manifest) => !['default-deny', 'shared-egress', 'mesh-control-plane', 'acme-challenge'].includes(policy.metadata.name);
const titleOf = ({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`;

function expected(object: Manifest, found: readonly Pods[]): string[] {
  return found.length === 1 && found[0].about === aboutOf(object) ? [] : [`${titleOf(object)} selects ${found.map(({ name }) => name).join(', ') || 'nothing'}, expected ${aboutOf(object)}`];
}
