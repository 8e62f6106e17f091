import type { RuleFacts } from './rule';
import { rules } from './rules';
import { schemaRules } from './schema-rules';
import { waiverIdle } from './waiver';

/** What there is to say about everything that can be found, in the order of the ids. */
export const catalogue: readonly RuleFacts[] = [...rules, ...schemaRules, waiverIdle]
  .map(({ id, severity, title, why, remedy, upstream }) => ({ id, severity, title, why, remedy, upstream }))
  .sort((one, other) => (one.id < other.id ? -1 : 1));
