import { aligned } from '../../manifests/alignment';
import type { ChangedObject } from './result';

/** One line of what is told, and whether it is there only before, only after, or on both sides. */
export interface Line { readonly sign: '+' | '-' | '~' | ' '; readonly text: string }

const longest = 100;
/** Unchanged lines that are shown around a change in a text. */
const around = 2;

/** How an object is called: `Deployment shop/api`. */
export function titleOf({ place, kind, namespace, name }: ChangedObject): string {
  return `${place ? `${place}: ` : ''}${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** What differs within an object, a line for each value or line of a text. */
export function linesOf({ differences }: ChangedObject): Line[] {
  return differences.flatMap(({ path, change, before, after, hidden }): Line[] => {
    if (hidden) return [{ sign: signs[change], text: `${path}: ${change} (not shown: it may be secret)` }];
    if (change === 'moved') return [{ sign: '~', text: `${path}: in another order: ${textOf(before)} → ${textOf(after)}` }];
    if (change === 'changed' && isText(before) && isText(after)) return [{ sign: '~', text: `${path}:` }, ...textLines(before, after)];
    if (change === 'changed') return [{ sign: '~', text: `${path}: ${textOf(before)} → ${textOf(after)}` }];
    return [{ sign: signs[change], text: `${path}: ${textOf(change === 'added' ? after : before)}` }];
  });
}

const signs = { added: '+', removed: '-', changed: '~', moved: '~' } as const;
const isText = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

/** A value on one line. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' && /^[\w./:@$(){}-][\w ./:@$(){},;=+-]*$/.test(value) ? value : JSON.stringify(value) ?? 'nothing';
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The lines that differ between two texts, with some around them. */
function textLines(before: string, after: string): Line[] {
  const lines = aligned(before.split('\n'), after.split('\n'), line => line, true).flatMap(({ before: old, after: fresh }): Line[] => {
    if (old && fresh && old.value === fresh.value) return [{ sign: ' ', text: `    ${old.value}` }];
    return [...old ? [{ sign: '-' as const, text: `    ${old.value}` }] : [], ...fresh ? [{ sign: '+' as const, text: `    ${fresh.value}` }] : []];
  });
  return lines.filter((_, index) => lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => sign !== ' '));
}
