import type { BlockSchema, ProviderSchema } from '../../../../src/cloud/validate/knowledge';
import type { Arguments, TerraformJson } from '../../../../src/cloud/validate/stack';

/** A stack as an older version of its provider can read it. */
export interface OlderStack {
  readonly json: TerraformJson;
  /** What that version does not know, by type and argument: `aws_vpc.region`. */
  readonly left: readonly string[];
}

/** What a version of a provider does not know is left out of a copy of the stack; all else it can judge. */
export function withoutTheNew(stack: TerraformJson, schema: ProviderSchema): OlderStack {
  const left = new Set<string>();
  const section = (kind: 'resource' | 'data', types: ProviderSchema['resource_schemas']): TerraformJson => {
    const kept = Object.entries(stack[kind] ?? {}).flatMap(([type, named]): [string, Readonly<Record<string, Arguments>>][] => {
      const block = types[type]?.block;
      // Types of other providers stay as they are.
      if (!type.startsWith('aws_')) return [[type, named]];
      if (!block) left.add(type);
      return block ? [[type, Object.fromEntries(Object.entries(named).map(([name, body]) => [name, known(body, block, type, left)]))]] : [];
    });
    return kept.length > 0 ? { [kind]: Object.fromEntries(kept) } : {};
  };
  const { resource: _, data: __, ...rest } = stack;
  const json = { ...rest, ...section('resource', schema.resource_schemas), ...section('data', schema.data_source_schemas) };
  return { json, left: [...left].sort() };
}

/** Arguments of Terraform's own, which no schema has. */
const meta = ['//', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'connection', 'provisioner', 'dynamic'];

function known(body: Arguments, { attributes = {}, block_types: blocks = {} }: BlockSchema, path: string, left: Set<string>): Arguments {
  return Object.fromEntries(Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    const nested = blocks[name]?.block;
    if (nested) {
      const inside = (member: unknown) => known(member as Arguments, nested, `${path}.${name}`, left);
      return [[name, Array.isArray(value) ? value.map(inside) : inside(value)]];
    }
    if (attributes[name] || meta.includes(name)) return [[name, value]];
    left.add(`${path}.${name}`);
    return [];
  }));
}
