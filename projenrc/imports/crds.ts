import { ownWords, type OpenApiNode } from './open-api';
import type { Crd } from './sources';
import type { KindEntry, SchemaFile, SchemaNode } from '../../src/manifests/_schema-node';

/** Definitions of one file by name, and the names by content: equal objects share one definition. */
interface Definitions {
  readonly byName: Map<string, SchemaNode>;
  readonly byContent: Map<string, string>;
}

/** Turns the served versions of the wanted kinds into definitions, one per distinct object. */
export function convertCrds(crds: readonly Crd[], wanted: readonly string[]): SchemaFile {
  const definitions: Definitions = { byName: new Map(), byContent: new Map() };
  const kinds: Record<string, KindEntry> = {};
  for (const kind of wanted) {
    const crd = crds.find(candidate => candidate.spec.names.kind === kind);
    if (!crd) throw new Error(`no definition of ${kind} in the source`);
    for (const version of crd.spec.versions.filter(({ served }) => served)) {
      const root = version.schema.openAPIV3Schema;
      const { status: _status, metadata: _metadata, ...properties } = root.properties ?? {};
      const required = root.required?.filter(field => field in properties);
      const node = convert({ ...root, properties, required }, kind, definitions, { metadata: { $ref: 'ObjectMeta' } });
      kinds[`${crd.spec.group}/${version.name}/${kind}`] = { definition: node.$ref ?? kind, scope: crd.spec.scope };
    }
  }
  return { kinds, definitions: Object.fromEntries([...definitions.byName].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function convert(node: OpenApiNode, name: string, definitions: Definitions, extra: Record<string, SchemaNode> = {}): SchemaNode {
  const converted: SchemaNode = { ...ownWords(node), ...junctors(node) };
  if (node.items) converted.items = convert(node.items, singular(name), definitions);
  if (typeof node.additionalProperties === 'object') {
    converted.additionalProperties = convert(node.additionalProperties, singular(name), definitions);
    return converted;
  }
  if (node.type !== 'object') return converted;
  if (node.properties === undefined && converted.preserve) return { ...converted, type: 'any' };
  if (node.required?.length) converted.required = node.required;
  const fields = Object.entries(node.properties ?? {});
  const own = fields.map(([field, child]): [string, SchemaNode] => [field, convert(child, name + capital(field), definitions)]);
  converted.properties = Object.fromEntries([...own, ...Object.entries(extra)].sort(([a], [b]) => (a < b ? -1 : 1)));
  return define(converted, name, definitions);
}

function define(node: SchemaNode, name: string, { byName, byContent }: Definitions): SchemaNode {
  const { default: fallback, ...definition } = node;
  const content = JSON.stringify(definition);
  const known = byContent.get(content);
  if (known === undefined) {
    if (byName.has(name)) return define(node, `${name}Again`, { byName, byContent });
    byContent.set(content, name);
    byName.set(name, definition);
  }
  return { $ref: known ?? name, ...(fallback === undefined ? {} : { default: fallback }) };
}

/** Logical branches only narrow values: they stay in place and define nothing. */
function junctors(node: OpenApiNode): SchemaNode {
  const found: SchemaNode = {};
  for (const word of ['oneOf', 'anyOf', 'allOf'] as const) {
    const branches = node[word];
    if (branches && !(word === 'anyOf' && node['x-kubernetes-int-or-string'])) found[word] = branches.map(branch);
  }
  if (node.not) found.not = branch(node.not);
  return found;
}

function branch(node: OpenApiNode): SchemaNode {
  const narrowed: SchemaNode = { ...ownWords(node), ...junctors(node) };
  if (node.required) narrowed.required = node.required;
  if (node.properties) narrowed.properties = Object.fromEntries(Object.entries(node.properties).map(([field, child]) => [field, branch(child)]));
  return narrowed;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `HTTPRouteSpecRules` holds entries of `HTTPRouteSpecRule`. */
function singular(word: string): string {
  if (/(ss|Dns)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.replace(/(?<=s|ch|x)es$|s$/, '');
}
