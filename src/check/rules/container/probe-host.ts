import type { Flaw } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { textAt } from '../../value';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'];

export const probeHost = containerRule({
  id: 'container-probe-host',
  severity: 'error',
  title: 'probe asks another host than the pod',
  why: 'The kubelet would send requests to any address in the name of the node, past every network policy.',
  remedy: 'Remove `host`; the pod itself is asked then.',
  upstream: ['pod-security:hostProbesAndHostLifecycle'],
}, (container) => probes.flatMap((probe) => ['httpGet', 'tcpSocket'].flatMap((handler): readonly Flaw[] => {
  const path = `${probe}.${handler}.host`;
  const got = textAt(container.fields, path);
  return got === '' ? [] : [{ path, got, expected: 'unset' }];
})));
