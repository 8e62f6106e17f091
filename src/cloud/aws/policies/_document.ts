import { isRecord } from '../../validate/json-value';
import type { Arguments, Block } from '../../validate/stack';
import { readJson } from '../../validate/template';
import { blocksIn, textsOf } from './_place';

/** Whom a statement is about: `AWS`, `Service`, `Federated` or, for everybody, `*`. */
export interface Principal {
  readonly kind: string;
  readonly value: string;
}

/** One statement of a policy document, whichever way it was written. */
export interface Statement {
  /** Where it stands: `policy.Statement[0]`. */
  readonly at: string;
  readonly sid?: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly Principal[];
  /** One entry for each operator and key: `StringEquals`, `aws:SourceAccount`. */
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The statements of a policy that an argument gives as JSON text, or that a data source spells out. What cannot be read says nothing. */
export function statementsOf(block: Block, at = 'policy'): readonly Statement[] {
  const before = known.get(block)?.get(at);
  if (before) return before;
  const read = readStatements(block, at);
  known.set(block, new Map(known.get(block)).set(at, read));
  return read;
}

/** Many policies ask the same documents. */
const known = new WeakMap<Block, Map<string, readonly Statement[]>>();

function readStatements(block: Block, at: string): readonly Statement[] {
  if (block.kind === 'data') return blocksIn(block.body, 'statement').map(({ at: place, value }) => spelledOut(place, value));
  const { json } = readJson(block.body[at]);
  const statements = isRecord(json) ? [json.Statement].flat() : [];
  return statements.flatMap((statement, index) => isRecord(statement) ? [written(`${at}.Statement[${index}]`, statement)] : []);
}

export function allowed(statement: Statement): boolean {
  return statement.effect === 'Allow';
}

/** A statement as a message names it: its Sid, or its place. */
export function nameOf(statement: Statement): string {
  return statement.sid ? `statement ${statement.sid}` : `statement ${/\[(\d+)\]$/.exec(statement.at)?.[1] ?? '0'}`;
}

function written(at: string, statement: Arguments): Statement {
  return {
    at,
    sid: typeof statement.Sid === 'string' ? statement.Sid : undefined,
    effect: String(statement.Effect ?? 'Allow'),
    actions: textsOf(statement.Action),
    notActions: textsOf(statement.NotAction),
    resources: textsOf(statement.Resource),
    notResources: textsOf(statement.NotResource),
    principals: isRecord(statement.Principal)
      ? Object.entries(statement.Principal).flatMap(([kind, values]) => textsOf(values).map(value => ({ kind, value })))
      : textsOf(statement.Principal).map(value => ({ kind: value === '*' ? '*' : 'AWS', value })),
    conditions: isRecord(statement.Condition)
      ? Object.entries(statement.Condition).flatMap(([operator, keys]) => isRecord(keys)
        ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: [values].flat().map(String) }))
        : [{ operator, key: '', values: textsOf(keys) }])
      : [],
  };
}

function spelledOut(at: string, body: Arguments): Statement {
  return {
    at,
    sid: typeof body.sid === 'string' ? body.sid : undefined,
    effect: String(body.effect ?? 'Allow'),
    actions: textsOf(body.actions),
    notActions: textsOf(body.not_actions),
    resources: textsOf(body.resources),
    notResources: textsOf(body.not_resources),
    principals: blocksIn(body, 'principals').flatMap(({ value }) => textsOf(value.identifiers).map(name => ({ kind: String(value.type), value: name }))),
    conditions: blocksIn(body, 'condition').map(({ value }) => ({ operator: String(value.test), key: String(value.variable), values: textsOf(value.values) })),
  };
}
