import type { ClusterView } from '../../cluster-view';
import type { Manifest } from '../../manifest';
import { flawIf } from '../../rule';
import type { Flaw } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, isSet, itemsAt, numberAt, textAt } from '../../value';

export const ingressBackend = objectRule({
  id: 'ingress-backend',
  severity: 'error',
  title: 'ingress leads to a service or port that is not there',
  why: 'Requests on that path end with an error of the ingress controller.',
  remedy: 'Let the backend name a Service of the same namespace and one of its ports.',
  upstream: ['kube-score:ingress-targets-service', 'kube-linter:dangling-ingress'],
}, ['networking.k8s.io/Ingress'], (ingress, view) => {
  if (ingress.apiVersion !== 'networking.k8s.io/v1') return [];
  return [...defaultBackend(ingress, view), ...itemsAt(ingress.fields, 'spec.rules').flatMap((rule, position) =>
    itemsAt(rule, 'http.paths').flatMap((path, place) => flawIf(
      !view.named('Service', textAt(path, 'backend.service.name'), ingress.namespace)
        .some((service) => offers(service, fieldAt(path, 'backend.service.port'))),
      {
        path: `spec.rules[${position}].http.paths[${place}].backend`,
        got: fieldAt(path, 'backend'),
        expected: 'a Service of the set and one of its ports',
        upstream: isSet(path, 'backend.service')
          ? ['kube-score:ingress-targets-service', 'kube-linter:dangling-ingress']
          : ['kube-score:ingress-targets-service'],
      },
    )))];
});

// The other linters do not look at what takes all the rest.
function defaultBackend(ingress: Manifest, view: ClusterView): readonly Flaw[] {
  const path = 'spec.defaultBackend';
  const backend = fieldAt(ingress.fields, path);
  const isThere = view.named('Service', textAt(backend, 'service.name'), ingress.namespace)
    .some((service) => offers(service, fieldAt(backend, 'service.port')));
  return flawIf(isSet(backend, 'service') && !isThere, {
    path, got: backend, expected: 'a Service of the set and one of its ports', upstream: [],
  });
}

function offers(service: Manifest, wanted: unknown): boolean {
  const [number, name] = [numberAt(wanted, 'number') ?? 0, textAt(wanted, 'name')];
  return itemsAt(service.fields, 'spec.ports').some((port) =>
    (number > 0 && numberAt(port, 'port') === number) || textAt(port, 'name') === name);
}
