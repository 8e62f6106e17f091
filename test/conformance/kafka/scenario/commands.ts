/** A command of a plan, taken apart as a shell does it: words, and quotes that keep them together. */
export function wordsOf(command: string): string[] {
  const word = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;
  return (command.match(word) ?? []).map(each => each.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''));
}

/** What a command of a plan asks for. */
export type Asked =
  | { readonly kind: 'synth' }
  | { readonly kind: 'apply' }
  | { readonly kind: 'exec'; readonly pod: string; readonly container: string; readonly command: readonly string[] }
  | { readonly kind: 'delete pod'; readonly pod: string }
  | { readonly kind: 'delete claim'; readonly claim: string }
  | { readonly kind: 'wait for pod'; readonly pod: string }
  | { readonly kind: 'wait'; readonly pod: string; readonly seconds: number };

/**
 * Reads a command of a plan. A plan may say nothing but what is known here.
 *
 * @throws Error for any other command
 */
export function askedBy(command: string, namespace: string): Asked {
  const words = wordsOf(command);
  const text = words.join(' ');
  if (text === 'marty synth') return { kind: 'synth' };
  if (/^kubectl apply --server-side --kustomize \S+$/.test(text)) return { kind: 'apply' };
  const [program, option, where, ...rest] = words;
  if (program === 'kubectl' && option === '--namespace' && where === namespace) {
    const [verb, first, second, third, ...more] = rest;
    if (verb === 'exec' && second === '--container' && more[0] === '--') return { kind: 'exec', pod: first, container: third, command: more.slice(1) };
    if (/^delete pod \S+ --wait=true$/.test(rest.join(' '))) return { kind: 'delete pod', pod: second };
    if (/^delete persistentvolumeclaim \S+( --wait=false)?$/.test(rest.join(' '))) return { kind: 'delete claim', claim: second };
    const [, fresh] = /^wait --for=create pod\/(\S+) --timeout=\d+s$/.exec(rest.join(' ')) ?? [];
    if (fresh !== undefined) return { kind: 'wait for pod', pod: fresh };
    const [, pod, seconds] = /^wait --for=condition=Ready pod\/(\S+) --timeout=(\d+)s$/.exec(rest.join(' ')) ?? [];
    if (pod !== undefined) return { kind: 'wait', pod, seconds: Number(seconds) };
  }
  throw new Error(`plan: command is ${command}, expected one that is known: apply, exec, delete pod, delete persistentvolumeclaim, wait`);
}
