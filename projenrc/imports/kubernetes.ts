import { builtInKinds } from './kinds';
import { ownWords, type OpenApiNode } from './open-api';
import { serverRules } from './server-rules';
import { readLive, readSwagger, type GroupVersionKind, type Swagger } from './sources';
import type { KindEntry, SchemaFile, SchemaNode, VersionRange } from '../../src/manifests/_schema-node';
import { KUBERNETES_VERSIONS } from '../../src/manifests/kubernetes-version';

const newest = KUBERNETES_VERSIONS[KUBERNETES_VERSIONS.length - 1];

/** Definitions whose JSON form is no object. */
const primitives: Record<string, SchemaNode> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: 'int-or-string' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time', nullable: true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { type: 'string', format: 'date-time', nullable: true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'any' },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'any' },
};

type Documents = ReadonlyMap<string, Swagger>;

/** Merges the documents of all versions into one schema whose fields and kinds carry the versions they exist in. */
export function mergeKubernetes(root: string): SchemaFile {
  const documents: Documents = new Map(KUBERNETES_VERSIONS.map(version => [version, readSwagger(root, version)]));
  const live = readLive(root);
  const definitions: Record<string, SchemaNode> = {};
  const origins = new Map<string, string>();
  const kinds: Record<string, KindEntry> = {};

  const add = (name: string): string => {
    const short = shortName(name);
    const known = origins.get(short);
    if (known !== undefined && known !== name) throw new Error(`${known} and ${name} would share the name ${short}; name one of them otherwise`);
    if (known === undefined) {
      origins.set(short, name);
      definitions[short] = mergeDefinition(name, documents, live[name], add);
    }
    return short;
  };

  for (const wanted of builtInKinds) {
    const [group, version, kind] = wanted.split('/');
    const name = `io.k8s.api.${group}.${version}.${kind}`;
    const id = latest(documents, name)['x-kubernetes-group-version-kind']?.[0];
    if (!id) throw new Error(`${name} names no group, version and kind`);
    const { properties, ...definition } = definitions[add(name)];
    const { status: _status, ...rest } = properties ?? {};
    definitions[kind] = { ...definition, properties: rest };
    kinds[keyOf(id)] = {
      definition: kind,
      scope: scopeOf(documents, kind, id.group),
      ...range(documents, swagger => swagger.definitions[name] !== undefined),
    };
  }
  return { kinds: sorted(kinds), served: sorted(servedKinds(documents)), definitions: sorted(reachable(kinds, definitions)) };
}

function mergeDefinition(name: string, documents: Documents, live: OpenApiNode | undefined, add: (name: string) => string): SchemaNode {
  const short = shortName(name);
  const merged: SchemaNode = { ...ownWords(latest(documents, name)), type: 'object' };
  const having = new Map([...documents].filter(([, swagger]) => swagger.definitions[name]));
  const names = new Set([...having.values()].flatMap(swagger => Object.keys(swagger.definitions[name].properties ?? {})));
  const properties: Record<string, SchemaNode> = {};
  const requiredUntil: Record<string, string> = {};
  for (const field of [...names].sort()) {
    const swaggers = [...having.values()].map(swagger => swagger.definitions[name]);
    const published = swaggers.map(definition => definition.properties?.[field]).findLast(node => node !== undefined);
    if (!published) continue;
    properties[field] = {
      ...convert(published, live?.properties?.[field], add),
      ...range(having, swagger => swagger.definitions[name].properties?.[field] !== undefined),
      ...serverRules[`${short}.${field}`],
    };
    // A field that became required in a later document was asked for by the server before; one that was relaxed is relaxed from then on.
    const asking = [...having].filter(([, swagger]) => swagger.definitions[name].required?.includes(field)).map(([version]) => version);
    const last = asking[asking.length - 1];
    if (last !== undefined && last !== newest && properties[field].until === undefined) requiredUntil[field] = last;
  }
  const rule = serverRules[short];
  const required = [...latest(documents, name).required ?? [], ...rule?.required ?? []].filter(field => properties[field].until === undefined);
  merged.properties = properties;
  if (required.length) merged.required = [...new Set(required)];
  if (Object.keys(requiredUntil).length) merged.requiredUntil = requiredUntil;
  const choices = rule?.exactlyOne?.includes('*') ? Object.keys(properties).filter(field => !required.includes(field)) : rule?.exactlyOne;
  if (choices) merged.exactlyOne = choices;
  for (const word of ['anyOf', 'allOf', 'minProperties'] as const) if (rule?.[word] !== undefined) Object.assign(merged, { [word]: rule[word] });
  return merged;
}

function convert(published: OpenApiNode, live: OpenApiNode | undefined, add: (name: string) => string): SchemaNode {
  const target = published.$ref?.replace('#/definitions/', '');
  if (target !== undefined) return primitives[target] ?? { $ref: add(target) };
  const node: SchemaNode = ownWords({ ...published, enum: live?.enum, default: live?.default });
  if (published.items) node.items = convert(published.items, live?.items, add);
  if (typeof published.additionalProperties === 'object') {
    const liveValues = typeof live?.additionalProperties === 'object' ? live.additionalProperties : undefined;
    node.additionalProperties = convert(published.additionalProperties, liveValues, add);
  }
  return node;
}

function latest(documents: Documents, name: string): OpenApiNode {
  const found = [...documents.values()].findLast(swagger => swagger.definitions[name]);
  if (!found) throw new Error(`no version publishes ${name}`);
  return found.definitions[name];
}

/** The versions in which something is there, left out where they are all. */
function range(documents: Documents, there: (swagger: Swagger, version: string) => boolean): VersionRange {
  const all = [...documents.keys()];
  const versions = [...documents].filter(([version, swagger]) => there(swagger, version)).map(([version]) => version);
  const first = versions[0];
  const last = versions[versions.length - 1];
  if (all.indexOf(last) - all.indexOf(first) !== versions.length - 1) throw new Error(`versions ${versions.join(', ')} are no range`);
  return {
    ...(first !== all[0] ? { since: first } : {}),
    ...(last !== all[all.length - 1] ? { until: last } : {}),
  };
}

/** Every kind with paths of its own, whether its schema is wanted or not: what is not among them has been removed, or is yet to come. */
function servedKinds(documents: Documents): Record<string, VersionRange> {
  const servedBy = new Map([...documents].map(([version, { paths }]) => {
    const operations = Object.values(paths).flatMap(path => Object.values(path));
    return [version, new Set(operations.flatMap(({ 'x-kubernetes-group-version-kind': id }) => (id ? [keyOf(id)] : [])))];
  }));
  const all = new Set([...servedBy.values()].flatMap(keys => [...keys]));
  return Object.fromEntries([...all].map(key => [key, range(documents, (_, version) => servedBy.get(version)?.has(key) ?? false)]));
}

const keyOf = ({ group, version, kind }: GroupVersionKind): string => [group, version, kind].filter(Boolean).join('/');

function scopeOf(documents: Documents, kind: string, group: string): 'Namespaced' | 'Cluster' {
  const paths = Object.entries(documents.get(newest)?.paths ?? {}).filter(([, operations]) => Object.values(operations).some(operation => {
    const id = operation['x-kubernetes-group-version-kind'];
    return id?.kind === kind && id.group === group;
  }));
  return paths.some(([path]) => path.includes('/namespaces/{namespace}/')) ? 'Namespaced' : 'Cluster';
}

/** Definitions that are still referred to once `status` is gone. */
function reachable(kinds: Record<string, KindEntry>, definitions: Record<string, SchemaNode>): Record<string, SchemaNode> {
  const seen = new Set<string>();
  const visit = (node: SchemaNode): void => {
    for (const child of [...Object.values(node.properties ?? {}), node.items, node.additionalProperties]) {
      if (child) visit(child);
    }
    if (node.$ref !== undefined && !seen.has(node.$ref)) {
      seen.add(node.$ref);
      visit(definitions[node.$ref]);
    }
  };
  for (const { definition } of Object.values(kinds)) visit({ $ref: definition });
  return Object.fromEntries([...seen].map(name => [name, definitions[name]]));
}

const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
