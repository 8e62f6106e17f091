import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bytes, number, text } from './wire';
import type { AttributeSchema, BlockSchema, ProviderSchema } from '../../../../src/cloud/validate/knowledge';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';

const root = join(__dirname, '../../../..');
const pinned = join(root, 'schemas/terraform');

type Sections = ProviderSchema & { readonly ephemeral_resource_schemas?: ProviderSchema['resource_schemas'] };

/** A provider's schema, as `terraform providers schema -json` would print it. */
export interface Schema extends Sections {
  readonly provider: { readonly block?: BlockSchema };
}

/** The sections of a schema: what a stack calls them, and their field in the answer of the protocol. */
const sections = [
  { section: 'resource_schemas', called: 'resource', field: 2 },
  { section: 'data_source_schemas', called: 'data', field: 3 },
  { section: 'ephemeral_resource_schemas', called: 'ephemeral', field: 8 },
] as const;

const nestings: Readonly<Record<string, number>> = { single: 1, list: 2, set: 3, map: 4, group: 5 };
const loaded = new Map<string, Schema>();

/**
 * The schema of a provider in exactly the version that a stack requires.
 *
 * @throws Error when that version is not among the pinned ones: another one would judge another thing.
 */
export function loadSchema(name: string, version: string): Schema {
  const file = `${name}-${version}.json.gz`;
  const present = loaded.get(file);
  if (present) return present;
  const path = join(pinned, file);
  if (!existsSync(path)) throw new Error(`provider ${name}: version is ${version}, expected one of ${readdirSync(pinned).join(', ')} in schemas/terraform`);
  const schema = { ...JSON.parse(gunzipSync(readFileSync(path)).toString()) as Sections, provider: configurationOf(name) };
  loaded.set(file, schema);
  return schema;
}

/** The provider's own arguments, which the pinned file does not have: the library carries them. */
function configurationOf(name: string): Schema['provider'] {
  const folder = join(root, 'src/cloud');
  const candidates = readdirSync(folder).filter(cloud => name.startsWith(cloud)).map(cloud => join(folder, cloud, 'schema.json')).filter(existsSync);
  const provider = candidates.map(file => (JSON.parse(readFileSync(file, 'utf8')) as Partial<Schema>).provider).find(found => found);
  if (!provider) throw new Error(`provider ${name}: no schema.json below src/cloud tells its own arguments; run npm run import`);
  return provider;
}

/** The answer of the protocol that tells a schema, cut to the types that are used: verdicts are the same, and it takes a tenth of the time. */
export function encodeSchema(schema: Schema, used: readonly TerraformJson[]): Buffer {
  return Buffer.concat([
    bytes(1, encoded(schema.provider)),
    ...sections.flatMap(({ section, called, field }) => {
      const types = new Set(used.flatMap(stack => Object.keys(stack[called] ?? {})));
      return [...types].sort().flatMap(type => {
        const known = schema[section]?.[type];
        return known ? [bytes(field, [text(1, type), bytes(2, encoded(known))])] : [];
      });
    }),
  ]);
}

function encoded({ version, block }: { readonly version?: number; readonly block?: BlockSchema }): Buffer[] {
  return [number(1, version), bytes(2, encodedBlock(block ?? {}))];
}

function encodedBlock({ attributes = {}, block_types: blocks = {}, deprecated }: BlockSchema): Buffer[] {
  return [
    ...Object.entries(attributes).map(([name, attribute]) => bytes(2, encodedAttribute(name, attribute))),
    ...Object.entries(blocks).map(([name, nested]) => bytes(3, [
      text(1, name), bytes(2, encodedBlock(nested.block ?? {})),
      number(3, nestings[nested.nesting_mode]), number(4, nested.min_items), number(5, nested.max_items),
    ])),
    number(6, deprecated),
  ];
}

function encodedAttribute(name: string, attribute: AttributeSchema): Buffer[] {
  return [
    text(1, name),
    ...(attribute.type === undefined ? [] : [text(2, JSON.stringify(attribute.type))]),
    number(4, attribute.required),
    number(5, attribute.optional),
    number(6, attribute.computed),
    number(7, attribute.sensitive),
    number(9, attribute.deprecated),
    ...(attribute.nested_type ? [bytes(10, [
      ...Object.entries(attribute.nested_type.attributes).map(([member, nested]) => bytes(1, encodedAttribute(member, nested))),
      number(3, nestings[attribute.nested_type.nesting_mode]),
    ])] : []),
    number(11, attribute.write_only),
  ];
}
