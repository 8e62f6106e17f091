import type { TypeRules, ValueRule } from './knowledge';
import { isRecord } from './json-value';
import { own, type JudgedStack, type Report } from './place';
import type { Block } from './stack';
import { hasExpression, parseTemplate } from './template';

/** Judges what the code of providers checks and no schema shows. What only Terraform knows is left to it. */
export function judgeValues(judged: JudgedStack, report: Report): void {
  for (const place of judged.stack.blocks) {
    const rules = own(judged.providerOf(place.type)?.rules, place.kind === 'data' ? `data.${place.type}` : place.type);
    if (rules && place.kind !== 'provider') judgeBlock(place, rules, report);
  }
}

interface RuledPath {
  readonly path: readonly string[];
  readonly rule: ValueRule;
}

const ruledPaths = new WeakMap<TypeRules, readonly RuledPath[]>();

function pathsOf(rules: TypeRules): readonly RuledPath[] {
  const before = ruledPaths.get(rules);
  if (before) return before;
  const paths = Object.entries(rules.values ?? {}).map(([path, rule]) => ({ path: path.split('.'), rule }));
  ruledPaths.set(rules, paths);
  return paths;
}

function judgeBlock(place: Block, rules: TypeRules, report: Report): void {
  const note = (at: string, message: string) => report('provider', place, at, message);
  for (const { path, rule } of pathsOf(rules)) {
    if (path[0] !== '*' && !Object.hasOwn(place.body, path[0])) continue;
    for (const { value, at } of valuesAt(place.body, path)) judgeValue(value, at, rule, note);
  }
  for (const group of rules.conflicts ?? []) judgeGroup(place, group, 0, 1, 'at most one of', note);
  for (const group of rules.exactlyOne ?? []) judgeGroup(place, group, 1, 1, 'exactly one of', note);
  for (const group of rules.atLeastOne ?? []) judgeGroup(place, group, 1, Infinity, 'at least one of', note);
  for (const [name, needed] of Object.entries(rules.together ?? {})) judgeTogether(place, name, needed, note);
  for (const { at, message } of rules.whole?.(place) ?? []) note(at, message);
}

type Note = (at: string, message: string) => void;

function judgeValue(value: unknown, at: string, rule: ValueRule, note: Note): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) return value.forEach((member, index) => judgeValue(member, `${at}[${index}]`, rule, note));
  if (hasExpression(value) && !rule.readsExpressions) return;
  const known = typeof value === 'string' && !rule.readsExpressions ? parseTemplate(value).literal ?? value : value;
  const problem = rule(known);
  if (problem !== undefined) note(at, problem);
}

/** Every value at a path without indexes, with its path with them. */
function valuesAt(value: unknown, path: readonly string[], at = ''): { value: unknown; at: string }[] {
  const [name, ...rest] = path;
  if (name === undefined) return [{ value, at }];
  if (Array.isArray(value)) return value.flatMap((member, index) => valuesAt(member, path, `${at}[${index}]`));
  if (!isRecord(value)) return [];
  if (name === '*') return Object.entries(value).flatMap(([key, inner]) => valuesAt(inner, rest, `${at}[${JSON.stringify(key)}]`));
  const inner = value[name];
  return inner === undefined || inner === null ? [] : valuesAt(inner, rest, at ? `${at}.${name}` : name);
}

const stands = (body: unknown, path: readonly string[]) => valuesAt(body, path).some(({ value }) => !(Array.isArray(value) && value.length === 0));

/** Judges how many of some arguments stand in a body; where they share a block, every such block on its own. */
function judgeGroup(place: Block, group: readonly string[], least: number, most: number, expected: string, note: Note): void {
  const parent = parentOf(group);
  const names = group.map(path => path.slice(parent.length ? parent.length + 1 : 0));
  for (const { value: body, at } of bodiesAt(place.body, parent)) {
    const given = names.filter(name => stands(body, name.split('.')));
    const path = [at, given[0] ?? names[0]].filter(Boolean).join('.');
    if (given.length < least) note(path, `is missing, expected ${expected} ${names.join(', ')}`);
    if (given.length > most) note(path, `stands beside ${given.slice(1).join(' and ')}, expected ${expected} ${names.join(', ')}; remove the others`);
  }
}

function judgeTogether(place: Block, name: string, needed: readonly string[], note: Note): void {
  const parent = parentOf([name, ...needed]);
  const short = (path: string) => path.slice(parent.length ? parent.length + 1 : 0);
  for (const { value: body, at } of bodiesAt(place.body, parent)) {
    if (!stands(body, short(name).split('.'))) continue;
    for (const other of needed.map(short).filter(path => !stands(body, path.split('.')))) note([at, other].filter(Boolean).join('.'), `is missing, expected beside ${short(name)}`);
  }
}

/** The block that all of some arguments stand in: `rule.filter` of `rule.filter.prefix` and `rule.filter.tag`. */
function parentOf(group: readonly string[]): string {
  const [first, ...rest] = group.map(path => path.split('.').slice(0, -1));
  const shared = first.filter((_, index) => rest.every(path => first.slice(0, index + 1).every((name, step) => path[step] === name)));
  return shared.join('.');
}

function bodiesAt(body: unknown, parent: string): { value: unknown; at: string }[] {
  const found = parent ? valuesAt(body, parent.split('.')) : [{ value: body, at: '' }];
  return found.flatMap(({ value, at }) => (Array.isArray(value) ? value.map((member: unknown, index) => ({ value: member, at: `${at}[${index}]` })) : [{ value, at }]))
    .filter(({ value }) => isRecord(value));
}

