import { bareReference, referencesIn } from '../../validate/references';
import type { Block, SynthesizedStack } from '../../validate/stack';

interface Links {
  /** Blocks whose arguments mention a block. */
  readonly from: ReadonlyMap<Block, readonly Block[]>;
  /** Blocks that a block's arguments mention. */
  readonly to: ReadonlyMap<Block, readonly Block[]>;
}

/** Read once for all policies of a stack. */
const known = new WeakMap<SynthesizedStack, Links>();

/** The blocks of a type whose arguments mention a block. */
export function referrersOf(block: Block, type: string, stack: SynthesizedStack): readonly Block[] {
  return (linksOf(stack).from.get(block) ?? []).filter(other => other.type === type && other.kind === 'resource');
}

/** The blocks of a type that the arguments of a block mention. */
export function referredFrom(block: Block, type: string, stack: SynthesizedStack): readonly Block[] {
  return (linksOf(stack).to.get(block) ?? []).filter(other => other.type === type && other.kind === 'resource');
}

/** The blocks of a type that mention a block or are mentioned by it. */
export function attachedTo(block: Block, type: string, stack: SynthesizedStack): readonly Block[] {
  return [...new Set([...referrersOf(block, type, stack), ...referredFrom(block, type, stack)])];
}

/** The block of a type that a text points to: `${aws_vpc.network.id}`. */
export function targetOf(value: unknown, type: string, stack: SynthesizedStack): Block | undefined {
  if (typeof value !== 'string') return undefined;
  return mentionsIn(value).map(address => stack.blockAt(address)).find(block => block?.type === type);
}

/** Whether two values name the same thing: the same text, or expressions that point to the same block. */
export function sameTarget(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  if (one === other) return true;
  const [first] = mentionsIn(one);
  return first !== undefined && mentionsIn(other)[0] === first;
}

/** Whether a block waits for another one, itself or through what it mentions. */
export function comesAfter(block: Block, earlier: Block, stack: SynthesizedStack): boolean {
  const seen = new Set<Block>();
  const waits = (one: Block): boolean => {
    if (seen.has(one)) return false;
    seen.add(one);
    const before = [...linksOf(stack).to.get(one) ?? [], ...waitedFor(one, stack)];
    return before.includes(earlier) || before.some(waits);
  };
  return waits(block);
}

function waitedFor(block: Block, stack: SynthesizedStack): readonly Block[] {
  return [block.body.depends_on ?? []].flat().flatMap(target => {
    const found = typeof target === 'string' ? stack.blockAt(bareReference(target)?.address ?? '') : undefined;
    return found ? [found] : [];
  });
}

function linksOf(stack: SynthesizedStack): Links {
  const links = known.get(stack) ?? linksIn(stack);
  known.set(stack, links);
  return links;
}

function linksIn(stack: SynthesizedStack): Links {
  const from = new Map<Block, Block[]>();
  const to = new Map<Block, Block[]>();
  for (const block of stack.blocks) {
    const targets = new Set<Block>();
    for (const address of mentionsIn(block.body)) {
      const target = stack.blockAt(address);
      if (target && target !== block) targets.add(target);
    }
    to.set(block, [...targets]);
    for (const target of targets) from.set(target, [...from.get(target) ?? [], block]);
  }
  return { from, to };
}

/** The addresses that the expressions of a value speak of. */
function mentionsIn(value: unknown): readonly string[] {
  return referencesIn(value).filter(({ kind }) => kind === 'resource' || kind === 'data').map(({ address }) => address);
}
