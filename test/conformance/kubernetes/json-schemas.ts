import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { crdOf } from './crds';
import type { KubernetesObject } from './manifest';
import { groupOf, versionOf } from './manifest';
import type { KubernetesVersion } from './subjects';

const folder = resolve(__dirname, '../../../schemas/kubernetes');

interface Schema {
  readonly [field: string]: unknown;
}

interface Definitions {
  readonly [name: string]: Schema;
}

const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const scalar = { oneOf: [{ type: 'string' }, { type: 'integer' }] };
const number = { oneOf: [{ type: 'string' }, { type: 'number' }] };

/** Keywords that a validator reads; prose and the markers of API machinery are left out. */
const keywords = [
  'type',
  'format',
  'enum',
  'required',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'uniqueItems',
  'multipleOf',
] as const;
const combinations = ['allOf', 'anyOf', 'oneOf'] as const;

const cache = new Map<string, Definitions>();

function definitionsOf(version: KubernetesVersion): Definitions {
  const known = cache.get(version);
  if (known) return known;
  const text = gunzipSync(readFileSync(join(folder, `v${version}.swagger.json.gz`))).toString('utf8');
  // The first line may say where the data comes from.
  const { definitions } = JSON.parse(text.slice(text.indexOf('{'))) as { definitions: Definitions };
  cache.set(version, definitions);
  return definitions;
}

/**
 * Writes one standalone JSON Schema per kind that occurs in the objects; a field it does not name is an error.
 *
 * @returns the location pattern that kubeconform and kubesec take, and the kinds for which there is no schema
 */
export function writeSchemas(
  objects: readonly KubernetesObject[],
  version: KubernetesVersion,
  directory: string,
): { location: string; unknown: string[] } {
  const unknown: string[] = [];
  const written = new Set<string>();
  for (const object of objects) {
    const file = join(
      directory,
      groupOf(object) || versionOf(object),
      `${object.kind.toLowerCase()}-${versionOf(object)}.json`,
    );
    if (written.has(file)) continue;
    written.add(file);
    const schema = schemaOf(object, version);
    if (!schema) {
      unknown.push(`${object.apiVersion} ${object.kind}`);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(schema));
  }
  return { location: `${directory}/{{.Group}}/{{.ResourceKind}}-{{.ResourceAPIVersion}}.json`, unknown };
}

function schemaOf(object: KubernetesObject, version: KubernetesVersion): Schema | undefined {
  const definitions = definitionsOf(version);
  const name = Object.keys(definitions).find(key => declares(definitions[key], object));
  const identity = { apiVersion: { enum: [object.apiVersion] }, kind: { enum: [object.kind] } };
  if (name !== undefined) {
    const root = strict(definitions[name]);
    const own = {
      ...root,
      properties: { ...(root.properties as Schema), ...identity },
      required: ['apiVersion', 'kind', 'metadata'],
    };
    return { ...own, definitions: closureOf(own, definitions) };
  }
  const crdVersion = crdOf(object)?.spec.versions.find(candidate => candidate.name === versionOf(object));
  if (!crdVersion?.schema?.openAPIV3Schema) return undefined;
  const root = strict(crdVersion.schema.openAPIV3Schema);
  const metadata = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
  const own = { ...root, properties: { ...(root.properties as Schema), ...identity, metadata } };
  return { ...own, definitions: closureOf(own, definitions) };
}

function declares(definition: Schema, object: KubernetesObject): boolean {
  const kinds = definition['x-kubernetes-group-version-kind'] as
    { group: string; version: string; kind: string }[] | undefined;
  return (
    kinds?.length === 1 &&
    kinds[0].kind === object.kind &&
    kinds[0].version === versionOf(object) &&
    kinds[0].group === groupOf(object)
  );
}

/** Every definition that a schema reaches, made strict. */
function closureOf(root: Schema, definitions: Definitions): Definitions {
  const closure: Record<string, Schema> = {};
  const pending = [...referencesIn(root)];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name in closure) continue;
    closure[name] = name === quantity ? number : strict(definitions[name]);
    pending.push(...referencesIn(closure[name]));
  }
  return closure;
}

function referencesIn(schema: Schema): string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, name]) => name);
}

/** The same schema, closed: an object that names its properties has no others. */
function strict(schema: Schema): Schema {
  // JSONSchemaProps has a property called $ref: only a text at the place of a schema is a reference.
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref };
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return scalar;
  const closed: Record<string, unknown> = {};
  for (const keyword of keywords) {
    if (keyword in schema) closed[keyword] = schema[keyword];
  }
  for (const keyword of combinations) {
    if (Array.isArray(schema[keyword])) closed[keyword] = (schema[keyword] as Schema[]).map(part => condition(part));
  }
  if (isSchema(schema.items)) closed.items = strict(schema.items);
  if (isSchema(schema.additionalProperties)) closed.additionalProperties = strict(schema.additionalProperties);
  if (isSchema(schema.properties)) {
    closed.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, strict(property as Schema)]),
    );
    if (closed.additionalProperties === undefined && schema['x-kubernetes-preserve-unknown-fields'] !== true) {
      closed.additionalProperties = false;
    }
  }
  if (schema.nullable === true && typeof schema.type === 'string') closed.type = [schema.type, 'null'];
  return closed;
}

/** A part of `allOf` and the like restricts what stands beside it; it names fields without closing the object. */
function condition(schema: Schema): Schema {
  const { description: _, ...rest } = schema;
  return rest;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
