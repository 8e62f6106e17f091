import { runsToCompletion } from '../../pod-template';
import { flawIf } from '../../rule';
import { containerRule } from '../../rule-shapes';
import { fieldAt, isSet, textAt, textsAt } from '../../value';

export const identicalProbes = containerRule({
  id: 'container-identical-probes',
  severity: 'error',
  title: 'liveness and readiness ask the same question',
  why: 'What should only take a pod out of traffic, such as a slow database, then restarts it and all its siblings.',
  remedy: 'Let liveness ask about the process alone, and readiness about what it needs to serve.',
  upstream: ['kube-score:pod-probes-identical'],
}, (container, pod) => {
  const [ready, live] = [fieldAt(container.fields, 'readinessProbe'), fieldAt(container.fields, 'livenessProbe')];
  return flawIf(!runsToCompletion(pod) && askTheSame(ready, live), {
    path: 'livenessProbe',
    got: live,
    expected: 'another question than readinessProbe',
  });
});

function askTheSame(one: unknown, other: unknown): boolean {
  const both = (field: string): boolean => isSet(one, field) && isSet(other, field);
  if (both('httpGet')) {
    return textAt(one, 'httpGet.path') === textAt(other, 'httpGet.path')
      && portNumber(fieldAt(one, 'httpGet.port')) === portNumber(fieldAt(other, 'httpGet.port'));
  }
  if (both('tcpSocket')) return fieldAt(one, 'tcpSocket.port') === fieldAt(other, 'tcpSocket.port');
  return both('exec')
    && JSON.stringify(textsAt(one, 'exec.command')) === JSON.stringify(textsAt(other, 'exec.command'));
}

// kube-score compares numbers only, so that any two named ports are equal to it.
function portNumber(port: unknown): number {
  return Number.parseInt(String(port), 10) || 0;
}
