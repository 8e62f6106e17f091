import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsPolicies } from './policies';
import { awsRules } from './rules';
import type { ProviderKnowledge, ProviderSchema } from '../validate';

/** The version of the provider that the bindings are generated from. */
const version = '6.25.0';

let known: ProviderKnowledge | undefined;

/** What is known of the provider of AWS, read once. */
export function awsKnowledge(): ProviderKnowledge {
  known ??= { name: 'aws', version, schema: JSON.parse(readFileSync(join(__dirname, 'schema.json'), 'utf8')) as ProviderSchema, rules: awsRules, policies: awsPolicies };
  return known;
}
