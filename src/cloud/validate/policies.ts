import type { Policy } from './knowledge';
import type { JudgedStack, Report } from './place';
import type { Block, Finding, SynthesizedStack } from './stack';

/** Lets a rule be broken at a construct, and beneath it. */
export interface Waiver {
  /** The id of the policy, or one of other scanners for it. */
  readonly rule: string;
  /** The path of the construct, as findings tell it. */
  readonly path: string;
  /** Why it may be broken. */
  readonly reason?: string;
}

/** A finding that a waiver speaks of. */
export interface WaivedFinding extends Finding {
  readonly reason?: string;
}

/** Runs policies over the resources they speak of; `data.` and `provider.` before a type mean data sources and providers. */
export function judgePolicies({ stack, knowledge }: JudgedStack, report: Report, sound: boolean): void {
  const others = new Map<string, Block[]>();
  for (const block of stack.blocks) {
    const type = `${block.kind}.${block.type}`;
    if (block.kind !== 'resource') others.set(type, [...others.get(type) ?? [], block]);
  }
  for (const policy of knowledge.flatMap(({ policies }) => policies)) {
    for (const block of policy.types.flatMap(type => others.get(type) ?? stack.ofType(type))) {
      for (const { at, message } of problemsOf(policy, block, stack, sound)) report(policy.id, block, at, message);
    }
  }
}

function problemsOf(policy: Policy, block: Block, stack: SynthesizedStack, sound: boolean): ReturnType<Policy['problems']> {
  try {
    return policy.problems(block, stack);
  } catch (error) {
    // A policy may trust that arguments are what the schema says; where they are not, that has been told.
    if (sound) throw error;
    return [];
  }
}

interface Sorted {
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  readonly unused: readonly Waiver[];
}

/** Sorts findings into those that stand, those that are waived, and waivers that nothing needs. */
export function waive(findings: readonly Finding[], waivers: readonly Waiver[], policies: readonly Policy[]): Sorted {
  const idOf = new Map(policies.flatMap(({ id, also }) => also.map(other => [other, id] as const)));
  const used = new Set<Waiver>();
  const standing: Finding[] = [];
  const waived: WaivedFinding[] = [];
  for (const finding of findings) {
    const fitting = waivers.filter(({ rule, path }) => (rule === finding.rule || idOf.get(rule) === finding.rule)
      && (finding.path === path || finding.path.startsWith(`${path}/`)));
    // What Terraform or its provider refuses does not work, whoever agrees to it.
    if (fitting.length === 0 || finding.rule === 'terraform' || finding.rule === 'provider') {
      standing.push(finding);
    } else {
      for (const waiver of fitting) used.add(waiver);
      waived.push(fitting[0].reason === undefined ? finding : { ...finding, reason: fitting[0].reason });
    }
  }
  return { findings: standing, waived, unused: waivers.filter(waiver => !used.has(waiver)) };
}
