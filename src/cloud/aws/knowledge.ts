import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clashesOf } from './across';
import { awsPolicies } from './policies';
import { awsRules } from './rules';
import type { ProviderKnowledge, ProviderSchema } from '../validate';

let known: ProviderKnowledge | undefined;

/** What is known of the provider of AWS, read once. */
export function awsKnowledge(): ProviderKnowledge {
  known ??= read();
  return known;
}

function read(): ProviderKnowledge {
  const schema = JSON.parse(readFileSync(join(__dirname, 'schema.json'), 'utf8')) as ProviderSchema & { readonly version: string };
  return { name: 'aws', version: schema.version, schema, rules: awsRules, policies: awsPolicies, across: clashesOf };
}
