import { isDeepStrictEqual } from 'node:util';
import { differencesOf } from '../../../src/manifests/difference';
import { liveComparison } from '../../../src/manifests/live';
import { setOf, type SetObject } from '../../../src/manifests/object-set';
import type { ApiServer } from '../kubernetes/api-server';
import type { KubernetesObject } from '../kubernetes/manifest';
import { nameOf } from '../kubernetes/manifest';

/** One operation of a JSON patch. */
interface Edit { readonly op: 'replace' | 'remove' | 'add'; readonly path: string; readonly value?: unknown }

/** What came of the edits: those that a server took, and those of them that were not found. */
export interface EditTally { readonly taken: number; readonly kinds: number; readonly problems: readonly string[] }

const metadataFields = new Set(['name', 'namespace']);

/** Edits of every value that an object says: another one, or none; and a label more. */
function editsOf(object: KubernetesObject): Edit[] {
  const { apiVersion: _, kind: __, ...fields } = object;
  const metadata = Object.fromEntries(Object.entries(object.metadata).filter(([key]) => !metadataFields.has(key)));
  return [
    ...leavesOf({ ...fields, metadata }, '').flatMap(({ path, value }): Edit[] => [{ op: 'replace', path, value: another(value) }, { op: 'remove', path }]),
    { op: 'add', path: object.metadata.labels === undefined ? '/metadata/labels' : '/metadata/labels/by-hand', value: object.metadata.labels === undefined ? { 'by-hand': 'yes' } : 'yes' },
  ];
}

function leavesOf(value: unknown, path: string): { path: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  return /^\d+(?:m|[KMGT]i?)?$/.test(text) ? text.replace(/^\d+/, digits => String(Number(digits) + 1)) : `${text}x`;
}

/** Makes one edit after another in the cluster, sees whether it is found, and takes it back. What the server refuses is none. */
export async function handEdits({ client }: ApiServer, objects: readonly KubernetesObject[], perKind: number): Promise<EditTally> {
  const compare = liveComparison(setOf(objects));
  const problems: string[] = [];
  const kinds = new Map<string, number>();
  let taken = 0;
  for (const object of objects) {
    const kind = `${object.apiVersion} ${object.kind}`;
    const seen = kinds.get(kind) ?? 0;
    if (seen >= perKind) continue;
    kinds.set(kind, seen + 1);
    const before = (await client.get(object)).body as KubernetesObject;
    const path = await client.pathOf(object);
    for (const edit of editsOf(object)) {
      const { status, body } = await client.request('PATCH', path, JSON.stringify([edit]), 'application/json-patch+json');
      if (status !== 200) continue;
      const after = body as KubernetesObject;
      if (!isDeepStrictEqual(saidBy(after), saidBy(before))) {
        taken++;
        if (!differencesOf(...compare(object as SetObject, after as unknown as SetObject)).length) problems.push(`${nameOf(object)}: ${edit.op} ${edit.path} is not found`);
      }
      await client.apply(object);
      if (edit.path.endsWith('by-hand') || edit.path === '/metadata/labels') await client.request('PATCH', path, JSON.stringify({ metadata: { labels: { 'by-hand': null } } }), 'application/merge-patch+json');
    }
  }
  return { taken, kinds: kinds.size, problems };
}

/** An object without its books, and without the numbers that count its changes. */
function saidBy({ metadata, status: _, ...fields }: KubernetesObject): unknown {
  const { managedFields: __, resourceVersion: ___, generation: ____, ...rest } = metadata;
  return { ...fields, metadata: rest };
}
