import { formats } from './_formats';
import { report, under, type Walk } from './_report';
import type { KindEntry } from './_schema-node';
import { isRecord, walk } from './_walk';

/** Kinds whose names are stricter or looser than a DNS subdomain, which is the rule. */
const nameFormats: Readonly<Record<string, string>> = {
  Namespace: 'dns-label',
  Service: 'dns-1035-label',
  StatefulSet: 'dns-label',
  Role: 'path-segment',
  RoleBinding: 'path-segment',
  ClusterRole: 'path-segment',
  ClusterRoleBinding: 'path-segment',
};

/** Kinds that lengthen their name for what they create, and so ask for a shorter one. */
const longestNames: Readonly<Record<string, number>> = { CronJob: 52, Job: 63 };

/**
 * Name and namespace of an object, whose syntax depends on its kind; the rest of its metadata is a matter of the schema, which the caller
 * applies where there is one (`entry`).
 */
export function walkMetadata(run: Walk, kind: string, entry: KindEntry | undefined, metadata: unknown): void {
  if (metadata === undefined) return under(run, 'metadata', () => report(run, 'missing', 'missing', 'an object'));
  if (entry === undefined) under(run, 'metadata', () => walk(run, { $ref: 'ObjectMeta' }, metadata));
  if (!isRecord(metadata)) return;
  const { name, generateName, namespace } = metadata;
  const at = (field: string, got: string, expected: string, advice?: string): void => under(run, 'metadata', () => under(run, field, () => {
    report(run, got === 'missing' ? 'missing' : 'value', got, expected, advice);
  }));
  if (name === undefined && generateName === undefined) at('name', 'missing', 'a name');
  if (typeof name === 'string') {
    const format = formats[nameFormats[kind] ?? 'dns-subdomain'];
    const most = longestNames[kind] ?? 253;
    if (!format.test(name)) at('name', JSON.stringify(name), format.expected);
    else if (name.length > most) at('name', `${name.length} characters long`, `at most ${most}`);
  }
  if (typeof namespace === 'string' && !formats['dns-label'].test(namespace)) at('namespace', JSON.stringify(namespace), formats['dns-label'].expected);
  if (namespace !== undefined && entry?.scope === 'Cluster') at('namespace', 'set', `none: ${kind} belongs to the whole cluster`, 'leave it out');
}
