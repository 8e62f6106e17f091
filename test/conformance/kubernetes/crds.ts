import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { ApiClient } from './client';
import type { KubernetesObject } from './manifest';
import { groupOf } from './manifest';

const folder = resolve(__dirname, '../../../schemas/crds');
const establishTimeoutMs = 30_000;

/** The part of an OpenAPI v3 schema that this area looks at. */
export interface CrdSchema {
  readonly [field: string]: unknown;
}

export interface Crd extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema?: { readonly openAPIV3Schema?: CrdSchema };
      readonly selectableFields?: unknown;
    }[];
  };
}

/** Fields of a CRD that an older server refuses, with the minor version that learnt them. */
const fieldsByMinor: Readonly<Record<string, number>> = { selectableFields: 30 };

let cached: readonly Crd[] | undefined;

/** Every CRD of the pinned sources. */
export function allCrds(): readonly Crd[] {
  cached ??= readdirSync(folder)
    .filter(file => /\.yaml(\.gz)?$/.test(file))
    .flatMap(file => parseAllDocuments(textOf(join(folder, file))))
    .map(document => document.toJS() as Crd | null)
    .filter(object => object?.kind === 'CustomResourceDefinition')
    .filter(object => object !== null);
  return cached;
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The CRD behind an object, if it is one of the pinned ones. */
export function crdOf(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Crd | undefined {
  return allCrds().find(({ spec }) => spec.group === groupOf(object) && spec.names.kind === object.kind);
}

/** The CRDs that the objects need, each once. */
export function crdsFor(objects: readonly KubernetesObject[]): Crd[] {
  return [...new Set(objects.map(crdOf).filter(crd => crd !== undefined))];
}

/** What was left out of CRDs so that an old server takes them, and what it refuses nevertheless. */
export interface CrdInstallation {
  readonly remarks: readonly string[];
  readonly problems: readonly string[];
}

/** What a server was given already; definitions are long, and it takes its time with each. */
const installed = new WeakMap<ApiClient, Set<Crd>>();

/** Installs CRDs and waits until their kinds are served. */
export async function installCrds(client: ApiClient, crds: readonly Crd[], minor: number): Promise<CrdInstallation> {
  const remarks: string[] = [];
  const problems: string[] = [];
  const there = installed.get(client) ?? new Set<Crd>();
  installed.set(client, there);
  for (const original of crds) {
    const { crd, dropped } = fit(original, minor);
    const name = `CRD ${crd.metadata.name}`;
    if (dropped.length > 0) {
      remarks.push(`${name}: ${dropped.join(', ')} left out, Kubernetes 1.${minor} does not know it`);
    }
    if (there.has(original) && (await client.get(original)).accepted) continue;
    const { accepted, message } = await client.apply(crd);
    if (!accepted) problems.push(`${name}: ${message}`);
    else if (!(await isEstablished(client, crd))) problems.push(`${name}: not served after ${establishTimeoutMs} ms`);
    else there.add(original);
  }
  return { remarks, problems };
}

/** Waits until the server serves the kind that the CRD declares. */
export async function isEstablished(client: ApiClient, crd: KubernetesObject): Promise<boolean> {
  const deadline = Date.now() + establishTimeoutMs;
  while (Date.now() < deadline) {
    const { body } = await client.get(crd);
    const { spec, status } = body as Crd & { status?: { conditions?: { type: string; status: string }[] } };
    const established = status?.conditions?.some(
      condition => condition.type === 'Established' && condition.status === 'True',
    );
    const served =
      established &&
      (await client.serves({ apiVersion: `${spec.group}/${spec.versions[0].name}`, kind: spec.names.kind }));
    if (served) return true;
    await sleep(100);
  }
  return false;
}

function fit(crd: Crd, minor: number): { crd: Crd; dropped: string[] } {
  const unknown = Object.keys(fieldsByMinor).filter(field => minor < fieldsByMinor[field]);
  const dropped = unknown.filter(field => crd.spec.versions.some(version => field in version));
  if (dropped.length === 0) return { crd, dropped };
  const versions = crd.spec.versions.map(
    version =>
      Object.fromEntries(
        Object.entries(version).filter(([field]) => !dropped.includes(field)),
      ) as unknown as Crd['spec']['versions'][number],
  );
  return { crd: { ...crd, spec: { ...crd.spec, versions } }, dropped };
}
