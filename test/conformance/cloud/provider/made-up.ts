import { createHash } from 'node:crypto';
import type { Value } from './message-pack';
import type { AttributeSchema, TerraformType } from '../../../../src/cloud/validate/knowledge';

export const account = '123456789012';
const region = 'eu-central-1';

/** What stands in for what a cloud would answer: always the same for the same resource, and of the form that its name promises. */
export function madeUp(type: TerraformType, name: string, of: string, mayBeEmpty = false): Value {
  const hash = digest(`${of}.${name}`);
  if (type === 'string') return textOf(name, of, hash);
  if (type === 'number') return 1;
  if (type === 'bool') return false;
  if (typeof type === 'string') return null;
  if (type[0] === 'map') return new Map();
  if (type[0] === 'tuple') return type[1].map(member => madeUp(member, name, of));
  if (type[0] === 'object') {
    const members = Object.entries(type[1]).sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(members.map(([member, memberType]) => [member, madeUp(memberType, member, `${of}.${name}`)]));
  }
  // What could have been set and was not stays empty: scanners read these values too.
  return mayBeEmpty ? [] : [madeUp(type[1], name, of)];
}

/** What a certificate wants to be proved by: a record for each of its names, which those who prove it look for. */
export function proofsOf(names: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return names.map(name => ({
    domain_name: name, resource_record_name: `_${digest(name)}.${name.replace(/^\*\./, '')}.`, resource_record_type: 'CNAME', resource_record_value: `_${digest(`${name} proved`)}.acm-validations.aws.`,
  }));
}

function textOf(name: string, of: string, hash: string): string {
  // A data source of the caller's own whereabouts, which policies are written with.
  if (/^(account_id|owner_id)$/.test(name)) return account;
  if (name === 'partition') return 'aws';
  if (name === 'dns_suffix') return 'amazonaws.com';
  if (name === 'region' || (of === 'aws_region' && /^(id|name)$/.test(name))) return region;
  if (/(^|_)arn$/.test(name)) return `arn:aws:${of.split('_')[1]?.split(/\W/)[0] ?? 'pretended'}:${region}:${account}:${of.replace(/\W.*/s, '')}/${hash}`;
  // Databases are told by the name of a host alone.
  if (/(^|_)endpoint$/.test(name) && /^aws_(rds|db|elasticache)_/.test(of)) return `${hash}.${region}.example.com`;
  if (name === 'name_servers') return `ns-${hash}.example.com`;
  if (/(^|_)(endpoint|issuer|url)$/.test(name)) return `https://${hash}.${region}.example.com`;
  if (/(^|_)(data|certificate|key)$/.test(name)) return Buffer.from(`${name}-${hash}`).toString('base64');
  return `${name}-${hash}`;
}

/** The type of an attribute, also of one whose attributes are told one by one. */
export function typeOf({ type, nested_type: nested }: AttributeSchema): TerraformType {
  if (type !== undefined || !nested) return type ?? 'dynamic';
  const object: TerraformType = ['object', Object.fromEntries(Object.entries(nested.attributes).map(([name, attribute]) => [name, typeOf(attribute)]))];
  return nested.nesting_mode === 'single' ? object : [nested.nesting_mode, object];
}

export function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
