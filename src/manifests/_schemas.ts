import type { KindEntry, SchemaFile, SchemaNode } from './_schema-node';
import { uniform } from './_uniform-node';
import { closest } from '../errors';
import argoCd from '../imports/argo-cd.json';
import certManager from '../imports/cert-manager.json';
import cilium from '../imports/cilium.json';
import externalSecrets from '../imports/external-secrets.json';
import fluxKustomize from '../imports/flux-kustomize.json';
import fluxSource from '../imports/flux-source.json';
import gateway from '../imports/gateway.json';
import keda from '../imports/keda.json';
import kubernetes from '../imports/kubernetes.json';
import monitoring from '../imports/monitoring.json';
import sealedSecrets from '../imports/sealed-secrets.json';
import strimzi from '../imports/strimzi.json';

/** A kind, its schema, and the definitions that schema refers to. */
export interface Schema {
  readonly entry: KindEntry;
  readonly root: SchemaNode;
  readonly definitions: Readonly<Record<string, SchemaNode>>;
}

const core = kubernetes as unknown as SchemaFile;
const custom = [
  argoCd, certManager, cilium, externalSecrets, fluxKustomize, fluxSource, gateway, keda, monitoring, sealedSecrets, strimzi,
] as unknown as readonly SchemaFile[];

/** The definitions that kinds without a schema of their own are checked against. */
export const coreDefinitions = uniform(core.definitions);

/** By kind. The definitions of custom resources are made ready when one of the file is asked for. */
const schemas = new Map<string, () => Schema>();
for (const file of [core, ...custom]) {
  let definitions: Schema['definitions'] | undefined = file === core ? coreDefinitions : undefined;
  for (const [key, entry] of Object.entries(file.kinds)) {
    let schema: Schema | undefined;
    schemas.set(key, () => {
      definitions ??= { ...coreDefinitions, ...uniform(file.definitions) };
      return schema ??= { entry, root: definitions[entry.definition], definitions };
    });
  }
}

/** How a kind without a schema stands to Kubernetes itself. */
export type Standing = 'foreign' | 'built-in' | 'not served';

const served = core.served ?? {};
const groups = new Set(['extensions', ...Object.keys(served).map(groupOf)]);

/** Whether a kind belongs to a group of Kubernetes itself, and if so whether that version serves it. */
export function standingOf(apiVersion: string, kind: string, version: string): Standing {
  const key = `${apiVersion}/${kind}`;
  if (!groups.has(groupOf(key))) return 'foreign';
  const range = Object.hasOwn(served, key) ? served[key] : undefined;
  return range !== undefined && (range.since ?? version) <= version && (range.until ?? version) >= version ? 'built-in' : 'not served';
}

function groupOf(key: string): string {
  const parts = key.split('/');
  return parts.length > 2 ? parts[0] : '';
}

/** The schema of a kind, whatever versions of Kubernetes serve it. */
export function schemaOf(apiVersion: string, kind: string): Schema | undefined {
  return schemas.get(`${apiVersion}/${kind}`)?.();
}

/** The API versions under which a kind of that name is known. */
export function apiVersionsOf(kind: string): string[] {
  return [...schemas.keys()].filter(key => key.endsWith(`/${kind}`)).map(key => key.slice(0, -kind.length - 1));
}

/** A known kind whose name is close. */
export function kindLike(kind: string): string | undefined {
  return closest(kind, [...new Set([...schemas.keys()].map(key => key.slice(key.lastIndexOf('/') + 1)))]);
}
