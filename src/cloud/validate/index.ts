import { judgeArguments } from './arguments';
import { judgeEphemeral } from './ephemeral';
import { judgeGraph } from './graph';
import type { ProviderKnowledge } from './knowledge';
import { collector, judgedStack, type JudgedStack } from './place';
import { judgePolicies, waive, type Waiver, type WaivedFinding } from './policies';
import { judgeSecrets } from './sensitive';
import type { Finding, SynthesizedStack } from './stack';
import { judgeValues } from './values';

export { readStack } from './stack';
export type { Arguments, Block, Finding, SynthesizedStack, TerraformJson } from './stack';
export type { Policy, ProviderKnowledge, ProviderSchema, TypeRules, ValueRule } from './knowledge';
export type { Waiver, WaivedFinding } from './policies';

export interface JudgeOptions {
  /** Findings that are meant. What Terraform or its provider refuses cannot be waived. @default - none */
  readonly waivers?: readonly Waiver[];
}

/** What is to be said about a stack. */
export interface Judgement {
  /** What is wrong, by path of construct. */
  readonly findings: readonly Finding[];
  /** What would be, had it not been waived. */
  readonly waived: readonly WaivedFinding[];
  /** Waivers that nothing needs; remove them. */
  readonly unused: readonly Waiver[];
  /** Types that nothing is known of, with how many blocks there are of each: they were not judged. */
  readonly unjudged: Readonly<Record<string, number>>;
}

/** Judges a synthesized stack: what Terraform would refuse, what its providers would, and the policies. */
export function judge(stack: SynthesizedStack, knowledge: readonly ProviderKnowledge[], { waivers = [] }: JudgeOptions = {}): Judgement {
  const judged = judgedStack(stack, knowledge);
  const { findings, report } = collector();
  const locals = new Map();
  judgeArguments(judged, locals, report);
  judgeGraph(judged, locals, report);
  const refused = new Set(findings.map(({ address, at }) => `${address} ${at}`));
  // What is no number need not be told to be out of range as well.
  judgeValues(judged, (rule, place, at, message) => refused.has(`${place.address} ${at}`) || report(rule, place, at, message));
  judgeSecrets(judged, locals, report);
  judgeEphemeral(judged, report);
  judgePolicies(judged, report, refused.size === 0);
  const policies = knowledge.flatMap(provider => provider.policies);
  return { ...waive(inOrder(findings), waivers, policies), unjudged: unjudgedOf(judged) };
}

/** What is wrong with a synthesized stack and not waived. */
export function findingsOf(stack: SynthesizedStack, knowledge: readonly ProviderKnowledge[], options?: JudgeOptions): readonly Finding[] {
  return judge(stack, knowledge, options).findings;
}

const keys = ['path', 'address', 'at', 'rule', 'message'] as const;

function inOrder(findings: readonly Finding[]): Finding[] {
  const compare = (a: Finding, b: Finding): number => {
    const key = keys.find(name => a[name] !== b[name]);
    return key === undefined ? 0 : a[key] < b[key] ? -1 : 1;
  };
  const sorted = [...findings].sort(compare);
  return sorted.filter((finding, index) => index === 0 || compare(sorted[index - 1], finding) !== 0);
}

function unjudgedOf(judged: JudgedStack): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const place of judged.places) {
    const { kind, type } = place;
    if (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral' && kind !== 'provider') continue;
    if (judged.schemaOf(place) || (kind !== 'provider' && judged.providerOf(type) && !isLeftOut(type, kind, judged))) continue;
    const told = kind === 'resource' ? type : `${kind}.${type}`;
    counts[told] = (counts[told] ?? 0) + 1;
  }
  return counts;
}

function isLeftOut(type: string, kind: 'resource' | 'data' | 'ephemeral', judged: JudgedStack): boolean {
  return judged.providerOf(type)?.schema.other_types?.[kind]?.includes(type) ?? false;
}
