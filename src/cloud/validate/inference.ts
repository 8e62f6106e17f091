import { toldSteps, type Expression, type ForExpression, type Step } from './expression';
import { terraformFunctions } from './functions';
import { isRecord } from './json-value';
import { referenceOf, type BlockText } from './references';
import { resolveReference, type Scope } from './resolution';
import { parseTemplate, type Template } from './template';
import { bool, dynamic, hasSecret, listOf, mapOf, marked, membersOf, number, setOf, stepInto, text, type ValueType } from './value-type';
import { didYouMean } from '../../errors';

/** The types of what dynamic blocks around a text bind: `setting.key` and `setting.value`. */
export function boundTypes({ bound }: BlockText, scope: Omit<Scope, 'bound'>): ReadonlyMap<string, ValueType> {
  if (bound.size === 0) return none;
  const types = new Map<string, ValueType>();
  for (const [name, over] of bound) {
    const { key, value } = membersOf(typeOfJson(over, { ...scope, bound: new Map(types), problem: () => undefined }));
    types.set(name, { kind: 'object', members: new Map([['key', key], ['value', value]]) });
  }
  return types;
}

const none: ReadonlyMap<string, ValueType> = new Map();

/** The type of a value as it stands in the JSON. */
export function typeOfJson(value: unknown, scope: Scope): ValueType {
  switch (typeof value) {
    case 'string': return typeOfTemplate(parseTemplate(value), scope);
    case 'number': return number;
    case 'boolean': return bool;
    default:
      if (Array.isArray(value)) return { kind: 'tuple', items: value.map(item => typeOfJson(item, scope)) };
      return isRecord(value) ? { kind: 'object', members: new Map(Object.entries(value).map(([key, inner]) => [key, typeOfJson(inner, scope)])) } : dynamic;
  }
}

/** The type of a text with expressions in it; whatever is wrong with them is told on the way. */
export function typeOfTemplate({ whole, parts, problem }: Template, scope: Scope): ValueType {
  if (problem !== undefined) {
    scope.problem(`cannot be read as an expression: ${problem}; write $\${ where the text itself is meant`);
    return dynamic;
  }
  if (whole) return typeOf(whole, scope);
  return marked(text, ...parts.flatMap(part => (typeof part === 'string' ? [] : [asText(part, scope)])));
}

function asText(part: Expression, scope: Scope): ValueType {
  const type = typeOf(part, scope);
  if (!['string', 'number', 'bool', 'dynamic'].includes(type.kind)) scope.problem(`puts ${toldExpression(part)}, which is no text, into a text; use jsonencode(…) or join(…)`);
  return type;
}

/** A name for an expression in a message. */
function toldExpression(expression: Expression): string {
  if (expression.kind === 'reference') return `${expression.root}${toldSteps(expression.steps)}`;
  return expression.kind === 'call' ? `${expression.name}(…)` : 'an expression';
}

function typeOf(expression: Expression, scope: Scope): ValueType {
  switch (expression.kind) {
    case 'literal': return typeof expression.value === 'number' ? number : typeof expression.value === 'boolean' ? bool : expression.value === null ? dynamic : text;
    case 'template': return marked(text, ...expression.parts.flatMap(part => (typeof part === 'string' ? [] : [asText(part, scope)])));
    case 'reference': return typeOfReference(expression.root, expression.steps, scope);
    case 'access': return walk(typeOf(expression.of, scope), expression.steps, toldExpression(expression.of), scope);
    case 'list': return { kind: 'tuple', items: expression.items.map(item => typeOf(item, scope)) };
    case 'object': return typeOfObject(expression.entries, scope);
    case 'for': return typeOfFor(expression, scope);
    case 'call': return typeOfCall(expression, scope);
    case 'conditional': {
      const [test, then, otherwise] = [expression.test, expression.then, expression.otherwise].map(part => typeOf(part, scope));
      // Terraform finds one type for both; where they differ it is left to it.
      return marked(then.kind === otherwise.kind && ['string', 'number', 'bool'].includes(then.kind) ? { kind: then.kind } as ValueType : dynamic, test, then, otherwise);
    }
    case 'operation': {
      const types = expression.operands.map(operand => typeOf(operand, scope));
      return marked(['+', '*', '/', '%', '-'].includes(expression.operator) ? number : bool, ...types);
    }
  }
}

function typeOfReference(root: string, steps: readonly Step[], scope: Scope): ValueType {
  const bound = scope.bound.get(root);
  if (bound) return walk(bound, steps, root, scope);
  const reference = referenceOf(root, steps);
  return walk(resolveReference(reference, scope, typeOfJson), reference.steps, reference.address, scope);
}

/** Follows steps into a value; after a splat they are taken of every member. */
function walk(start: ValueType, steps: readonly Step[], subject: string, scope: Scope): ValueType {
  let type = start;
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'computed') typeOf(step.key, scope);
    const next = stepInto(type, step);
    if ('problem' in next) {
      scope.problem(`refers to ${subject}${toldSteps(steps)}, but ${subject}${toldSteps(steps.slice(0, index))} ${next.problem}`);
      return dynamic;
    }
    if (next.type.writeOnly) {
      scope.problem(`refers to ${subject}${toldSteps(steps.slice(0, index + 1))}, which is write-only: nobody reads it back; take the value from where it comes from`);
      return dynamic;
    }
    if (step.kind === 'splat' && next.type.kind === 'list') return listOf(walk(next.type.of, steps.slice(index + 1), `${subject}${toldSteps(steps.slice(0, index + 1))}`, scope));
    type = next.type;
  }
  return type;
}

function typeOfObject(entries: readonly (readonly [Expression, Expression])[], scope: Scope): ValueType {
  const members = new Map<string, ValueType>();
  let open: ValueType | undefined;
  for (const [key, value] of entries) {
    const inner = typeOf(value, scope);
    if (key.kind === 'literal') members.set(String(key.value), inner);
    else open = marked(dynamic, typeOf(key, scope), inner);
  }
  return open ? marked(mapOf(dynamic), open, ...members.values()) : { kind: 'object', members };
}

function typeOfFor({ names, collection, key, value, condition, grouped }: ForExpression, scope: Scope): ValueType {
  const over = typeOf(collection, scope);
  const member = membersOf(over);
  const bound = new Map(scope.bound);
  names.forEach((name, index) => bound.set(name, index === names.length - 1 ? member.value : member.key));
  const inner = { ...scope, bound };
  const keyType = key && typeOf(key, inner);
  const result = typeOf(value, inner);
  const test = condition && typeOf(condition, inner);
  const made = keyType ? mapOf(grouped ? listOf(result) : result) : listOf(result);
  return marked(made, ...[keyType, test].filter(type => type !== undefined), ...(over.sensitive ? [over] : []));
}

function typeOfCall({ name, given, spread }: Extract<Expression, { kind: 'call' }>, scope: Scope): ValueType {
  const types = given.map(part => typeOf(part, scope));
  const plain = name.startsWith('core::') ? name.slice('core::'.length) : name;
  // Functions of providers are theirs to judge.
  if (plain.includes('::')) return marked(dynamic, ...types);
  const known = terraformFunctions.get(plain);
  if (!known) {
    scope.problem(`calls ${name}, which is no function of Terraform${didYouMean(plain, [...terraformFunctions.keys()])}`);
    return dynamic;
  }
  if (!spread && (types.length < known.takes || (!known.more && types.length > known.takes))) {
    scope.problem(`calls ${name} with ${types.length} ${types.length === 1 ? 'value' : 'values'}, expected ${known.more ? 'at least ' : ''}${known.takes}`);
  }
  const [first = dynamic] = types;
  if (plain === 'nonsensitive' || plain === 'issensitive') return plain === 'issensitive' ? bool : revealed(first);
  if (plain === 'sensitive') return { ...first, sensitive: true };
  return resultOf(plain, first, types, known.gives);
}

/** What a function gives where that hangs on what it was given. */
function resultOf(name: string, first: ValueType, types: readonly ValueType[], gives: ValueType): ValueType {
  const secret = first.sensitive ? [first] : [];
  switch (name) {
    case 'tolist': return first.kind === 'dynamic' ? marked(gives, first) : marked(listOf(membersOf(first).value), ...secret);
    case 'toset': return first.kind === 'dynamic' ? marked(gives, first) : marked(setOf(membersOf(first).value), ...secret);
    case 'tomap': return first.kind === 'dynamic' ? marked(gives, first) : marked(mapOf(membersOf(first).value), ...secret);
    case 'element': case 'one': return marked(membersOf(first).value, ...secret);
    case 'keys': return marked(listOf(text), ...secret);
    default: return types.some(hasSecret) ? { ...gives, sensitive: true } : gives;
  }
}

function revealed(type: ValueType): ValueType {
  const { sensitive: _, ...open } = type;
  return open as ValueType;
}
