import { at, functions } from './functions';
import { EvaluationError } from './problem';
import { takes, typeNames } from './signature';
import type { Call, Entry, Expression, Has, Logic, Loop, Select } from './syntax';
import { Optional, typeNameOf, TypeValue, type Value } from './values';

/** What the names in an expression stand for. */
export interface Scope {
  readonly object: Value;
  /** A variable of the policy. @throws EvaluationError when it has no value */
  variable(name: string): Value;
  /** The variables of the macros around. */
  readonly locals: ReadonlyMap<string, Value>;
}

/**
 * The value of an expression that was found right.
 *
 * @throws EvaluationError when it has none, as where a field is missing.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal': return expression.value;
    case 'name': return named(expression.name, scope);
    case 'select': return selected(expression, scope);
    case 'has': return has(expression, scope);
    case 'and': return logic(expression, scope, false);
    case 'or': return logic(expression, scope, true);
    case 'if': return isTrue(evaluate(expression.condition, scope)) ? evaluate(expression.then, scope) : evaluate(expression.otherwise, scope);
    case 'list': return expression.items.flatMap(item => present(item, scope));
    case 'map': return new Map(expression.entries.flatMap(entry => present(entry, scope).map(value => [evaluate(entry.key, scope), value] as const)));
    case 'loop': return loop(expression, scope);
    case 'call': return call(expression, scope);
  }
}

function named(name: string, { locals, object }: Scope): Value {
  const local = locals.get(name);
  if (local !== undefined) return local;
  return typeNames.has(name) ? new TypeValue(name) : object;
}

function selected({ target, field, optional }: Select, scope: Scope): Value {
  if (target.kind === 'name' && target.name === 'variables' && !scope.locals.has('variables')) return scope.variable(field);
  const of = evaluate(target, scope);
  if (of instanceof Optional) return new Optional(of.value === undefined ? undefined : fieldOf(of.value, field));
  const value = fieldOf(of, field);
  if (optional) return new Optional(value);
  if (value === undefined) throw new EvaluationError(`no such key: ${field}`);
  return value;
}

function has({ target, field }: Has, scope: Scope): boolean {
  const of = evaluate(target, scope);
  const inner = of instanceof Optional ? of.value : of;
  return inner !== undefined && fieldOf(inner, field) !== undefined;
}

/** Lists have no fields, although they have places. */
function fieldOf(value: Value, field: string): Value | undefined {
  if (Array.isArray(value)) throw new EvaluationError(`unsupported index type: ${field} of a list`);
  return at(value, field);
}

/** One side can decide alone, even when the other has no value. */
function logic({ left, right }: Logic, scope: Scope, decides: boolean): boolean {
  const [first, second] = [attempt(left, scope), () => attempt(right, scope)];
  if (first === decides) return decides;
  const other = second();
  if (other === decides) return decides;
  for (const side of [first, other]) if (side instanceof EvaluationError) throw side;
  return !decides;
}

function attempt(expression: Expression, scope: Scope): boolean | EvaluationError {
  try {
    return isTrue(evaluate(expression, scope));
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

function isTrue(value: Value): boolean {
  if (typeof value !== 'boolean') throw new EvaluationError(`no such overload: ${typeNameOf(value)} is no bool`);
  return value;
}

function present({ value, optional }: Entry, scope: Scope): readonly Value[] {
  const found = evaluate(value, scope);
  if (!optional) return [found];
  if (!(found instanceof Optional)) throw new EvaluationError(`no such overload: ${typeNameOf(found)} is no optional`);
  return found.value === undefined ? [] : [found.value];
}

function loop(expression: Loop, scope: Scope): Value {
  const { macro, range, variable, condition, body } = expression;
  const over = evaluate(range, scope);
  const inside = (item: Value): Scope => ({ ...scope, locals: new Map([...scope.locals, [variable, item]]) });
  if (macro === 'optMap' || macro === 'optFlatMap') return opt(over, item => evaluate(body, inside(item)), macro === 'optMap');
  const items = itemsOf(over).map(inside);
  if (macro === 'map') return items.filter(item => condition === undefined || isTrue(evaluate(condition, item))).map(item => evaluate(body, item));
  if (macro === 'filter') return items.filter(item => isTrue(evaluate(body, item))).map(({ locals }) => locals.get(variable) ?? null);
  if (macro === 'exists_one' || macro === 'existsOne') return items.filter(item => isTrue(evaluate(body, item))).length === 1;
  // An item without an answer counts only when no other decides.
  const decides = macro === 'exists';
  let failure: EvaluationError | undefined;
  for (const item of items) {
    const answer = attempt(body, item);
    if (answer === decides) return decides;
    if (answer instanceof EvaluationError) failure ??= answer;
  }
  if (failure) throw failure;
  return !decides;
}

function opt(over: Value, next: (value: Value) => Value, wraps: boolean): Value {
  if (!(over instanceof Optional)) throw new EvaluationError(`no such overload: ${typeNameOf(over)} is no optional`);
  if (over.value === undefined) return over;
  return wraps ? new Optional(next(over.value)) : next(over.value);
}

function itemsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  if (value instanceof Map) return [...value.keys()] as readonly Value[];
  throw new EvaluationError(`no such overload: ${typeNameOf(value)} is neither a list nor a map`);
}

function call({ name, target, args }: Call, scope: Scope): Value {
  const values: Value[] = target ? [evaluate(target, scope)] : [];
  const [first] = values;
  // What stands in for an absent value is not asked when it is there.
  if (first instanceof Optional && first.value !== undefined && name === 'orValue') return first.value;
  if (first instanceof Optional && first.value !== undefined && name === 'or') return first;
  values.push(...args.map(arg => evaluate(arg, scope)));
  const overloads = (functions.get(name) ?? []).filter(({ member }) => member === (target !== undefined));
  const overload = name.startsWith('_[') ? overloads.find(({ params }) => params[0].name === typeNameOf(values[0])) : overloads.find(each => takes(each, values));
  if (!overload) throw new EvaluationError(`no such overload: ${name}(${values.map(typeNameOf).join(', ')})`);
  return overload.run(...values);
}
