import type { Document } from 'yaml';

/** The documents of a YAML text, or the line of the first thing in it that is none. */
export type Documents = { readonly documents: readonly unknown[] } | { readonly line: number };

/**
 * Reads a YAML text as Kubernetes does, without resolving dates. What is wrong is told by its line alone, since the text may hold secrets.
 * Fields keep the order in which they are written, but for those whose names are numbers.
 */
export function documentsOf(text: string): Documents {
  const parsed = yaml().parseAllDocuments(text) as Document[];
  const wrong = parsed.find(({ errors }) => errors.length > 0)?.errors[0];
  if (wrong) return { line: wrong.linePos?.[0].line ?? 1 };
  return { documents: parsed.map(document => document.toJS() as unknown).filter(document => document !== null && document !== undefined) };
}

/** Loaded when something is read: most programs only write. */
function yaml(): typeof import('yaml') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml') as typeof import('yaml');
}
