import type { Expression, Step, TemplatePart } from './expression';

/** What cannot be read, and where. */
export class SyntaxProblem extends Error {}

const identifierStart = /[\p{L}_]/u;
const identifierPart = /[\p{L}\p{N}_-]/u;
const operators: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['>=', '<=', '>', '<'], ['+', '-'], ['*', '/', '%']];

/** Where a template ends: at the end of the text, at a quote, or at a directive such as `%{ endif }`. */
type End = 'text' | 'quote' | readonly string[];

/** Reads templates and the expressions in them, as cdktf writes them: everything of the language but heredocs, which JSON has no use for. */
export class ExpressionParser {
  private at = 0;

  constructor(private readonly text: string) {}

  /** The whole text as a template. */
  template(): TemplatePart[] {
    return this.parts('text').parts;
  }

  /** The whole text as one bare expression, as it stands in `depends_on`. */
  bare(): Expression {
    const expression = this.expression();
    this.space();
    if (this.at < this.text.length) this.fail(`nothing after ${this.text.slice(0, this.at)}`);
    return expression;
  }

  private parts(end: End): { parts: TemplatePart[]; word: string } {
    const parts: TemplatePart[] = [];
    let literal = '';
    const flush = () => {
      if (literal) parts.push(literal);
      literal = '';
    };
    for (;;) {
      if (this.at >= this.text.length) {
        if (end !== 'text') this.fail(end === 'quote' ? 'a closing "' : `%{ ${end[0]} }`);
        flush();
        return { parts, word: '' };
      }
      const character = this.text[this.at];
      if (end === 'quote' && character === '"') {
        flush();
        return { parts, word: '' };
      }
      if (this.text.startsWith('$${', this.at) || this.text.startsWith('%%{', this.at)) {
        literal += this.text.slice(this.at + 1, this.at + 3);
        this.at += 3;
      } else if (this.text.startsWith('${', this.at)) {
        flush();
        this.at += 2;
        if (this.text[this.at] === '~') this.at++;
        parts.push(this.expression());
        this.close();
      } else if (this.text.startsWith('%{', this.at)) {
        flush();
        const word = this.directive();
        if (end !== 'text' && end !== 'quote' && end.includes(word)) return { parts, word };
        parts.push(this.branch(word));
      } else if (end === 'quote' && character === '\\') {
        literal += this.escape();
      } else {
        literal += character;
        this.at++;
      }
    }
  }

  /** The word of a directive; what follows it is still to be read. */
  private directive(): string {
    this.at += 2;
    if (this.text[this.at] === '~') this.at++;
    this.space();
    const word = this.identifier();
    if (['else', 'endif', 'endfor'].includes(word)) this.close();
    return word;
  }

  private branch(word: string): Expression {
    if (word === 'if') {
      const test = this.expression();
      this.close();
      const then = this.parts(['endif', 'else']);
      const otherwise = then.word === 'else' ? this.parts(['endif']).parts : [];
      return { kind: 'conditional', test, then: { kind: 'template', parts: then.parts }, otherwise: { kind: 'template', parts: otherwise } };
    }
    if (word === 'for') {
      const { names, collection } = this.binding();
      this.close();
      const value: Expression = { kind: 'template', parts: this.parts(['endfor']).parts };
      // The members are put together into one text.
      return { kind: 'template', parts: ['', { kind: 'call', name: 'join', given: [{ kind: 'literal', value: '' }, { kind: 'for', names, collection, value }], spread: false }] };
    }
    return this.fail('if or for');
  }

  private binding(): { names: string[]; collection: Expression } {
    const names = [this.identifier()];
    if (this.take(',')) names.push(this.identifier());
    if (!this.word('in')) this.fail('in');
    return { names, collection: this.expression() };
  }

  private close(): void {
    if (this.take('~}') || this.take('}')) return;
    this.fail('}');
  }

  private escape(): string {
    const code = this.text[this.at + 1];
    const plain: Readonly<Record<string, string>> = { 'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\\': '\\' };
    if (plain[code]) {
      this.at += 2;
      return plain[code];
    }
    const unicode = /^\\u([0-9a-fA-F]{4})|^\\U([0-9a-fA-F]{8})/.exec(this.text.slice(this.at, this.at + 10));
    if (!unicode) return this.fail('one of \\n, \\r, \\t, \\", \\\\, \\uNNNN');
    this.at += unicode[0].length;
    return String.fromCodePoint(parseInt(unicode[1] ?? unicode[2], 16));
  }

  private expression(): Expression {
    const test = this.operation(0);
    if (!this.take('?')) return test;
    const then = this.expression();
    if (!this.take(':')) this.fail(':');
    return { kind: 'conditional', test, then, otherwise: this.expression() };
  }

  private operation(level: number): Expression {
    if (level === operators.length) return this.unary();
    let left = this.operation(level + 1);
    for (;;) {
      const operator = operators[level].find(sign => this.take(sign));
      if (operator === undefined) return left;
      left = { kind: 'operation', operator, operands: [left, this.operation(level + 1)] };
    }
  }

  private unary(): Expression {
    this.space();
    const operator = ['-', '!'].find(sign => !this.text.startsWith('!=', this.at) && this.take(sign));
    return operator === undefined ? this.postfix() : { kind: 'operation', operator, operands: [this.unary()] };
  }

  private postfix(): Expression {
    const of = this.primary();
    const steps = this.steps();
    if (of.kind === 'reference') return { ...of, steps };
    return steps.length === 0 ? of : { kind: 'access', of, steps };
  }

  private steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      this.space();
      if (this.text[this.at] === '.' && !this.text.startsWith('...', this.at)) {
        this.at++;
        const digits = /^\d+/.exec(this.text.slice(this.at, this.at + 10))?.[0];
        if (digits !== undefined) {
          this.at += digits.length;
          steps.push({ kind: 'index', key: Number(digits) });
        } else if (this.take('*')) {
          steps.push({ kind: 'splat' });
        } else {
          steps.push({ kind: 'attribute', name: this.identifier() });
        }
      } else if (this.text[this.at] === '[') {
        this.at++;
        steps.push(this.index());
      } else {
        return steps;
      }
    }
  }

  private index(): Step {
    this.space();
    if (this.text[this.at] === '*' && /^\*\s*\]/.test(this.text.slice(this.at, this.at + 20))) {
      this.take('*');
      this.take(']');
      return { kind: 'splat' };
    }
    const key = this.expression();
    if (!this.take(']')) this.fail(']');
    if (key.kind === 'literal' && (typeof key.value === 'number' || typeof key.value === 'string')) return { kind: 'index', key: key.value };
    return { kind: 'computed', key };
  }

  private primary(): Expression {
    this.space();
    const character = this.text[this.at] ?? '';
    if (character === '"') return this.quoted();
    if (character === '(') {
      this.at++;
      const inner = this.expression();
      if (!this.take(')')) this.fail(')');
      return inner.kind === 'reference' ? { kind: 'access', of: inner, steps: [] } : inner;
    }
    if (character === '[') return this.list();
    if (character === '{') return this.object();
    const number = /^\d+(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 40))?.[0];
    if (number !== undefined) {
      this.at += number.length;
      return { kind: 'literal', value: Number(number) };
    }
    if (!identifierStart.test(character)) return this.fail('an expression');
    return this.named();
  }

  private named(): Expression {
    let name = this.identifier();
    while (this.text.startsWith('::', this.at)) {
      this.at += 2;
      name += `::${this.identifier()}`;
    }
    if (this.take('(')) return this.call(name);
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    return name === 'null' ? { kind: 'literal', value: null } : { kind: 'reference', root: name, steps: [] };
  }

  private call(name: string): Expression {
    const given: Expression[] = [];
    let spread = false;
    while (!this.take(')')) {
      given.push(this.expression());
      if (this.take('...')) spread = true;
      if (!this.take(',') && !this.ahead(')')) this.fail(', or )');
    }
    return { kind: 'call', name, given, spread };
  }

  private quoted(): Expression {
    this.at++;
    const { parts } = this.parts('quote');
    this.at++;
    if (parts.length === 0) return { kind: 'literal', value: '' };
    return parts.length === 1 && typeof parts[0] === 'string' ? { kind: 'literal', value: parts[0] } : { kind: 'template', parts };
  }

  private list(): Expression {
    this.at++;
    if (this.word('for')) return this.each(']');
    const items: Expression[] = [];
    while (!this.take(']')) {
      items.push(this.expression());
      if (!this.take(',') && !this.ahead(']')) this.fail(', or ]');
    }
    return { kind: 'list', items };
  }

  private object(): Expression {
    this.at++;
    if (this.word('for')) return this.each('}');
    const entries: [Expression, Expression][] = [];
    while (!this.take('}')) {
      const key = this.expression();
      if (!this.take('=') && !this.take(':')) this.fail('=');
      // A bare word is the name of the key; in parentheses it would be a reference.
      const name: Expression = key.kind === 'reference' && key.steps.length === 0 ? { kind: 'literal', value: key.root } : key;
      entries.push([name, this.expression()]);
      this.take(',');
    }
    return { kind: 'object', entries };
  }

  private each(end: ']' | '}'): Expression {
    const { names, collection } = this.binding();
    if (!this.take(':')) this.fail(':');
    const first = this.expression();
    const key = end === '}' ? first : undefined;
    if (key && !this.take('=>')) this.fail('=>');
    const value = key ? this.expression() : first;
    const grouped = this.take('...');
    const condition = this.word('if') ? this.expression() : undefined;
    if (!this.take(end)) this.fail(end);
    return { kind: 'for', names, collection, value, ...(key && { key }), ...(condition && { condition }), ...(grouped && { grouped }) };
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private ahead(sign: string): boolean {
    this.space();
    return this.text.startsWith(sign, this.at);
  }

  private take(sign: string): boolean {
    if (!this.ahead(sign)) return false;
    // `=` is not the start of `==` or `=>`, nor `!` and `<` of what is longer; a single `|` or `&` is never asked for.
    if (sign === '=' && /[=>]/.test(this.text[this.at + 1] ?? '')) return false;
    this.at += sign.length;
    return true;
  }

  private word(word: string): boolean {
    this.space();
    if (!this.text.startsWith(word, this.at) || identifierPart.test(this.text[this.at + word.length] ?? '')) return false;
    this.at += word.length;
    return true;
  }

  private identifier(): string {
    this.space();
    if (!identifierStart.test(this.text[this.at] ?? '')) this.fail('a name');
    const start = this.at;
    while (identifierPart.test(this.text[this.at] ?? '')) this.at++;
    return this.text.slice(start, this.at);
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.at, this.at + 20);
    throw new SyntaxProblem(`expected ${expected} ${rest ? `before ${rest}` : 'at the end'}`);
  }
}
