import { isRecord } from '../../spec/frozen';
import type { Infrastructure } from '../../spec/infrastructure';

/** What a file tells of an environment and what was made for it no longer does: stores, zones, certificates, controllers. */
export function lostFrom(text: string, made: Infrastructure): string[] {
  const before = toldBy(parsed(text));
  const now = new Set(toldBy(made));
  return before.filter(each => !now.has(each));
}

function toldBy(made: unknown): string[] {
  if (!isRecord(made)) return [];
  const { stores, controllers, dns, ...rest } = made;
  const { zones, certificates } = isRecord(dns) ? dns : {};
  const within = (name: string, value: unknown) => (isRecord(value) ? Object.keys(value).map(key => `${name}.${key}`) : []);
  return [
    ...within('stores', stores), ...within('dns.zones', zones), ...within('dns.certificates', certificates),
    ...Array.isArray(controllers) ? controllers.map(name => `controllers.${String(name)}`) : [],
    ...['karpenter', 'disks', 'topics'].filter(name => rest[name] !== undefined),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
