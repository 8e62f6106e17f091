import { z } from 'zod';
import { reasonSchema } from './syntax';
import { waivable, waivedPrefix, type Waivable } from './waivable';

/** The id of a rule that can be waived; that of a policy is its own behind `policy-`. */
export type WaivableRule = keyof typeof waivable | `policy-${string}`;

/** A rule that a service does not keep, and why that is right. */
export interface Waiver {
  readonly rule: WaivableRule;
  /** Why, for those who read the manifest: at least 10 characters. */
  readonly reason: string;
}

/** Says that a service does not keep a rule, and why. */
export function waive(rule: WaivableRule, reason: string): Waiver {
  return { rule, reason };
}

const isBuiltIn = (rule: string): rule is keyof typeof waivable => Object.hasOwn(waivable, rule);
const isRule = (rule: string): rule is WaivableRule => isBuiltIn(rule) || /^policy-[a-z][a-z0-9-]{0,39}$/.test(rule);
const ofPolicies: Waivable = { kinds: 'all', upstream: [] };

export const waiverSchema = z.strictObject({
  /** The id of the rule. */
  rule: z.string().refine(isRule, { error: 'expected the id of a rule, such as container-cpu-limit' }),
  /** Why it does not hold here, 10 to 500 characters. */
  reason: reasonSchema,
});

export const waiversSchema = z.array(waiverSchema).superRefine((waivers, context) => waivers.forEach(({ rule }, index) => {
  if (waivers.findIndex(other => other.rule === rule) !== index) context.addIssue({ code: 'custom', path: [index, 'rule'], message: 'names a rule that another one waives already; leave one of the two out' });
}));

export type WaiverSpec = z.output<typeof waiverSchema>;

/**
 * The annotations that tell other linters of the waivers that concern an object, each in its own notation, and people the reasons.
 *
 * @see https://docs.kubelinter.io/#/configuring-kubelinter?id=ignoring-violations-for-specific-cases
 * @see https://polaris.docs.fairwinds.com/customization/exemptions/
 * @see https://github.com/zegl/kube-score#ignoring-a-test
 */
export function waiverAnnotations(waivers: readonly WaiverSpec[], kind: string): Record<string, string> {
  const annotations: Record<string, string> = {};
  const scores: string[] = [];
  for (const { rule, reason } of waivers) {
    const { kinds, upstream }: Waivable = isBuiltIn(rule) ? waivable[rule] : ofPolicies;
    if (kinds !== 'all' && !kinds.includes(kind)) continue;
    annotations[`${waivedPrefix}${rule}`] = reason;
    for (const id of upstream) {
      const check = id.slice(id.indexOf(':') + 1);
      if (id.startsWith('kube-linter:')) annotations[`ignore-check.kube-linter.io/${check}`] = reason;
      if (id.startsWith('polaris:')) annotations[`polaris.fairwinds.com/${check}-exempt`] = 'true';
      if (id.startsWith('kube-score:')) scores.push(check);
    }
  }
  return scores.length ? { ...annotations, 'kube-score/ignore': [...new Set(scores)].sort().join(',') } : annotations;
}
