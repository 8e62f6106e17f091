import type { Container } from '../../pod-template';
import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import type { UpstreamId } from '../../upstream';
import { fieldAt, isSet, itemsAt, textAt } from '../../value';

const probes: readonly (readonly [string, UpstreamId])[] = [
  ['livenessProbe', 'kube-linter:liveness-port'],
  ['readinessProbe', 'kube-linter:readiness-port'],
  ['startupProbe', 'kube-linter:startup-port'],
];

export const probePort = containerRule({
  id: 'container-probe-port',
  severity: 'error',
  title: 'probe asks on a port the container does not declare',
  why: 'A probe on a wrong port never succeeds: the pod is restarted or kept out of traffic for ever.',
  remedy: 'Declare the port under `ports`, or correct the probe; best refer to it by name.',
  upstream: probes.map(([, id]) => id),
}, (container) => container.role === 'init' ? [] : probes.flatMap(([probe, id]) =>
  ['httpGet', 'tcpSocket', 'grpc'].flatMap((handler) => {
    const path = `${probe}.${handler}.port`;
    const got = fieldAt(container.fields, path);
    return flawIf(isSet(container.fields, `${probe}.${handler}`) && !declares(container, got), {
      path,
      got,
      expected: 'a declared TCP port',
      upstream: [id],
    });
  })));

function declares(container: Container, port: unknown): boolean {
  return itemsAt(container.fields, 'ports').some((declared) => {
    const protocol = textAt(declared, 'protocol');
    const names = typeof port === 'string' ? 'name' : 'containerPort';
    return (protocol === '' || protocol === 'TCP') && isSet(declared, names) && fieldAt(declared, names) === port;
  });
}
