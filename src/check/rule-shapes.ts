import type { ClusterView } from './cluster-view';
import { isExempt } from './exemption';
import type { Finding } from './finding';
import type { Manifest } from './manifest';
import type { Container, PodTemplate } from './pod-template';
import type { Flaw, Rule, RuleFacts } from './rule';
import { looksInto } from './upstream';
import type { TextMap } from './value';

/** A rule about each object of some kinds (`apps/Deployment`, `Service`), or of all kinds. */
export function objectRule(
  facts: RuleFacts,
  groupKinds: readonly string[] | 'all',
  flawsOf: (object: Manifest, view: ClusterView) => readonly Flaw[],
): Rule {
  return {
    ...facts,
    check: (view) => (groupKinds === 'all' ? view.objects : view.of(...groupKinds)).flatMap((object) =>
      flawsOf(object, view).flatMap((flaw) => findingOf(facts, object, flaw))),
  };
}

/** A rule about each object that makes pods, of whatever kind; paths start at the object. */
export function workloadRule(
  facts: RuleFacts,
  flawsOf: (pod: PodTemplate, view: ClusterView) => readonly Flaw[],
): Rule {
  return {
    ...facts,
    check: (view) => view.pods.flatMap((pod) =>
      flawsOf(pod, view).flatMap((flaw) => podFinding(facts, pod, flaw, '', ''))),
  };
}

/** A rule about each pod template; paths start at the pod spec. */
export function podRule(facts: RuleFacts, flawsOf: (pod: PodTemplate, view: ClusterView) => readonly Flaw[]): Rule {
  return {
    ...facts,
    check: (view) => view.pods.flatMap((pod) =>
      flawsOf(pod, view).flatMap((flaw) => podFinding(facts, pod, flaw, `${pod.path}.`, ''))),
  };
}

/** A rule about each container; paths start at the container. */
export function containerRule(
  facts: RuleFacts,
  flawsOf: (container: Container, pod: PodTemplate, view: ClusterView) => readonly Flaw[],
): Rule {
  return {
    ...facts,
    check: (view) => view.pods.flatMap((pod) => pod.containers.flatMap((container) =>
      flawsOf(container, pod, view).flatMap((flaw) =>
        podFinding(facts, pod, flaw, `${container.path}.`, `container ${container.name}: `)))),
  };
}

function podFinding(
  facts: RuleFacts,
  pod: PodTemplate,
  flaw: Flaw,
  place: string,
  subject: string,
): readonly Finding[] {
  const upstream = (flaw.upstream ?? facts.upstream).filter((id) => looksInto(id, pod.workload));
  const placed = { ...flaw, path: place + flaw.path, upstream };
  return findingOf(facts, pod.workload, placed, subject + sentenceOf(flaw), pod.annotations);
}

function findingOf(
  facts: RuleFacts,
  object: Manifest,
  flaw: Flaw,
  message = sentenceOf(flaw),
  podAnnotations?: TextMap,
): readonly Finding[] {
  const seenBy = flaw.upstream ?? facts.upstream;
  const upstream = seenBy.filter((id) => !isExempt(id, object.annotations, podAnnotations));
  if (seenBy.length > 0 && upstream.length === 0) return [];
  const { apiVersion, kind, namespace, name } = object;
  return [{
    rule: facts.id,
    severity: facts.severity,
    object: { apiVersion, kind, namespace, name },
    path: flaw.path,
    message,
    upstream,
  }];
}

function sentenceOf({ path, got, expected }: Flaw): string {
  return `${path} is ${shown(got)}, expected ${expected}`;
}

function shown(got: unknown): string {
  if (got === undefined || got === null) return 'unset';
  const text = jsonOf(got);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A foreign manifest may contain itself through a YAML alias.
    return 'not plain data';
  }
}
