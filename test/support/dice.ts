import fc, { type GeneratorValue } from 'fast-check';

/** Where a generated description gets its choices from. */
export interface Dice {
  /** Whether an optional thing is there. */
  maybe(): boolean;
  /** A number from a range, its ends included. */
  int(min: number, max: number): number;
  /** One of some options. `site` tells places in the description apart. */
  pick<T>(site: string, options: readonly T[]): T;
  /** How many of something there are. */
  count(min: number, max: number): number;
  /** A DNS label that was not there before at this site. */
  label(site: string, max: number): string;
  /** The name of something declared that was not there before in this list. */
  alias(site: string, taken: readonly string[]): string;
}

const letters = fc.constantFrom(...'abcxyz');
const inner = fc.constantFrom(...'abcxyz019-');

/** Names that every object has anyway, and that careless code takes for declared ones. */
const treacherous = ['constructor', 'toString', 'valueOf', 'hasOwnProperty'] as const;

/** A DNS label of at most `max` characters, without two hyphens in a row. */
function labels(max: number) {
  return fc.tuple(letters, fc.string({ unit: inner, maxLength: max - 2 }), letters)
    .map(parts => parts.join('').replace(/-{2,}/g, '-').slice(0, max));
}

/** Rolls anew for every choice. */
export function randomDice(g: GeneratorValue): Dice {
  const taken = new Map<string, Set<string>>();
  const unique = (site: string, make: () => string, max: number) => {
    const names = taken.get(site) ?? new Set<string>();
    taken.set(site, names);
    let name = make();
    for (let number = 2; names.has(name); number++) name = `${name.slice(0, max - String(number).length)}${number}`;
    names.add(name);
    return name;
  };
  return {
    maybe: () => g(fc.boolean),
    int: (min, max) => g(fc.integer, { min, max }),
    pick: (_, options) => options[g(fc.nat, { max: options.length - 1 })],
    // Small more often than large, so that many fit into a run.
    count: (min, max) => Math.min(g(fc.integer, { min, max }), g(fc.integer, { min, max })),
    label: (site, max) => unique(site, () => (g(fc.nat, { max: 9 }) === 0 && site.endsWith('port') ? 'constructor' : g(labels, max)), max),
    alias: (_, others) => {
      const wanted = g(fc.nat, { max: 9 }) === 0 ? g(fc.constantFrom, ...treacherous) : g(fc.constantFrom, 'db', 'cache', 'orderPlaced', 'theOther', 'v2');
      let name: string = wanted;
      for (let number = 2; others.includes(name); number++) name = `${wanted}${number}`;
      return name;
    },
  };
}

/** Says everything that can be said: all that is optional is there, and choices go round their options. */
export function fullDice(): Dice {
  const turns = new Map<string, number>();
  const turn = (site: string) => {
    const next = turns.get(site) ?? 0;
    turns.set(site, next + 1);
    return next;
  };
  return {
    maybe: () => true,
    int: (min, max) => Math.min(max, min + 1),
    pick: (site, options) => options[turn(site) % options.length],
    count: (_, max) => max,
    label: (site, max) => `${site.slice(0, Math.max(1, max - 3))}-${'abcdefghijklmnopqrstuvwxyz'[turn(site) % 26]}${Math.floor(turn(`${site}+`) / 26)}`,
    alias: (site, others) => `${site}${others.length}`,
  };
}
