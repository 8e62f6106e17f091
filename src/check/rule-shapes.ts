import type { ClusterView } from './cluster-view';
import { isExempt } from './exemption';
import type { Finding } from './finding';
import type { Manifest } from './manifest';
import type { Container, PodTemplate } from './pod-template';
import type { Flaw, Rule, RuleFacts } from './rule';
import { looksInto } from './upstream';
import type { TextMap } from './value';
import { reasonOf } from './waiver';

/** A rule about each object of some kinds (`apps/Deployment`, `Service`), or of all kinds. */
export function objectRule(
  facts: RuleFacts,
  groupKinds: readonly string[] | 'all',
  flawsOf: (object: Manifest, view: ClusterView) => readonly Flaw[],
): Rule {
  return {
    ...facts,
    check: (view) => {
      const findings: Finding[] = [];
      for (const object of groupKinds === 'all' ? view.objects : view.of(...groupKinds)) {
        for (const flaw of flawsOf(object, view)) findings.push(...findingOf(facts, object, flaw));
      }
      return findings;
    },
  };
}

/** A rule about each object that makes pods, of whatever kind; paths start at the object. */
export function workloadRule(
  facts: RuleFacts,
  flawsOf: (pod: PodTemplate, view: ClusterView) => readonly Flaw[],
): Rule {
  return {
    ...facts,
    check: (view) => perPod(view, (pod) => flawsOf(pod, view), (pod, flaw) => podFinding(facts, pod, flaw, '', '')),
  };
}

/** A rule about each pod template; paths start at the pod spec. */
export function podRule(facts: RuleFacts, flawsOf: (pod: PodTemplate, view: ClusterView) => readonly Flaw[]): Rule {
  return {
    ...facts,
    check: (view) => perPod(view, (pod) => flawsOf(pod, view), (pod, flaw) => podFinding(facts, pod, flaw, `${pod.path}.`, '')),
  };
}

/** A rule about each container; paths start at the container. */
export function containerRule(
  facts: RuleFacts,
  flawsOf: (container: Container, pod: PodTemplate, view: ClusterView) => readonly Flaw[],
): Rule {
  return {
    ...facts,
    check: (view) => {
      const findings: Finding[] = [];
      for (const pod of view.pods) {
        for (const container of pod.containers) {
          for (const flaw of flawsOf(container, pod, view)) {
            findings.push(...podFinding(facts, pod, flaw, `${container.path}.`, `container ${container.name}: `));
          }
        }
      }
      return findings;
    },
  };
}

// Loops and not flatMap: there are many rules and many pods, and nearly always no flaw.
function perPod(
  view: ClusterView,
  flawsOf: (pod: PodTemplate) => readonly Flaw[],
  findingsOf: (pod: PodTemplate, flaw: Flaw) => readonly Finding[],
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const pod of view.pods) {
    for (const flaw of flawsOf(pod)) findings.push(...findingsOf(pod, flaw));
  }
  return findings;
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

/** A flaw of an object as a finding: none, when the object is exempt from everything that would tell it. */
export function findingOf(
  facts: RuleFacts,
  object: Manifest,
  flaw: Flaw,
  message = sentenceOf(flaw),
  podAnnotations?: TextMap,
): readonly Finding[] {
  const seenBy = flaw.upstream ?? facts.upstream;
  const waived = reasonOf(facts.id, object);
  // A waiver brings the annotations of the other linters with it; what they would exempt is still listed, with its reason.
  const upstream = seenBy.filter((id) => waived !== undefined || !isExempt(id, object.annotations, podAnnotations));
  // The Pod Security Standards know no exemption by annotation: who has told every linter means them, too.
  if (seenBy.length > 0 && upstream.every((id) => id.startsWith('pod-security:') && seenBy.length > upstream.length)) return [];
  const { apiVersion, kind, namespace, name } = object;
  return [{
    rule: facts.id,
    severity: facts.severity,
    object: { apiVersion, kind, namespace, name },
    path: flaw.path,
    message,
    upstream,
    ...(waived === undefined ? {} : { waived }),
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
