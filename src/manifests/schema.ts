import { walkMetadata } from './_metadata';
import { report, reportVersion, under, type Walk } from './_report';
import type { SchemaNode } from './_schema-node';
import { apiVersionsOf, coreDefinitions, kindLike, schemaOf, standingOf } from './_schemas';
import { isRecord, walk } from './_walk';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from './kubernetes-version';
import type { Problem } from './problem';

/** What an object says before anything else can be said about it. */
const namesAKind: SchemaNode = {
  type: 'object',
  required: ['apiVersion', 'kind'],
  properties: { apiVersion: { type: 'string', minLength: 1 }, kind: { type: 'string', minLength: 1 } },
};

/** Whether that version of Kubernetes serves the kind, or a custom resource of that kind is known here. */
export function isKnownKind(apiVersion: string, kind: string, version: KubernetesVersion): boolean {
  const entry = schemaOf(apiVersion, kind)?.entry;
  return entry !== undefined && (entry.since ?? version) <= version && (entry.until ?? version) >= version;
}

/**
 * Everything that an API server of that version, or a strict reader of its schema, refuses about one object.
 *
 * An object of a foreign kind gets one problem of reason `unknown-kind`, besides those of its metadata. Values inside a Secret are not shown.
 */
export function problemsOfManifest(object: unknown, kubernetesVersion: KubernetesVersion): Problem[] {
  const fields = isRecord(object) ? object : {};
  const kind = typeof fields.kind === 'string' ? fields.kind : '';
  const apiVersion = typeof fields.apiVersion === 'string' ? fields.apiVersion : '';
  const schema = schemaOf(apiVersion, kind);
  const run: Walk = {
    definitions: schema?.definitions ?? coreDefinitions,
    version: kubernetesVersion,
    hidden: kind === 'Secret' || kind === 'SealedSecret',
    branch: false,
    trail: [],
    problems: [],
  };
  if (!isRecord(object)) {
    report(run, 'type', Array.isArray(object) ? 'a list' : `no object but ${String(object)}`, 'an object with apiVersion, kind and metadata');
  } else if (apiVersion === '' || kind === '') {
    walk(run, namesAKind, { apiVersion: object.apiVersion, kind: object.kind });
  } else if (schema === undefined) {
    reportUnknownKind(run, apiVersion, kind);
    walkMetadata(run, kind, undefined, fields.metadata);
  } else {
    const { since, until } = schema.entry;
    if (!isKnownKind(apiVersion, kind, kubernetesVersion)) reportVersion(run, `${apiVersion} ${kind}`, since === undefined ? { until } : { since });
    walk(run, schema.root, object);
    walkMetadata(run, kind, schema.entry, fields.metadata);
  }
  return run.problems;
}

/** What is meant where a kind would be one of Kubernetes itself and no version has it; undefined where there may be such a kind. */
export function kindMeantBy(apiVersion: string, kind: string): string | undefined {
  if (!KUBERNETES_VERSIONS.every(version => standingOf(apiVersion, kind, version) === 'not served')) return undefined;
  const others = apiVersionsOf(kind).map(other => `${other}/${kind}`).join(' or ') || kindLike(kind);
  return `a kind that Kubernetes has${others === undefined ? '' : `; did you mean ${others}?`}`;
}

/** A kind of Kubernetes that this version does not serve is a mistake for sure; one whose schema is not known may be right. */
function reportUnknownKind(run: Walk, apiVersion: string, kind: string): void {
  const others = apiVersionsOf(kind);
  const got = `${apiVersion} ${kind}`;
  if (standingOf(apiVersion, kind, run.version) === 'not served') {
    const expected = others.length > 0 ? others.join(' or ') : `an API that Kubernetes ${run.version} serves`;
    under(run, 'apiVersion', () => report(run, 'version', `${got}, which Kubernetes ${run.version} does not serve`, expected));
  } else {
    const meant = kindLike(kind);
    const advice = others.length > 0 ? `did you mean ${others.join(' or ')}?` : meant && `did you mean ${meant}?`;
    under(run, 'kind', () => report(run, 'unknown-kind', got, 'a kind whose schema is known', advice));
  }
}
