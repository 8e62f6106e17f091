import { ExpressionProblem } from './problem';
import { loops, type Entry, type Expression, type Loop } from './syntax';
import { tokensOf, type Token } from './tokens';
import { typeNamed } from './types';
import { isInt, type Value } from './values';

/** The left-associative operators, those that bind least first. */
const levels: readonly (readonly string[])[] = [['<', '<=', '>', '>=', '==', '!=', 'in'], ['+', '-'], ['*', '/', '%']];
const reserved = new Set(['as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while', 'in']);
/** Libraries whose functions are called with their name before. */
const libraries = new Set(['optional', 'sets', 'cel', 'strings', 'math', 'base64', 'proto', 'lists', 'format', 'ip', 'cidr', 'semver']);
const deepest = 100;

/**
 * Reads an expression.
 *
 * @throws ExpressionProblem where it is not CEL, or of a part of CEL that is not evaluated here.
 */
export function parse(source: string): Expression {
  return new Parser(tokensOf(source)).whole();
}

class Parser {
  private next = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.expression();
    if (this.token.kind !== 'end') throw this.unexpected('the end');
    return expression;
  }

  private get token(): Token {
    return this.tokens[this.next];
  }

  private expression(): Expression {
    return this.deeper(() => {
      const condition = this.logic('||');
      const { at } = this.token;
      if (!this.skip('?')) return condition;
      const then = this.logic('||');
      this.expect(':');
      return { kind: 'if', at, condition, then, otherwise: this.expression() };
    });
  }

  private deeper(read: () => Expression): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw new ExpressionProblem(this.token.at, `is nested more than ${deepest} deep`);
    const found = read();
    this.depth -= 1;
    return found;
  }

  private logic(operator: '||' | '&&'): Expression {
    let left = operator === '||' ? this.logic('&&') : this.binary(0);
    for (let { at } = this.token; this.skip(operator); { at } = this.token) {
      const right = operator === '||' ? this.logic('&&') : this.binary(0);
      left = { kind: operator === '||' ? 'or' : 'and', at, left, right };
    }
    return left;
  }

  private binary(level: number): Expression {
    if (level === levels.length) return this.unary();
    let left = this.binary(level + 1);
    for (let { at, text } = this.token; this.isWord(levels[level]); { at, text } = this.token) {
      this.next += 1;
      left = { kind: 'call', at, name: `_${text}_`, args: [left, this.binary(level + 1)] };
    }
    return left;
  }

  private isWord(words: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'mark' || text === 'in' && kind === 'name') && words.includes(text);
  }

  private unary(): Expression {
    const { at, kind, text } = this.token;
    if (kind !== 'mark' || (text !== '-' && text !== '!')) return this.member(this.primary());
    this.next += 1;
    if (text === '-' && (this.token.kind === 'int' || this.token.kind === 'double')) return this.member(this.number('-'));
    return this.deeper(() => ({ kind: 'call', at, name: `${text}_`, args: [this.unary()] }));
  }

  private member(target: Expression): Expression {
    let found = target;
    for (;;) {
      const { at } = this.token;
      if (this.skip('.')) {
        const optional = this.skip('?');
        const { kind, text: field } = this.token;
        if (kind !== 'name' || field === 'in') throw this.unexpected('the name of a field');
        this.next += 1;
        found = !optional && this.skip('(') ? this.memberCall(at, found, field) : { kind: 'select', at, target: found, field, optional };
      } else if (this.skip('[')) {
        const name = this.skip('?') ? '_[?_]' : '_[_]';
        const key = this.expression();
        this.expect(']');
        found = { kind: 'call', at, name, args: [found, key] };
      } else if (this.token.text === '{' && (found.kind === 'name' || found.kind === 'select')) {
        throw new ExpressionProblem(at, 'messages are not made here; write a map');
      } else {
        return found;
      }
    }
  }

  private memberCall(at: number, target: Expression, name: string): Expression {
    const args = this.entries(')').map(({ value }) => value);
    if (target.kind === 'name' && libraries.has(target.name)) return { kind: 'call', at, name: `${target.name}.${name}`, args };
    return loopOf(at, target, name, args) ?? { kind: 'call', at, name, target, args };
  }

  private primary(): Expression {
    const { at, kind, text, value } = this.token;
    if (kind === 'int' || kind === 'double') return this.number('');
    this.next += 1;
    if (kind === 'text') return { kind: 'literal', at, type: typeNamed('string'), value };
    if (text === '(') {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (text === '[') return { kind: 'list', at, items: this.entries(']') };
    if (text === '{') return { kind: 'map', at, entries: this.entries('}', true).map(entry => ({ ...entry, key: entry.key ?? entry.value })) };
    if (kind === 'name' && !reserved.has(text)) return this.named(at, text);
    this.next -= 1;
    throw this.unexpected('a value');
  }

  private named(at: number, name: string): Expression {
    const constants: Readonly<Record<string, Value>> = { true: true, false: false, null: null };
    if (Object.hasOwn(constants, name)) return { kind: 'literal', at, type: typeNamed(name === 'null' ? 'null_type' : 'bool'), value: constants[name] };
    if (!this.skip('(')) return { kind: 'name', at, name };
    const args = this.entries(')').map(({ value }) => value);
    if (name !== 'has') return { kind: 'call', at, name, args };
    const [field] = args;
    if (args.length !== 1 || field.kind !== 'select' || field.optional) throw new ExpressionProblem(at, 'has() takes one field, such as has(object.spec)');
    return { kind: 'has', at, target: field.target, field: field.field };
  }

  private number(sign: '' | '-'): Expression {
    const { at, kind, text } = this.token;
    this.next += 1;
    if (kind === 'double') return { kind: 'literal', at, type: typeNamed('double'), value: Number(sign + text) };
    const value = sign === '-' ? -BigInt(text) : BigInt(text);
    if (!isInt(value)) throw new ExpressionProblem(at, `${sign}${text} does not fit into 64 bits`);
    return { kind: 'literal', at, type: typeNamed('int'), value };
  }

  /** What stands between commas, up to the closing mark. */
  private entries(close: ')' | ']' | '}', pairs = false): Entry[] {
    const found: Entry[] = [];
    while (!this.skip(close)) {
      if (found.length) this.expect(',');
      if (found.length && close !== ')' && this.skip(close)) break;
      const optional = close !== ')' && this.skip('?');
      const first = this.expression();
      if (pairs) this.expect(':');
      found.push(pairs ? { key: first, value: this.expression(), optional } : { value: first, optional });
    }
    return found;
  }

  private skip(text: string): boolean {
    const found = this.token.kind === 'mark' && this.token.text === text;
    if (found) this.next += 1;
    return found;
  }

  private expect(text: string): void {
    if (!this.skip(text)) throw this.unexpected(text);
  }

  private unexpected(expected: string): ExpressionProblem {
    const { at, text } = this.token;
    return new ExpressionProblem(at, `is ${text || 'the end'}, expected ${expected}`);
  }
}

/** A call that is a macro, taken apart. */
function loopOf(at: number, range: Expression, name: string, args: readonly Expression[]): Loop | undefined {
  const macro = [...loops, 'optMap' as const, 'optFlatMap' as const].find(each => each === name);
  if (macro === undefined || args.length < 2) return undefined;
  const [variable, ...bodies] = args;
  if (variable.kind !== 'name') throw new ExpressionProblem(variable.at, `${name}() takes the name of a variable first`);
  if (bodies.length > 1 && macro !== 'map') throw new ExpressionProblem(at, `${name}() with two variables is not evaluated here; use one`);
  if (bodies.length > 2) throw new ExpressionProblem(at, 'map() takes two or three arguments');
  const [first, second] = bodies;
  return { kind: 'loop', at, macro, range, variable: variable.name, body: second ?? first, ...(second ? { condition: first } : {}) };
}
