import type { Finding } from './finding';
import type { Manifest } from './manifest';
import type { RuleFacts } from './rule';
import { waivedPrefix } from '../spec/waivable';

/** The reason for which an object does not keep a rule; undefined when no waiver says one. */
export function reasonOf(rule: string, { annotations }: Pick<Manifest, 'annotations'>): string | undefined {
  return annotations.get(waivedPrefix + rule)?.trim() || undefined;
}

/** What is said of a waiver that waives nothing. */
export const waiverIdle: RuleFacts = {
  id: 'waiver-idle',
  severity: 'error',
  title: 'waiver waives nothing',
  why: 'Whoever reads it believes in an exception that there is not, and the next real one hides behind it.',
  remedy: 'Remove the waiver, name the rule that is meant, or say the reason.',
  upstream: [],
};

/** What is known of waivers once the rules have spoken. */
interface Outcome {
  /** Every finding that a waiver is about. */
  readonly waived: readonly Finding[];
  /** The ids of the rules that spoke. */
  readonly judged: ReadonlySet<string>;
  /** The ids of all rules. */
  readonly known: ReadonlySet<string>;
}

/** A waiver as it stands on one object. */
interface Waiver { readonly object: Manifest; readonly rule: string; readonly text: string }

/**
 * Waivers that waive nothing: of no rule, without a reason, or of a rule that is kept. One that is said of a service stands on each of its
 * objects that the rule may speak of, so the same words count as one, and it is idle only when none of them needs it.
 */
export function idleWaivers(objects: readonly Manifest[], { waived, judged, known }: Outcome): readonly Finding[] {
  const needed = new Set(waived.map(({ rule, waived: reason = '' }) => wordsOf(rule, reason)));
  const wrongWith = (rule: string, text: string): string | undefined => {
    // Policies are known only to who brings them: without any, nothing can be said of their waivers.
    if (!known.has(rule)) return isOfPolicy(rule) && ![...known].some(isOfPolicy) ? undefined : 'of no rule, expected the id of one';
    if (text.trim() === '') return 'without a reason, expected one';
    return judged.has(rule) && !needed.has(wordsOf(rule, text)) ? 'of a rule that is kept, expected none; remove it' : undefined;
  };
  const idle = new Map<string, Finding>();
  for (const { object, rule, text } of waiversOn(objects)) {
    const wrong = wrongWith(rule, text);
    const words = wordsOf(rule, text);
    if (wrong === undefined) continue;
    const found = findingOf(object, rule, wrong);
    const other = idle.get(words);
    if (other === undefined || placeOf(found) < placeOf(other)) idle.set(words, found);
  }
  return [...idle.values()];
}

function waiversOn(objects: readonly Manifest[]): Waiver[] {
  return objects.flatMap((object) => [...object.annotations].filter(([key]) => key.startsWith(waivedPrefix))
    .map(([key, text]) => ({ object, rule: key.slice(waivedPrefix.length), text })));
}

function findingOf({ apiVersion, kind, namespace, name }: Manifest, rule: string, wrong: string): Finding {
  const path = `metadata.annotations.${waivedPrefix}${rule}`;
  return { rule: waiverIdle.id, severity: waiverIdle.severity, object: { apiVersion, kind, namespace, name }, path, message: `${path} is a waiver ${wrong}`, upstream: [] };
}

const isOfPolicy = (rule: string) => rule.startsWith('policy-');
const wordsOf = (rule: string, reason: string) => JSON.stringify([rule, reason.trim()]);
const placeOf = ({ object: { namespace, kind, name } }: Finding) => JSON.stringify([namespace, kind, name]);
