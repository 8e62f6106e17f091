/* eslint-disable no-bitwise -- a generator of random numbers mixes bits */

/** A source of choices: the same seed, the same choices. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  /** An integer from 0 up to, not including, a limit. */
  below(limit: number): number;
  pick<T>(options: readonly T[]): T;
  /** As many as the dice say, below a limit. */
  some<T>(limit: number, make: (index: number) => T): T[];
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32: 32 bits of state, every seed far from its neighbours.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next, below,
    chance: probability => next() < probability,
    pick: options => options[below(options.length)],
    some: (limit, make) => Array.from({ length: below(limit) }, (_, index) => make(index)),
  };
}
