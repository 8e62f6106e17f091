import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import type { Block, SynthesizedStack } from '../../validate/stack';
import { hasExpression } from '../../validate/template';
import type { Problem } from './_place';
import { isFalse, isTrue, placesOf } from './_place';

/** What names a policy. */
export interface PolicyHead {
  readonly id: string;
  /** @default none */
  readonly also?: readonly string[];
  readonly title: string;
  /** Types of resources; of data sources with `data.` before them, of a provider with `provider.`. */
  readonly types: readonly string[];
}

/** What a value must be, with the words for it. */
export interface Wanted {
  readonly words: string;
  accepts(value: unknown): boolean;
}

export interface Requirement extends PolicyHead {
  /** The argument, without indexes: `metadata_options.http_tokens`. */
  readonly at: string;
  readonly wanted: Wanted;
  /** What to do, said after the semicolon. */
  readonly remedy: string;
  /**
   * Whether the provider's own default keeps the policy.
   * @default false
   */
  readonly mayBeUnset?: boolean;
  /** Blocks that the policy speaks of; others are not asked. @default all of its types */
  readonly where?: (block: Block, stack: SynthesizedStack) => boolean;
}

/** A policy over blocks of its types, whatever it looks at. */
export function policy(head: PolicyHead, problems: (block: Block, stack: SynthesizedStack) => readonly Problem[]): Policy {
  const { id, also = [], title, types } = head;
  const kinds = new Set(types);
  return {
    id, also, title, types,
    problems: (block, stack) => kinds.has(kindOf(block)) ? problems(block, stack) : [],
  };
}

/** A policy that asks one argument for a value. A value that is known only after apply keeps it. */
export function requirement(asked: Requirement): Policy {
  const { at, wanted, remedy, mayBeUnset = false, where = () => true } = asked;
  return policy(asked, (block, stack) => {
    if (!where(block, stack)) return [];
    const places = placesOf(block.body, at);
    if (places.length === 0) return mayBeUnset ? [] : [unset(at, wanted, remedy)];
    return places.flatMap(place => {
      if (place.value === undefined) return mayBeUnset ? [] : [unset(place.at, wanted, remedy)];
      if (wanted.accepts(place.value) || hasExpression(place.value)) return [];
      return [{ at: place.at, message: `is ${told(place.value)}, expected ${wanted.words}; ${remedy}` }];
    });
  });
}

export const on: Wanted = { words: 'true', accepts: isTrue };

export const off: Wanted = { words: 'false', accepts: isFalse };

/** Any value at all that is not empty. */
export const something: Wanted = {
  words: 'a value',
  accepts: value => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
};

/** A key of one's own: an ARN or id that is not the alias of one that AWS manages. */
export const ownKey: Wanted = {
  words: 'a key of your own',
  accepts: value => typeof value === 'string' && value !== '' && !value.includes('alias/aws/'),
};

export function oneOfThese(...values: readonly (string | number)[]): Wanted {
  const texts = values.map(String);
  return { words: texts.map(text => told(text)).join(' or '), accepts: value => texts.includes(String(value)) };
}

function unset(at: string, wanted: Wanted, remedy: string): Problem {
  return { at, message: `is unset, expected ${wanted.words}; ${remedy}` };
}

function kindOf(block: Block): string {
  return block.kind === 'resource' ? block.type : `${block.kind}.${block.type}`;
}
