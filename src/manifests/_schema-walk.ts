import { coreDefinitions, schemaOf } from './_schemas';
import type { SchemaNode } from './_schema-node';

/** A place in a schema: the node that describes what stands there, and what it is called. */
export interface Place {
  readonly node: SchemaNode;
  /** The name of the definition; empty where the schema has none. */
  readonly definition: string;
  /** The field that the value stands in; empty at the root and in lists. */
  readonly field: string;
  readonly definitions: Readonly<Record<string, SchemaNode>>;
}

const metadataOnly: SchemaNode = { type: 'object', properties: { metadata: { $ref: 'ObjectMeta' } } };

/** Where the schema of an object begins; of a foreign kind only the metadata is known. */
export function rootPlace(object: Readonly<Record<string, unknown>>): Place {
  const schema = schemaOf(String(object.apiVersion), String(object.kind));
  return schema === undefined
    ? { node: metadataOnly, definition: '', field: '', definitions: coreDefinitions }
    : { node: schema.root, definition: schema.entry.definition, field: '', definitions: schema.definitions };
}

/** The place of a field, or of a key of a map; undefined where the schema says nothing. */
export function fieldPlace(place: Place | undefined, field: string): Place | undefined {
  const { properties, additionalProperties } = place?.node ?? {};
  return resolved(place, properties !== undefined && Object.hasOwn(properties, field) ? properties[field] : additionalProperties, field);
}

/** The place of a list's entries. */
export function itemPlace(place: Place | undefined): Place | undefined {
  return resolved(place, place?.node.items, '');
}

function resolved(place: Place | undefined, node: SchemaNode | undefined, field: string): Place | undefined {
  if (place === undefined || node === undefined) return undefined;
  const { definitions } = place;
  return node.$ref === undefined ? { node, definition: '', field, definitions } : { node: definitions[node.$ref], definition: node.$ref, field, definitions };
}

/** Whether a definition is one of Kubernetes itself, whose conventions hold: what is empty means the same as what is not there. */
export function isCore({ definition }: Place): boolean {
  return Object.hasOwn(coreDefinitions, definition);
}
