import { KUBERNETES_VERSIONS } from '../manifests/kubernetes-version';
import type { KubernetesVersion } from '../manifests/kubernetes-version';
import type { Problem } from '../manifests/problem';
import { problemsOfManifest } from '../manifests/schema';
import type { ClusterView } from './cluster-view';
import type { Manifest } from './manifest';
import type { Rule, RuleFacts } from './rule';
import { findingOf } from './rule-shapes';
import { isReplaced } from './rules/object/outdated-api';

/** An object and what is wrong with it by its schema; `reason` says why it could not be told. */
interface Judged { readonly object: Manifest; readonly problems: readonly Problem[]; readonly notRun?: string }

const judgedIn = new WeakMap<ClusterView, readonly Judged[]>();

/** Both rules ask for the same judgement, which is made once. */
function judgementsOf(view: ClusterView): readonly Judged[] {
  const known = judgedIn.get(view) ?? view.objects.map((object) => judge(object, view.kubernetesMinor));
  judgedIn.set(view, known);
  return known;
}

function judge(object: Manifest, minor: number): Judged {
  const version: KubernetesVersion | undefined = KUBERNETES_VERSIONS.find((known) => known === `1.${minor}`);
  if (version === undefined) {
    const range = `${KUBERNETES_VERSIONS[0]} to ${KUBERNETES_VERSIONS.at(-1)}`;
    return { object, problems: [], notRun: `no schemas of Kubernetes 1.${minor} are known, only of ${range}` };
  }
  const problems = problemsOfManifest(object.fields, version);
  const isUnknown = problems.some(({ reason }) => reason === 'unknown-kind');
  // A field that is null is not there for Kubernetes, and much that generates manifests writes such fields.
  const known = problems.filter(({ reason, got, path }) => reason !== 'unknown-kind' && (got !== 'null' || path.endsWith(']')));
  return { object, problems: known, ...(isUnknown ? { notRun: `no schema of ${object.apiVersion} ${object.kind} is known` } : {}) };
}

function schemaRule(facts: RuleFacts, isMeant: (problem: Problem, judged: Judged, view: ClusterView) => boolean): Rule {
  return {
    ...facts,
    check: (view) => judgementsOf(view).flatMap((judged) =>
      judged.problems.filter((problem) => isMeant(problem, judged, view)).flatMap(({ path, got, expected, message }) =>
        findingOf(facts, judged.object, { path, got, expected }, message))),
    notRun: (view) => judgementsOf(view).flatMap(({ object: { apiVersion, kind, namespace, name }, notRun }) =>
      notRun === undefined ? [] : [{ rule: facts.id, object: { apiVersion, kind, namespace, name }, reason: notRun }]),
  };
}

export const manifestSchema = schemaRule({
  id: 'manifest-schema',
  severity: 'error',
  title: 'object does not keep the schema of its kind',
  why: 'The API server refuses it, or drops the field without a word.',
  remedy: 'Correct the field as the finding says.',
  upstream: [],
}, ({ reason }) => reason !== 'version');

export const unservedApi = schemaRule({
  id: 'unserved-api',
  severity: 'error',
  title: 'object, field or value does not exist in the version of Kubernetes that it is meant for',
  why: 'That version refuses it or ignores the field, since it was removed or has not come yet.',
  remedy: 'Write what that version has, or name the version that the cluster runs with `--kubernetes`.',
  upstream: [],
  // What has been replaced is told by a rule that also says by what.
}, ({ reason, path }, { object }, view) => reason === 'version' && !(path === 'apiVersion' && isReplaced(object, view.kubernetesMinor)));

/** Rules that hold objects against the schemas of Kubernetes and of well-known custom resources. They load those, so they are asked for. */
export const schemaRules: readonly Rule[] = [manifestSchema, unservedApi];
