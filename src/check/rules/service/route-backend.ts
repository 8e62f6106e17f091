import type { ClusterView } from '../../cluster-view';
import type { Manifest } from '../../manifest';
import type { Flaw } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { itemsAt, numberAt, textAt } from '../../value';

const group = 'gateway.networking.k8s.io';

export const routeBackend = objectRule({
  id: 'route-backend',
  severity: 'error',
  title: 'route leads to a service or port that is not there',
  why: 'Requests that match the route end with an error of the gateway.',
  remedy: 'Let `backendRefs` name a Service of the set and one of its ports.',
  upstream: [],
}, ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map((kind) => `${group}/${kind}`), (route, view) =>
  itemsAt(route.fields, 'spec.rules').flatMap((rule, position) =>
    itemsAt(rule, 'backendRefs').flatMap((backend, place): readonly Flaw[] => {
      // What is no Service, such as an import of another cluster, is not judged.
      if (!['', 'Service'].includes(textAt(backend, 'kind')) || textAt(backend, 'group') !== '') return [];
      return isOffered(backend, route, view) ? [] : [{
        path: `spec.rules[${position}].backendRefs[${place}]`, got: backend, expected: 'a Service of the set and one of its ports',
      }];
    })));

function isOffered(backend: unknown, route: Manifest, view: ClusterView): boolean {
  const [service] = view.named('Service', textAt(backend, 'name'), textAt(backend, 'namespace') || route.namespace);
  const wanted = numberAt(backend, 'port');
  return service !== undefined && (wanted === undefined || itemsAt(service.fields, 'spec.ports').some((port) => numberAt(port, 'port') === wanted));
}
