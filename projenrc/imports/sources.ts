import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { OpenApiNode } from './open-api';

/** A published OpenAPI v2 document, as far as it is read here. */
export interface Swagger {
  definitions: Record<string, OpenApiNode>;
  paths: Record<string, Record<string, { 'x-kubernetes-group-version-kind'?: GroupVersionKind }>>;
}

/** What names a kind. */
export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** A CustomResourceDefinition, as far as it is read here. */
export interface Crd {
  spec: {
    group: string;
    scope: 'Namespaced' | 'Cluster';
    names: { kind: string };
    versions: { name: string; served: boolean; schema: { openAPIV3Schema: OpenApiNode } }[];
  };
}

const unpack = (root: string, path: string): string => gunzipSync(readFileSync(join(root, 'schemas', path))).toString();

export function readSwagger(root: string, version: string): Swagger {
  return JSON.parse(unpack(root, `kubernetes/v${version}.swagger.json.gz`)) as Swagger;
}

/** Definitions as a running API server serves them: with enums and defaults. */
export function readLive(root: string): Record<string, OpenApiNode> {
  return (JSON.parse(unpack(root, 'kubernetes/v1.37.openapi-v3-live.json.gz')) as { schemas: Record<string, OpenApiNode> }).schemas;
}

/** The first line of a source, which says origin, version and licence, and its definitions. */
export function readCrds(root: string, path: string): { origin: string; crds: Crd[] } {
  const text = path.endsWith('.gz') ? unpack(root, path) : readFileSync(join(root, 'schemas', path), 'utf8');
  const crds = parseAllDocuments(text)
    .map(document => document.toJS() as Crd | null)
    .filter((crd): crd is Crd => crd !== null);
  return { origin: text.slice(0, text.indexOf('\n')).replace(/^#\s*/, ''), crds };
}
