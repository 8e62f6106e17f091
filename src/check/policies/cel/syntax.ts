import type { Type } from './types';
import type { Value } from './values';

interface Node { readonly at: number }

/** An element of a list, or a pair of a map; one behind a question mark is left out when it is absent. */
export interface Entry { readonly key?: Expression; readonly value: Expression; readonly optional: boolean }

export type Literal = Node & { readonly kind: 'literal'; readonly type: Type; readonly value: Value };
export type Select = Node & { readonly kind: 'select'; readonly target: Expression; readonly field: string; readonly optional: boolean };
export type Has = Node & { readonly kind: 'has'; readonly target: Expression; readonly field: string };
export type Call = Node & { readonly kind: 'call'; readonly name: string; readonly target?: Expression; readonly args: readonly Expression[] };
export type Logic = Node & { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression };
export type Choice = Node & { readonly kind: 'if'; readonly condition: Expression; readonly then: Expression; readonly otherwise: Expression };

/** The macros that look at each item of a list, or at each key of a map. */
export const loops = ['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter'] as const;
export type Loop = Node & {
  readonly kind: 'loop';
  readonly macro: typeof loops[number] | 'optMap' | 'optFlatMap';
  readonly range: Expression;
  readonly variable: string;
  /** What `map` with three arguments asks first. */
  readonly condition?: Expression;
  readonly body: Expression;
};

/** An expression, as far as it is evaluated here. */
export type Expression =
  | Literal
  | Node & { readonly kind: 'name'; readonly name: string }
  | Select
  | Has
  | Call
  | Logic
  | Choice
  | Node & { readonly kind: 'list'; readonly items: readonly Entry[] }
  | Node & { readonly kind: 'map'; readonly entries: readonly (Entry & { readonly key: Expression })[] }
  | Loop;
