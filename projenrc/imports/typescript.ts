import type { KindEntry, SchemaFile, SchemaNode } from '../../src/manifests/_schema-node';

/** Writes one interface per definition; kinds say their `apiVersion` and `kind` as literals. */
export function typesOf(file: SchemaFile, header: string): string {
  const kindsOf = new Map<string, string[]>();
  for (const [key, { definition }] of Object.entries(file.kinds)) kindsOf.set(definition, [...kindsOf.get(definition) ?? [], key]);
  const blocks = Object.entries(file.definitions).map(([name, node]) => interfaceOf(name, node, kindsOf, file.kinds));
  const foreign = file.definitions.ObjectMeta ? [] : ["import type { ObjectMeta } from './kubernetes';\n"];
  return [`${header}\n`, ...foreign, ...blocks].join('\n');
}

function interfaceOf(name: string, node: SchemaNode, kindsOf: Map<string, string[]>, kinds: SchemaFile['kinds']): string {
  const keys = kindsOf.get(name) ?? [];
  const lines = Object.entries(node.properties ?? {}).map(([field, child]) => {
    if (keys.length && field === 'apiVersion') return `  apiVersion: ${keys.map(key => `'${key.slice(0, key.lastIndexOf('/'))}'`).join(' | ')};`;
    if (keys.length && field === 'kind') return `  kind: '${keys[0].slice(keys[0].lastIndexOf('/') + 1)}';`;
    const needed = node.required?.includes(field) || (keys.length > 0 && field === 'metadata');
    const word = /^[A-Za-z_]\w*$/.test(field) ? field : `'${field}'`;
    return `${availability(child, '  ')}  ${word}${needed ? '' : '?'}: ${typeOf(child, kindsOf)};`;
  });
  const doc = keys.length ? `/** \`${keys.join('`, `')}\`${versions(kinds[keys[0]])} */\n` : '';
  return lines.length
    ? `${doc}export interface ${name} {\n${lines.join('\n')}\n}\n`
    : `${doc}export type ${name} = Record<string, never>;\n`;
}

function typeOf(node: SchemaNode, kindsOf: Map<string, string[]>): string {
  if (node.$ref !== undefined) return kindsOf.has(node.$ref) ? `Omit<${node.$ref}, 'apiVersion' | 'kind'>` : node.$ref;
  if (node.enum) return node.enum.map(value => (typeof value === 'string' ? `'${value}'` : String(value))).join(' | ');
  if (node.items) {
    const item = typeOf(node.items, kindsOf);
    return item.includes(' | ') && !item.startsWith('Omit<') ? `readonly (${item})[]` : `readonly ${item}[]`;
  }
  if (node.additionalProperties) return `Readonly<Record<string, ${typeOf(node.additionalProperties, kindsOf)}>>`;
  switch (node.type) {
    case 'string': case 'boolean': case 'number': return node.type;
    case 'integer': return 'number';
    case 'quantity': case 'int-or-string': return 'string | number';
    default: return 'unknown';
  }
}

function availability(node: SchemaNode, indent: string): string {
  const text = versions(node);
  return text ? `${indent}/**${text.replace(/^;/, '')} */\n` : '';
}

function versions({ since, until }: Pick<KindEntry, 'since' | 'until'>): string {
  const parts = [since === undefined ? '' : `since Kubernetes ${since}`, until === undefined ? '' : `until Kubernetes ${until}`].filter(Boolean);
  return parts.length ? `; ${parts.join(', ')}` : '';
}
