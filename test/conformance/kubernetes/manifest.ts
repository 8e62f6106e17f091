import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as plain data. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** One document of a rendered file. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly file: string;
  /** The YAML as it stands in the file, so that a judge reads what a user would apply. */
  readonly text: string;
}

/**
 * The documents of a YAML file; empty ones are left out.
 *
 * @throws Error when the file is not YAML, repeats a key, or holds something that is no Kubernetes object
 */
export function readManifests(file: string): Manifest[] {
  return parseManifests(readFileSync(file, 'utf8'), file);
}

export function parseManifests(source: string, file: string): Manifest[] {
  return parseAllDocuments(source).flatMap(document => {
    const [problem] = document.errors;
    if (problem) throw new Error(`${file}: it is not valid YAML, ${problem.message}`);
    const object: unknown = document.toJS();
    if (object === null || object === undefined) return [];
    if (!isKubernetesObject(object)) {
      throw new Error(`${file}: a document has no apiVersion, kind or metadata.name, expected a Kubernetes object`);
    }
    return [
      {
        object,
        file,
        text: source
          .slice(document.range[0], document.range[2])
          .replace(/^---\s*\n/, '')
          .trimEnd(),
      },
    ];
  });
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  const { apiVersion, kind, metadata } = value as {
    apiVersion?: unknown;
    kind?: unknown;
    metadata?: { name?: unknown } | null;
  };
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}

/** How an object is called in a report: `Deployment shop/api`. */
export function nameOf({ kind, metadata: { name, namespace } }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** What makes an object the same object in a cluster. */
export function identityOf(object: KubernetesObject): string {
  return `${groupOf(object)} ${nameOf(object)}`;
}

/** API group, empty for the core group. */
export function groupOf({ apiVersion }: Pick<KubernetesObject, 'apiVersion'>): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** API version without its group: `v1`. */
export function versionOf({ apiVersion }: Pick<KubernetesObject, 'apiVersion'>): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}
