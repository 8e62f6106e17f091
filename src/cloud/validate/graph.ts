import { cyclesOf, type Edge } from './cycles';
import { boundTypes, typeOfTemplate } from './inference';
import { isRecord } from './json-value';
import { prefixOf, type JudgedStack, type Place, type Report } from './place';
import { bareReference, referencesOf, referencesOfTemplate, textsIn, type BlockText, type Reference } from './references';
import type { Scope } from './resolution';
import type { Arguments } from './stack';
import { parseBare } from './template';

/** Judges what places say about each other: that it exists, has what is asked of it, and that nothing waits for itself. */
export function judgeGraph(judged: JudgedStack, locals: Scope['locals'], report: Report): void {
  const edges = new Map<Place, readonly Edge[]>();
  for (const place of judged.places) if (place.kind !== 'terraform') edges.set(place, edgesOf(place, judged, locals, report));
  for (const cycle of cyclesOf(judged.places, edges)) {
    const [first] = cycle;
    const told = cycle.map(({ from, at }) => `${from.address}${at ? ` (${at})` : ''}`).join(' → ');
    report('terraform', first.from, first.at, `waits for itself: ${told} → ${first.from.address}; take one of these references out`);
  }
}

function edgesOf(place: Place, judged: JudgedStack, locals: Scope['locals'], report: Report): Edge[] {
  const edges: Edge[] = [];
  const link = ({ address }: Pick<Reference, 'address'>, at: string) => {
    const to = judged.placeAt(address);
    if (to && to !== place && to.kind !== 'output' && to.kind !== 'terraform') edges.push({ from: place, to, at });
  };
  const scopeAt = (at: string): Omit<Scope, 'bound'> => ({ judged, place, at, locals, problem: message => report('terraform', place, at, message) });
  for (const text of textsOf(place)) {
    const scope = scopeAt(text.at);
    typeOfTemplate(text.template, { ...scope, bound: boundTypes(text, scope) });
    for (const reference of referencesOfTemplate(text.template, [...text.bound.keys()])) link(reference, text.at);
  }
  if (place.kind === 'resource' || place.kind === 'data') link({ address: providerOf(place) }, 'provider');
  if (!isRecord(place.body) || place.kind === 'local') return edges;
  const { depends_on: dependsOn, lifecycle } = place.body;
  for (const [reference, at] of dependencies(dependsOn, place, judged, report)) link(reference, at);
  for (const [text, at] of lifecycle === undefined ? [] : triggers(lifecycle)) {
    const { expression, problem } = parseBare(text);
    const scope = { ...scopeAt(at), bound: new Map() };
    typeOfTemplate({ parts: [], ...(expression ? { whole: expression } : { problem: problem ?? 'expected a reference' }) }, scope);
    if (expression) for (const reference of referencesOf(expression)) link(reference, at);
  }
  return edges;
}

/** Arguments that name things without being templates. */
const bareNames = new Set(['depends_on', 'provider', 'providers', 'lifecycle']);
const bareInLifecycle = new Set(['ignore_changes', 'replace_triggered_by']);

/** Every text of a place in which expressions may stand. */
export function textsOf(place: Place): BlockText[] {
  if (!isRecord(place.body) || place.kind === 'local' || place.kind === 'provider') return textsIn(place.body);
  // The type of a variable is a word of Terraform's own; that of a block is an argument like any other.
  const texts = textsIn(without(place.body, name => bareNames.has(name) || (place.kind === 'variable' && name === 'type')));
  const { lifecycle } = place.body;
  if (lifecycle === undefined) return texts;
  return [...texts, ...[lifecycle].flat().filter(isRecord).flatMap(inner => textsIn(without(inner, name => bareInLifecycle.has(name)), 'lifecycle'))];
}

function without(body: Arguments, skipped: (name: string) => boolean): Arguments {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !skipped(name)));
}

/** The provider that a block is made with: the one it names, or that of its type. */
function providerOf({ body, type }: Place): string {
  const named = isRecord(body) && typeof body.provider === 'string' ? body.provider.replace(/^\$\{(.*)\}$/, '$1') : prefixOf(type);
  return `provider.${named}`;
}

function* dependencies(value: unknown, place: Place, judged: JudgedStack, report: Report): Iterable<readonly [Reference, string]> {
  if (value === undefined) return;
  if (!Array.isArray(value)) return report('terraform', place, 'depends_on', `is ${JSON.stringify(value)}, expected a list of addresses`);
  for (const [index, member] of (value as unknown[]).entries()) {
    const at = `depends_on[${index}]`;
    const reference = typeof member === 'string' ? bareReference(member) : undefined;
    const further = reference?.steps.filter(({ kind }, step) => kind !== 'index' || step > 0) ?? [];
    if (!reference || ['each', 'count', 'self', 'path', 'terraform'].includes(reference.kind) || reference.address.split('.').length < (reference.kind === 'resource' ? 2 : reference.kind === 'data' ? 3 : 2)) {
      report('terraform', place, at, `is ${JSON.stringify(member)}, expected the address of a resource, a data source or a module`);
    } else if (further.length > 0) {
      report('terraform', place, at, `is ${JSON.stringify(member)}, expected a whole block; write ${reference.address}`);
    } else if (judged.placeAt(reference.address) === place) {
      report('terraform', place, at, 'is the block itself; it would wait for itself: remove it');
    } else {
      if (!judged.placeAt(reference.address)) report('terraform', place, at, `is ${JSON.stringify(member)}, but nothing in the stack is ${reference.address}${judged.meantBy(reference.address)}`);
      yield [reference, at];
    }
  }
}

function triggers(lifecycle: unknown): (readonly [string, string])[] {
  return [lifecycle].flat().filter(isRecord).flatMap(({ replace_triggered_by: given }) => [given].flat())
    .flatMap((text, index) => (typeof text === 'string' ? [[text, `lifecycle.replace_triggered_by[${index}]`] as const] : []));
}
