import type { Policy } from '../../validate/knowledge';
import type { Block, SynthesizedStack } from '../../validate/stack';
import { attachedTo } from './_attached';
import type { PolicyHead } from './_policy';
import { policy } from './_policy';

export interface Attachment extends PolicyHead {
  /** Types of resources of which one refers to the block, or is referred to by it. */
  readonly by: readonly string[];
  /** What to do, said after the semicolon. */
  readonly remedy: string;
  /** Blocks that the policy speaks of; others are not asked. @default all of its types */
  readonly where?: (block: Block, stack: SynthesizedStack) => boolean;
  /** What the block may say itself instead. @default nothing */
  readonly unless?: (block: Block) => boolean;
}

/** A policy that wants another resource beside a block. */
export function attachment(asked: Attachment): Policy {
  const { by, remedy, where = () => true, unless = () => false } = asked;
  return policy(asked, (block, stack) => !where(block, stack) || unless(block) || by.some(type => attachedTo(block, type, stack).length > 0)
    ? []
    : [{ at: '', message: `has no ${by.join(' or ')}, expected one that refers to it; ${remedy}` }]);
}
