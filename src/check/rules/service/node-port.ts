import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { textAt } from '../../value';

export const nodePort = objectRule({
  id: 'service-node-port',
  severity: 'warning',
  title: 'service opens a port on every node',
  why: 'The port is reachable past the gateway and its TLS, and policies see the node instead of the caller.',
  remedy: 'Use ClusterIP with a Gateway or Ingress in front, or a LoadBalancer.',
  upstream: ['kube-score:service-type'],
}, ['Service'], (service) => flawIf(textAt(service.fields, 'spec.type') === 'NodePort', {
  path: 'spec.type',
  got: 'NodePort',
  expected: 'ClusterIP',
}));
