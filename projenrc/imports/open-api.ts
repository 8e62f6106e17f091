import type { SchemaNode } from '../../src/manifests/_schema-node';

/** A node of the OpenAPI dialects that Kubernetes publishes. */
export interface OpenApiNode {
  '$ref'?: string;
  'type'?: string;
  'format'?: string;
  'pattern'?: string;
  'enum'?: unknown[];
  'default'?: unknown;
  'nullable'?: boolean;
  'minimum'?: number;
  'maximum'?: number;
  'minLength'?: number;
  'maxLength'?: number;
  'minItems'?: number;
  'maxItems'?: number;
  'minProperties'?: number;
  'maxProperties'?: number;
  'properties'?: Record<string, OpenApiNode>;
  'required'?: string[];
  'additionalProperties'?: OpenApiNode | boolean;
  'items'?: OpenApiNode;
  'oneOf'?: OpenApiNode[];
  'anyOf'?: OpenApiNode[];
  'allOf'?: OpenApiNode[];
  'not'?: OpenApiNode;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
}

const kept = [
  'format', 'pattern', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties',
] as const;
const types = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const;

/** Reads one node without its children: type, bounds and list semantics. */
export function ownWords(node: OpenApiNode): SchemaNode {
  const own: SchemaNode = {};
  const type = types.find(name => name === node.type);
  if (type) own.type = type;
  if (node['x-kubernetes-int-or-string']) own.type = 'int-or-string';
  for (const word of kept) {
    if (node[word] !== undefined) Object.assign(own, { [word]: node[word] });
  }
  if (node.pattern) assertPortable(node.pattern);
  if (meansSomething(node.default)) own.default = node.default;
  if (node.nullable) own.nullable = true;
  if (node['x-kubernetes-list-map-keys']) own.mapKeys = node['x-kubernetes-list-map-keys'];
  if (node['x-kubernetes-list-type'] === 'set') own.set = true;
  if (node['x-kubernetes-preserve-unknown-fields']) own.preserve = true;
  return own;
}

/** Zero values of Go are written into the documents as defaults; they are none. */
function meansSomething(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== 0 && value !== false && JSON.stringify(value) !== '{}';
}

/** Patterns are Go's. A leading `(?i)` is understood at run time; anything else that JavaScript reads differently stops the import. */
function assertPortable(pattern: string): void {
  const rest = pattern.replace(/^(\^?)\(\?i\)/, '$1');
  if (/\(\?(?!:)|\\[AzZpPQEC]|\[\[:/.test(rest)) throw new Error(`pattern ${pattern} uses syntax that JavaScript reads differently; translate it`);
  new RegExp(rest);
}
