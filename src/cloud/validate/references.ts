import { partsOf, toldSteps, type Expression, type Step } from './expression';
import { isRecord } from './json-value';
import type { Arguments } from './stack';
import { parseBare, parseTemplate, type Template } from './template';

/** What an expression speaks of. */
export type ReferenceKind = 'resource' | 'data' | 'ephemeral' | 'var' | 'local' | 'module' | 'each' | 'count' | 'self' | 'path' | 'terraform';

/** One reference of an expression to something in the stack. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** What it names: `aws_vpc.network`, `data.aws_region.here`, `var.zone`, `each.value`; without a name where none follows. */
  readonly address: string;
  /** The steps that follow the address: `[0].id`. */
  readonly steps: readonly Step[];
  /** As it was written. */
  readonly text: string;
}

/** A text of a block that Terraform reads as a template. */
export interface BlockText {
  /** Where it stands: `vpc_config[0].subnet_ids[1]`. */
  readonly at: string;
  readonly text: string;
  readonly template: Template;
  /** Names that dynamic blocks around it bind, each with what it walks through. */
  readonly bound: ReadonlyMap<string, unknown>;
}

const named: readonly ReferenceKind[] = ['var', 'local', 'module', 'each', 'count', 'path', 'terraform'];

// Steps belong to one expression, and expressions are read once: so are references.
const known = new WeakMap<readonly Step[], Reference>();

/** The reference that a name and its steps are. */
export function referenceOf(root: string, steps: readonly Step[]): Reference {
  const before = known.get(steps);
  if (before) return before;
  const reference = readReference(root, steps);
  known.set(steps, reference);
  return reference;
}

function readReference(root: string, steps: readonly Step[]): Reference {
  const text = `${root}${toldSteps(steps)}`;
  const kind = kindOf(root);
  const words = kind === 'self' ? 0 : kind === 'data' || kind === 'ephemeral' ? 2 : 1;
  const names = steps.slice(0, words).flatMap(step => (step.kind === 'attribute' ? [step.name] : []));
  return { kind, address: [root, ...names].join('.'), steps: steps.slice(names.length), text };
}

function kindOf(root: string): ReferenceKind {
  if (root === 'data' || root === 'ephemeral' || root === 'self') return root;
  return named.find(name => name === root) ?? 'resource';
}

/** Every reference of an expression, those of nested texts included; names that a `for` binds are none. */
export function referencesOf(expression: Expression, bound: readonly string[] = []): Reference[] {
  const own = expression.kind === 'reference' && !bound.includes(expression.root) ? [referenceOf(expression.root, expression.steps)] : [];
  return [...own, ...partsOf(expression).flatMap(({ part, names }) => referencesOf(part, names ? [...bound, ...names] : bound))];
}

/** Every reference in a value as it stands in the JSON: texts, lists and objects, their keys included. */
export function referencesIn(value: unknown): Reference[] {
  return textsIn(value).flatMap(({ template, bound }) => referencesOfTemplate(template, [...bound.keys()]));
}

const ofTemplates = new WeakMap<Template, readonly Reference[]>();

/** Every reference of a text that was read. */
export function referencesOfTemplate(template: Template, bound: readonly string[] = []): readonly Reference[] {
  const before = bound.length === 0 ? ofTemplates.get(template) : undefined;
  if (before) return before;
  const references = template.parts.flatMap(part => (typeof part === 'string' ? [] : referencesOf(part, bound)));
  if (bound.length === 0) ofTemplates.set(template, references);
  return references;
}

/** The reference that a member of `depends_on` is; nothing where it is none. */
export function bareReference(text: string): Reference | undefined {
  const { expression } = parseBare(text);
  return expression?.kind === 'reference' ? referenceOf(expression.root, expression.steps) : undefined;
}

/** Every text in a value that holds an expression, or that should and cannot be read. */
export function textsIn(value: unknown, at = '', bound: ReadonlyMap<string, unknown> = new Map()): BlockText[] {
  const out: BlockText[] = [];
  collect(value, at, bound, out);
  return out;
}

function collect(value: unknown, at: string, bound: ReadonlyMap<string, unknown>, out: BlockText[]): void {
  if (typeof value === 'string') {
    if (!value.includes('${') && !value.includes('%{')) return;
    const template = parseTemplate(value);
    if (template.literal === undefined) out.push({ at, text: value, template, bound });
  } else if (Array.isArray(value)) {
    value.forEach((member, index) => collect(member, `${at}[${index}]`, bound, out));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (key.includes('{')) collect(key, at, bound, out);
      if (key === 'dynamic' && isDynamic(member)) collectDynamic(member, at ? `${at}.dynamic` : 'dynamic', bound, out);
      else collect(member, at ? `${at}.${key}` : key, bound, out);
    }
  }
}

/** Blocks that are made one for each member of something. */
export function dynamicsIn(value: unknown): readonly { readonly label: string; readonly body: Arguments }[] {
  return [value].flat().flatMap(byLabel => (isRecord(byLabel) ? Object.entries(byLabel) : [])
    .flatMap(([label, bodies]) => [bodies].flat().filter(isRecord).map(body => ({ label, body }))));
}

const isDynamic = (value: unknown) => {
  const all = dynamicsIn(value);
  return all.length > 0 && all.every(({ body }) => 'for_each' in body);
};

function collectDynamic(value: unknown, at: string, bound: ReadonlyMap<string, unknown>, out: BlockText[]): void {
  for (const { label, body } of dynamicsIn(value)) {
    const { for_each: over, content, iterator, ...rest } = body;
    const inner = new Map(bound).set(typeof iterator === 'string' ? iterator : label, over);
    collect(over, `${at}.${label}.for_each`, bound, out);
    collect(rest, `${at}.${label}`, inner, out);
    collect(content, `${at}.${label}.content`, inner, out);
  }
}
