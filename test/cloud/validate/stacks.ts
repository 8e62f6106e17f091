import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsOf, readStack, type Policy, type ProviderKnowledge, type ProviderSchema, type TerraformJson, type TypeRules } from '../../../src/cloud/validate';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../src/cloud/aws/schema.json'), 'utf8')) as ProviderSchema & { version: string };

/** The provider of AWS as it is shipped, without rules and policies unless some are given. */
export function awsWith(rules: Readonly<Record<string, TypeRules>> = {}, policies: readonly Policy[] = []): ProviderKnowledge {
  return { name: 'aws', version: schema.version, schema, rules, policies };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A stack of resources by their addresses, `data.` before those of data sources, with paths as cdktf writes them; other sections as they are. */
export function stackOf(blocks: Blocks, sections: TerraformJson = {}): TerraformJson {
  const json: Record<'resource' | 'data', Record<string, Record<string, Record<string, unknown>>>> = { resource: {}, data: {} };
  for (const [address, body] of Object.entries(blocks)) {
    const kind = address.startsWith('data.') ? 'data' : 'resource';
    const [type, name] = address.replace(/^data\./, '').split('.');
    (json[kind][type] ??= {})[name] = { '//': { metadata: { path: `plant/${name}` } }, ...body };
  }
  return { ...json, ...sections };
}

/** What is wrong, as `path at: message`. */
export function told(json: TerraformJson, ...knowledge: readonly ProviderKnowledge[]): string[] {
  const findings = findingsOf(readStack('plant', json), knowledge.length > 0 ? knowledge : [awsWith()]);
  return findings.map(({ path, at, message }) => `${path}${at && ` ${at}`}: ${message}`);
}

/** A network and a subnet that are right. */
export const network = {
  'aws_vpc.main': { cidr_block: '10.0.0.0/16' },
  'aws_subnet.a': { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.0.0/24' },
};
