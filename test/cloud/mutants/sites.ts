import type { BlockSchema, ProviderSchema } from '../../../src/cloud/validate/knowledge';
import { referencesIn } from '../../../src/cloud/validate/references';
import type { TerraformJson } from '../../../src/cloud/validate/stack';

/** JSON that may be changed. */
export type Json = Record<string, unknown>;

/** A block, or one nested in it. */
export interface Site {
  readonly address: string;
  readonly kind: 'resource' | 'data' | 'ephemeral' | 'provider';
  readonly type: string;
  readonly name: string;
  /** Where in the block; empty for the block itself. */
  readonly at: string;
  readonly body: Json;
  readonly schema: BlockSchema;
}

/** A text of the stack, with what holds it. */
export interface TextSite {
  readonly address: string;
  readonly at: string;
  readonly holder: Json;
  readonly key: string;
  readonly text: string;
}

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The blocks of a stack whose schemas are known, and the blocks in them. */
export function sitesIn(json: TerraformJson, schema: ProviderSchema): Site[] {
  const sites: Site[] = [];
  const nested = (site: Site): void => {
    sites.push(site);
    for (const [name, { block }] of Object.entries(site.schema.block_types ?? {})) {
      const bodies = [site.body[name]].flat().filter(isJson);
      bodies.forEach((body, index) => nested({ ...site, body, schema: block ?? {}, at: `${site.at ? `${site.at}.` : ''}${name}[${index}]` }));
    }
  };
  for (const [kind, schemas] of [['resource', schema.resource_schemas], ['data', schema.data_source_schemas], ['ephemeral', schema.ephemeral_resource_schemas ?? {}]] as const) {
    for (const [type, named] of Object.entries((json[kind] ?? {}) as Record<string, Record<string, unknown>>)) {
      for (const [name, body] of Object.entries(named)) {
        const address = `${kind === 'resource' ? '' : `${kind}.`}${type}.${name}`;
        if (schemas[type]?.block) nested({ address, kind, type, name, at: '', body: body as Json, schema: schemas[type].block });
      }
    }
  }
  for (const [type, bodies] of Object.entries(json.provider ?? {})) {
    for (const body of bodies) {
      const alias = typeof body.alias === 'string' ? `.${body.alias}` : '';
      if (schema.provider?.block) nested({ address: `provider.${type}${alias}`, kind: 'provider', type, name: alias, at: '', body: body as Json, schema: schema.provider.block });
    }
  }
  return sites;
}

/** Every text in resources and data sources that refers to something. */
export function textsIn(json: TerraformJson): TextSite[] {
  const texts: TextSite[] = [];
  const visit = (holder: unknown, address: string, at: string): void => {
    for (const [key, value] of Array.isArray(holder) ? holder.entries() : Object.entries(isJson(holder) ? holder : {})) {
      const name = String(key);
      if (name === '//' || (at === '' && ['depends_on', 'lifecycle', 'provider'].includes(name))) continue;
      const path = Array.isArray(holder) ? `${at}[${name}]` : at ? `${at}.${name}` : name;
      if (typeof value === 'string' && referencesIn(value).length > 0) texts.push({ address, at: path, holder: holder as Json, key: name, text: value });
      else visit(value, address, path);
    }
  };
  for (const kind of ['resource', 'data'] as const) {
    for (const [type, named] of Object.entries(json[kind] ?? {})) {
      for (const [name, body] of Object.entries(named)) visit(body, `${kind === 'data' ? 'data.' : ''}${type}.${name}`, '');
    }
  }
  return texts;
}
