import type { Component, Layer } from './factor';
import { lengthOf, type ObjectPatch } from './object-patch';
import type { Source, Sources } from './source';

/** What is saved at least by a component, in characters, beyond what naming it takes. */
const componentLength = 120;
const mentionLength = 30;

/** The layers of the environments, once it is known who shares what. */
export interface Divided {
  readonly components: readonly Component[];
  readonly layers: ReadonlyMap<string, Layer & { readonly components: readonly string[] }>;
}

/** Collects what goes above the base, and finds what several environments have in common. */
export interface Shares {
  addFiles(file: string, holders: Sources): void;
  addPatches(file: string, patches: ReadonlyMap<string, ObjectPatch>): void;
  divided(): Divided;
}

/** One thing, with the environments that have it. */
interface Share {
  readonly file: string;
  readonly names: readonly string[];
  readonly length: number;
  readonly source?: Source;
  readonly patch?: ObjectPatch;
}

/** @param environments all of them, in the order in which they are named. */
export function createShares(environments: readonly string[]): Shares {
  const shares: Share[] = [];
  return {
    addFiles: (file, holders) => {
      for (const [names, source] of groupsOf(holders, ({ text }) => text)) shares.push({ file, names, source, length: source.text.length });
    },
    addPatches: (file, patches) => {
      for (const [names, patch] of groupsOf(patches, each => JSON.stringify(each))) shares.push({ file, names, patch, length: lengthOf(patch) });
    },
    divided: () => dividedAmong(environments, shares),
  };
}

function groupsOf<T>(values: ReadonlyMap<string, T>, keyOf: (value: T) => string): (readonly [names: readonly string[], value: T])[] {
  const groups = new Map<string, { names: string[]; value: T }>();
  for (const [name, value] of values) {
    const key = keyOf(value);
    const group = groups.get(key) ?? { names: [], value };
    groups.set(key, group);
    group.names.push(name);
  }
  return [...groups.values()].map(({ names, value }) => [names, value]);
}

function dividedAmong(environments: readonly string[], shares: readonly Share[]): Divided {
  const bySet = new Map<string, Share[]>();
  for (const share of shares) {
    const key = JSON.stringify(share.names);
    const list = bySet.get(key);
    if (list) list.push(share);
    else bySet.set(key, [share]);
  }
  const own = new Map(environments.map(name => [name, { shares: [] as Share[], components: [] as string[] }]));
  const components: Component[] = [];
  for (const group of bySet.values()) {
    const { names } = group[0];
    const saved = group.reduce((sum, { length }) => sum + length * (names.length - 1), 0);
    if (names.length > 1 && saved > componentLength + mentionLength * names.length) {
      const name = componentName(names, new Set(components.map(each => each.name)));
      components.push({ name, ...layerOf(group) });
      for (const environment of names) own.get(environment)?.components.push(name);
    } else {
      for (const environment of names) own.get(environment)?.shares.push(...group);
    }
  }
  const layers = new Map([...own].map(([name, each]) => [name, { components: each.components.sort(), ...layerOf(each.shares) }]));
  return { components: components.sort((a, b) => (a.name < b.name ? -1 : 1)), layers };
}

function layerOf(shares: readonly Share[]): Layer {
  const sorted = [...shares].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return {
    files: new Map(sorted.flatMap(({ file, source }) => (source ? [[file, source] as const] : []))),
    patches: sorted.flatMap(({ patch }) => patch ?? []),
  };
}

/** After the environments that share it, as far as that can be read. */
function componentName(names: readonly string[], taken: ReadonlySet<string>): string {
  const joined = names.join('-and-');
  const plain = joined.length <= 63 ? joined : `${names.length}-environments`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(name)) return name;
  }
}
