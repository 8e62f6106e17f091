import { ExpressionProblem } from './problem';

/** One word of an expression; `value` is what a text says once its escapes are read. */
export interface Token {
  readonly kind: 'name' | 'int' | 'double' | 'text' | 'mark' | 'end';
  readonly text: string;
  readonly value: string;
  readonly at: number;
}

const blank = /(?:[ \t\n\f\r]|\/\/[^\n]*)+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const double = /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)/y;
const integer = /(?:0[xX][0-9a-fA-F]+|\d+)/y;
const mark = /\|\||&&|==|!=|<=|>=|[-+*/%<>!?:.,()[\]{}]/y;
const text = /([bBrR]{0,2})("""[\s\S]*?(?<!\\)"""|'''[\s\S]*?(?<!\\)'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')/y;

/** Cuts an expression into words. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  for (at += match(blank)?.[0].length ?? 0; at < source.length; at += match(blank)?.[0].length ?? 0) {
    const token = tokenAt(at, match);
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { kind: 'end', text: '', value: '', at: source.length }];
}

function tokenAt(at: number, match: (pattern: RegExp) => RegExpExecArray | null): Token {
  const quoted = match(text);
  if (quoted) return { kind: 'text', text: quoted[0], value: textOf(at, quoted[1].toLowerCase(), quoted[2]), at };
  for (const [kind, pattern] of [['double', double], ['int', integer], ['name', name], ['mark', mark]] as const) {
    const found = match(pattern)?.[0];
    if (found === undefined) continue;
    if (kind === 'int' && /[uU]/.test(match(/(?:0[xX][0-9a-fA-F]+|\d+)(.?)/y)?.[1] ?? '')) throw new ExpressionProblem(at, 'unsigned numbers are not evaluated here; write an int');
    return { kind, text: found, value: found, at };
  }
  throw new ExpressionProblem(at, 'is no word of CEL, or a text that does not end');
}

const simple: Readonly<Record<string, string>> = { 'a': '\x07', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\', '?': '?', '"': '"', '\'': '\'', '`': '`' };
const escape = /\\(?:([abfnrtv\\?"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|[\s\S])/g;

function textOf(at: number, prefix: string, quoted: string): string {
  if (prefix.includes('b')) throw new ExpressionProblem(at, 'bytes are not evaluated here; write a text');
  const edge = /^("""|''')/.test(quoted) ? 3 : 1;
  const body = quoted.slice(edge, -edge).replace(/\r\n?/g, '\n');
  if (prefix.includes('r')) return body;
  return body.replace(escape, (whole, letter?: string, ...codes: readonly (string | undefined)[]) => {
    if (letter !== undefined) return simple[letter];
    const [two, four, eight, octal] = codes;
    const hex = two ?? four ?? eight;
    const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
    if (Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new ExpressionProblem(at, `the text has ${whole}, which stands for no character`);
    return String.fromCodePoint(code);
  });
}
