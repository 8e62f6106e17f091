import { groupKindOf, groupOf } from '../../manifest';
import { podTemplateOf } from '../../pod-template';
import type { Flaw } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { isSet, itemsAt, textAt } from '../../value';

export const missingRequest = objectRule({
  id: 'autoscaler-missing-request',
  severity: 'error',
  title: 'autoscaler measures against a request that a container does not make',
  why: 'Utilization is a share of the request; without one the autoscaler cannot tell it and does not scale.',
  remedy: 'Set the request of that resource on every container, or scale by `AverageValue`.',
  upstream: [],
}, ['autoscaling/HorizontalPodAutoscaler'], (autoscaler, view) => {
  const path = 'spec.scaleTargetRef';
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) => textAt(autoscaler.fields, `${path}.${field}`));
  const [target] = view.named(groupKindOf({ group: groupOf(apiVersion), kind }), name, autoscaler.namespace);
  const containers = ((target && podTemplateOf(target))?.containers ?? []).filter(({ role }) => role === 'main');
  return itemsAt(autoscaler.fields, 'spec.metrics').flatMap((metric, position): readonly Flaw[] => {
    const field = textAt(metric, 'type') === 'ContainerResource' ? 'containerResource' : 'resource';
    const [resource, only] = [textAt(metric, `${field}.name`), textAt(metric, `${field}.container`)];
    if (textAt(metric, `${field}.target.type`) !== 'Utilization') return [];
    const without = containers.filter(({ fields, name: container }) => (only === '' || container === only)
      && !['requests', 'limits'].some((list) => isSet(fields, `resources.${list}.${resource}`)));
    return without.map((container) => ({
      path: `spec.metrics[${position}].${field}`, got: `the ${resource} of container ${container.name}, which asks for none`, expected: 'a resource that every container requests',
    }));
  });
});
