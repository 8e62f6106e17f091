const step = /\['([^']*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g;

/**
 * The steps of a path as far as they lead through a value. Names with dots in them, such as those of labels, are found although the dots
 * separate steps.
 */
export function stepsOf(value: unknown, path: string): readonly (string | number)[] {
  const words = wordsOf(path);
  const steps: (string | number)[] = [];
  let holder = value;
  for (let at = 0; at < words.length;) {
    const taken = lengthOfStep(holder, words, at);
    if (taken === 0) break;
    const name = taken === 1 ? words[at] : words.slice(at, at + taken).join('.');
    steps.push(name);
    holder = (holder as Readonly<Record<string | number, unknown>>)[name];
    at += taken;
  }
  return steps;
}

/** The same fault stands at the same place of many objects. */
const splitPaths = new Map<string, readonly (string | number)[]>();
const mostPaths = 10_000;

function wordsOf(path: string): readonly (string | number)[] {
  const known = splitPaths.get(path);
  if (known) return known;
  const words = [...path.matchAll(step)].map(([, single, double, index, plain]) => {
    if (index !== undefined) return Number(index);
    return single ?? (double === undefined ? plain : unescaped(double));
  });
  if (splitPaths.size < mostPaths) splitPaths.set(path, words);
  return words;
}

function lengthOfStep(holder: unknown, words: readonly (string | number)[], at: number): number {
  if (typeof holder !== 'object' || holder === null) return 0;
  if (Object.hasOwn(holder, words[at])) return 1;
  for (let end = at + 2; end <= words.length; end++) {
    if (Object.hasOwn(holder, words.slice(at, end).join('.'))) return end - at;
  }
  return 0;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
