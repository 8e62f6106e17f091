import type { Difference } from '../../manifests/difference';
import type { Located } from './side';

/** Two environments that are compared: what one is called there is called otherwise here. */
export interface Fold {
  /** The objects of the first, in the namespaces of the second. */
  readonly before: readonly Located[];
  /** Whether a difference only says that these are two environments. */
  isBound(difference: Difference): boolean;
}

/** Follows from the configuration, which says the name of its environment. */
const checksum = '["marty-msf/config-checksum"]';

/**
 * Lays one environment over another: namespaces that correspond become one, and values that are only the environment's or the namespace's name
 * are no difference.
 */
export function folded(before: readonly Located[], after: readonly Located[], names: readonly [string, string]): Fold {
  const namespaces = correspondence(before, after);
  const words = [...namespaces].filter(([one, other]) => one !== other);
  const normal = (value: unknown, side: 0 | 1): string => {
    let text = JSON.stringify(value) ?? '';
    for (const [index, pair] of [...words, names].entries()) text = text.replace(wordOf(pair[side]), `\u0001${index < words.length ? index : 'environment'}\u0001`);
    return text;
  };
  return {
    before: before.map(located => ({ ...located, line: located.line, object: moved(located.object, namespaces) })),
    isBound: ({ path, before: one, after: other, hidden, change }) => path.endsWith(checksum)
      || (change === 'changed' && !hidden && one !== undefined && other !== undefined && normal(one, 0) === normal(other, 1)),
  };
}

const wordOf = (name: string) => new RegExp(`(?<![A-Za-z0-9-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9-])`, 'g');

/** The namespaces of one environment with those of the other: by their names, and else by most of the objects that both have. */
function correspondence(before: readonly Located[], after: readonly Located[]): ReadonlyMap<string, string> {
  const there = new Map<string, string[]>();
  for (const { object } of after) there.set(nameOf(object), [...there.get(nameOf(object)) ?? [], object.metadata.namespace ?? '']);
  const votes = new Map<string, Map<string, number>>();
  for (const { object } of before) {
    const mine = object.metadata.namespace;
    if (!mine) continue;
    const counted = votes.get(mine) ?? new Map<string, number>();
    votes.set(mine, counted);
    for (const namespace of there.get(nameOf(object)) ?? []) counted.set(namespace, (counted.get(namespace) ?? 0) + (namespace === mine ? 2 : 1));
  }
  return new Map([...votes].map(([mine, counted]) => [mine, [...counted].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? mine]));
}

const nameOf = ({ apiVersion, kind, metadata }: Located['object']) => [apiVersion.replace(/\/.*/, ''), kind, metadata.name].join(' ');

function moved(object: Located['object'], namespaces: ReadonlyMap<string, string>): Located['object'] {
  const { name = '', namespace } = object.metadata;
  const isNamespace = object.kind === 'Namespace' && object.apiVersion === 'v1';
  const renamed = isNamespace ? { name: namespaces.get(name) ?? name } : {};
  const placed = namespace ? { namespace: namespaces.get(namespace) ?? namespace } : {};
  return { ...object, metadata: { ...object.metadata, ...renamed, ...placed } };
}
