import { descriptionProblems } from '../../src/spec/description';
import type { Mutant } from './mutants';

/** How a mutant fared: refused at its place, refused elsewhere, or accepted. */
export type Verdict = { readonly verdict: 'refused' } | { readonly verdict: 'elsewhere'; readonly paths: readonly string[] } | { readonly verdict: 'accepted' };

/** Holds a document against what is known to be wrong with it. */
export function verdictOf({ document, path, also = [] }: Omit<Mutant, 'what'>): Verdict {
  const paths = descriptionProblems(document).map(problem => problem.path);
  if (paths.length === 0) return { verdict: 'accepted' };
  return paths.some(found => [path, ...also].some(right => isRight(found, right))) ? { verdict: 'refused' } : { verdict: 'elsewhere', paths };
}

/** The place itself, what lies inside of it, or the thing that it is a field of. */
function isRight(found: string, path: string): boolean {
  return found === path || found.startsWith(`${path}.`) || found.startsWith(`${path}[`) || path === '' || found === parentOf(path);
}

const parentOf = (path: string) => path.replace(/(\.|^)("(\\.|[^"\\])*"|[^.[\]"]+)$|\[\d+\]$/, '');
