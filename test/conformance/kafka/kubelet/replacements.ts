/** What may be replaced, and nothing else. */
export type ReplacementKind = 'mount path' | 'default path' | 'bind address' | 'heap size' | 'jars' | 'java' | 'flags' | 'certificate' | 'secret';

export interface Replacement {
  readonly kind: ReplacementKind;
  readonly from: string;
  readonly to: string;
}

/** Everything that was replaced, each once. */
export interface Replacements {
  record(kind: ReplacementKind, from: string, to: string): void;
  list(): readonly Replacement[];
}

export function createReplacements(): Replacements {
  const known = new Map<string, Replacement>();
  return {
    record: (kind, from, to) => {
      if (from !== to) known.set(JSON.stringify([kind, from, to]), { kind, from, to });
    },
    list: () => [...known.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.from.localeCompare(b.from)),
  };
}

/** One line each, for the report. */
export const lineOf = ({ kind, from, to }: Replacement): string => `${kind}: ${from} -> ${to}`;
