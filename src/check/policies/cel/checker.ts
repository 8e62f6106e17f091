import type { Problem } from '../../../errors';
import { evaluate } from './evaluate';
import { functions } from './functions';
import { EvaluationError } from './problem';
import { patternOf } from './regex';
import { instanceOf, typeNames, typeType } from './signature';
import type { Call, Choice, Entry, Expression, Loop, Select } from './syntax';
import { bool, dyn, listOf, mapOf, optionalOf, Substitution, textOfType, type Type } from './types';

/** What is known where an expression stands. */
export interface Surroundings {
  /** The variables of the policy that were defined before, with their types. */
  readonly variables: ReadonlyMap<string, Type>;
  /** Fields of the object that only the cluster knows: `metadata.uid`, or `*.nodePort` wherever it is. */
  readonly unknown: ReadonlySet<string>;
}

/** What stands for something that is not there before a request is made. */
const requestOnly: Readonly<Record<string, string>> = {
  oldObject: 'the object as it was', request: 'the request', params: 'an object of parameters', namespaceObject: 'the namespace', authorizer: 'the permissions of the caller',
};

/** The type of an expression, and everything that an API server would refuse about it or that cannot be told here. */
export function typeOf(expression: Expression, surroundings: Surroundings): { readonly type: Type; readonly problems: readonly Problem[] } {
  const checker = new Checker(surroundings);
  return { type: checker.resolved(expression), problems: checker.problems };
}

/** The path of fields from the object to an expression, when it is one. */
function pathOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind === 'name') return expression.name === 'object' ? [] : undefined;
  if (expression.kind === 'select' || expression.kind === 'has') return joined(pathOf(expression.target), expression.field);
  if (expression.kind !== 'call' || !/^_\[\??_\]$/.test(expression.name)) return undefined;
  const [target, key] = expression.args;
  return key.kind === 'literal' && typeof key.value === 'string' ? joined(pathOf(target), key.value) : undefined;
}

const isConstant = (expression: Expression): boolean => expression.kind === 'literal'
  || expression.kind === 'list' && expression.items.every(({ value }) => isConstant(value))
  || expression.kind === 'call' && [...expression.target ? [expression.target] : [], ...expression.args].every(isConstant);

const joined = (path: readonly string[] | undefined, field: string) => path && [...path, field];

class Checker {
  readonly problems: Problem[] = [];
  private readonly types = new Substitution();
  private locals: ReadonlyMap<string, Type> = new Map();

  constructor(private readonly surroundings: Surroundings) {}

  /** @param selected whether only a field of it is asked for */
  resolved(expression: Expression, selected = false): Type {
    const path = this.locals.has('object') ? undefined : pathOf(expression)?.join('.');
    const { unknown } = this.surroundings;
    if (path !== undefined && unknown.has(path)) this.refuse(expression, `object.${path} is written by the cluster, so it cannot be told before`);
    const leaf = expression.kind === 'select' || expression.kind === 'has' ? expression.field : '';
    if (unknown.has(`*.${leaf}`)) this.refuse(expression, `${leaf} is written by the cluster, so it cannot be told before`);
    const partly = path !== undefined && (path === '' || [...unknown].some(each => each.startsWith(`${path}.`)));
    if (partly && !selected && expression.kind !== 'has') this.refuse(expression, `object${path && `.${path}`} has fields that the cluster writes, so it cannot be looked at as a whole; name a field`);
    return this.types.resolve(this.typed(expression));
  }

  private refuse({ at }: { readonly at: number }, message: string, type = dyn): Type {
    this.problems.push({ path: `at ${at + 1}`, message });
    return type;
  }

  private typed(expression: Expression): Type {
    switch (expression.kind) {
      case 'literal': return expression.type;
      case 'name': return this.named(expression);
      case 'select': return this.selected(expression);
      case 'has': this.field(expression, this.resolved(expression.target, true)); return bool;
      case 'and': case 'or': [expression.left, expression.right].forEach(each => this.expect(each, bool, `${expression.kind === 'and' ? '&&' : '||'} takes`)); return bool;
      case 'if': return this.choice(expression);
      case 'list': return listOf(this.alike(expression.items));
      case 'map': return mapOf(this.alike(expression.entries.map(({ key }) => ({ value: key, optional: false }))), this.alike(expression.entries));
      case 'loop': return this.loop(expression);
      case 'call': return this.call(expression);
    }
  }

  private named(expression: Expression & { readonly kind: 'name' }): Type {
    const { name } = expression;
    const local = this.locals.get(name);
    if (local) return local;
    if (name === 'object') return dyn;
    if (typeNames.has(name)) return typeType;
    if (name === 'variables') return this.refuse(expression, 'variables cannot be looked at as a whole; name one');
    if (Object.hasOwn(requestOnly, name)) return this.refuse(expression, `${name} is ${requestOnly[name]}, which is not there before a request; ask of the object`);
    return this.refuse(expression, `${name} is not defined; expected object, variables or a variable of a macro`);
  }

  private selected(expression: Select): Type {
    const { target, field, optional } = expression;
    if (target.kind === 'name' && target.name === 'variables' && !this.locals.has('variables')) {
      const known = this.surroundings.variables.get(field);
      return known ?? this.refuse(expression, `variables.${field} is not defined before; there is ${[...this.surroundings.variables.keys()].join(', ') || 'none'}`);
    }
    const found = this.field(expression, this.resolved(target, true));
    return optional && found.name !== 'optional' ? optionalOf(found) : found;
  }

  private field(expression: { readonly at: number; readonly field: string }, target: Type): Type {
    if (target.name === 'optional') return optionalOf(this.field(expression, target.of[0]));
    if (target.name === 'map') return target.of[1];
    if (target.name === 'dyn' || target.name.startsWith('var')) return dyn;
    return this.refuse(expression, `${expression.field} is asked of a ${textOfType(target)}, which has no fields`);
  }

  private expect(expression: Expression, wanted: Type, who: string): void {
    const type = this.resolved(expression);
    if (!this.types.fit([type], [wanted])) this.refuse(expression, `${who} ${textOfType(wanted)}, and this is ${textOfType(type)}`);
  }

  /** The one type of all entries: the server takes no list of several, not even of one that only the object tells. */
  private alike(entries: readonly Entry[]): Type {
    const [first, ...others] = entries.map(({ value, optional }) => {
      const type = this.resolved(value);
      if (!optional || type.name === 'dyn') return type;
      return type.name === 'optional' ? type.of[0] : this.refuse(value, `? takes an optional, and this is ${textOfType(type)}`);
    });
    const other = others.findIndex(type => textOfType(type) !== textOfType(first));
    if (other >= 0) this.refuse(entries[other + 1].value, `is ${textOfType(others[other])} beside ${textOfType(first)}; all of a list or map are of one type, which dyn() makes of each`);
    return first ?? this.types.fresh();
  }

  private choice({ at, condition, then, otherwise }: Choice): Type {
    this.expect(condition, bool, '?: asks for');
    const [one, other, either] = [this.resolved(then), this.resolved(otherwise), this.types.fresh()];
    if (this.types.fit([one, other], [either, either])) return this.types.resolve(either);
    return this.refuse({ at }, `?: has ${textOfType(one)} on one side and ${textOfType(other)} on the other`);
  }

  private call(expression: Call): Type {
    const { name, target, args } = expression;
    const isIndex = name.startsWith('_[');
    const types = [...target ? [target] : [], ...args].map((each, index) => this.resolved(each, isIndex && index === 0 && args[1].kind === 'literal'));
    const overloads = functions.get(name);
    if (!overloads) return this.refuse(expression, `${name}() is no function that can be evaluated here`);
    this.pattern(expression);
    const results: Type[] = [];
    for (const overload of overloads.filter(({ member }) => member === (target !== undefined))) {
      const { params, result } = instanceOf(overload, this.types);
      if (this.types.fit(types, params)) results.push(this.types.resolve(result));
    }
    if (results.length === 0) return this.refuse(expression, `${name} takes no ${types.map(textOfType).join(', ') || 'empty brackets'}`);
    this.constant(expression);
    return results.every(each => textOfType(each) === textOfType(results[0])) ? results[0] : dyn;
  }

  /** What has to be written out to be judged: patterns, since two languages of them are in play. */
  private pattern({ name, target, args }: Call): void {
    const pattern = ['matches', 'find', 'findAll'].includes(name) ? args[target ? 0 : 1] : undefined;
    const tryTo = (at: Expression, read: (text: string) => unknown) => {
      try {
        if (at.kind === 'literal' && typeof at.value === 'string') read(at.value);
      } catch (error) {
        this.refuse(at, error instanceof Error ? error.message : String(error));
      }
    };
    if (pattern && pattern.kind !== 'literal') this.refuse(pattern, `${name}() takes a pattern that is written out`);
    if (pattern) tryTo(pattern, patternOf);
  }

  /** What has no answer whatever the object is; the server evaluates some of it, and does not take the policy. */
  private constant(expression: Call): void {
    if (!isConstant(expression)) return;
    try {
      evaluate(expression, { object: null, locals: new Map(), variable: () => null });
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.refuse(expression, `never has an answer: ${error.message}`);
    }
  }

  private loop({ at, macro, range, variable, condition, body }: Loop): Type {
    const over = this.resolved(range);
    const isOptional = macro === 'optMap' || macro === 'optFlatMap';
    const item = this.itemOf(over, isOptional) ?? this.refuse(range, `${macro}() goes through ${isOptional ? 'an optional' : 'a list or a map'}, and this is ${textOfType(over)}`);
    const before = this.locals;
    this.locals = new Map([...before, [variable, item]]);
    if (condition) this.expect(condition, bool, `${macro}() asks for`);
    const type = macro === 'map' || isOptional ? this.resolved(body) : undefined;
    if (!type) this.expect(body, bool, `${macro}() asks for`);
    this.locals = before;
    if (macro === 'filter') return listOf(item);
    if (!type) return bool;
    if (macro === 'map') return listOf(type);
    if (macro === 'optMap') return optionalOf(type);
    return type.name === 'optional' || type.name === 'dyn' ? type : this.refuse({ at }, `optFlatMap() asks for an optional, and this is ${textOfType(type)}`);
  }

  private itemOf({ name, of }: Type, isOptional: boolean): Type | undefined {
    if (name === 'dyn' || name.startsWith('var')) return dyn;
    return (isOptional ? name === 'optional' : name === 'list' || name === 'map') ? of[0] : undefined;
  }
}
