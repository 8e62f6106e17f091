import type { SchemaNode } from './_schema-node';

type Nodes = Readonly<Record<string, SchemaNode>>;

/**
 * The same definitions with every word in every node, said or not. Each object that is checked asks thousands of times for words that are not
 * there, and an engine is quick with that only where all nodes have the same form.
 */
export function uniform(definitions: Nodes): Nodes {
  return Object.fromEntries(Object.entries(definitions).map(([name, node]) => [name, uniformNode(node)]));
}

function uniformNode(node: SchemaNode): { [Word in keyof Required<SchemaNode>]: SchemaNode[Word] } {
  return {
    $ref: node.$ref,
    type: node.type,
    properties: node.properties && uniform(node.properties),
    items: node.items && uniformNode(node.items),
    additionalProperties: node.additionalProperties && uniformNode(node.additionalProperties),
    required: node.required,
    nullable: node.nullable,
    since: node.since,
    until: node.until,
    default: node.default,
    format: node.format,
    pattern: node.pattern,
    enum: node.enum,
    enumSince: node.enumSince,
    minimum: node.minimum,
    maximum: node.maximum,
    minLength: node.minLength,
    maxLength: node.maxLength,
    minItems: node.minItems,
    maxItems: node.maxItems,
    minProperties: node.minProperties,
    maxProperties: node.maxProperties,
    requiredUntil: node.requiredUntil,
    exactlyOne: node.exactlyOne,
    keys: node.keys,
    maxBytes: node.maxBytes,
    mapKeys: node.mapKeys,
    set: node.set,
    preserve: node.preserve,
    oneOf: node.oneOf?.map(uniformNode),
    anyOf: node.anyOf?.map(uniformNode),
    allOf: node.allOf?.map(uniformNode),
    not: node.not && uniformNode(node.not),
  };
}
