import { ExpressionParser, SyntaxProblem } from './_expression-parser';
import type { Expression, TemplatePart } from './expression';

/** A text of the JSON, read as Terraform reads it. */
export interface Template {
  readonly parts: readonly TemplatePart[];
  /** The text itself where nothing in it is an expression, with `$${` read as `${`. */
  readonly literal?: string;
  /** The expression where the text is nothing else: its value keeps its type. */
  readonly whole?: Expression;
  /** Why the text cannot be read. */
  readonly problem?: string;
}

// The same few hundred texts are asked for again by everything that judges a stack, and by its next synthesis.
const known = new Map<string, Template>();
const most = 20_000;

/** Reads a text with `${…}` and `%{…}` in it. */
export function parseTemplate(text: string): Template {
  if (!text.includes('${') && !text.includes('%{')) return { parts: text ? [text] : [], literal: text };
  const before = known.get(text);
  if (before) return before;
  const read = readTemplate(text);
  if (known.size >= most) known.clear();
  known.set(text, read);
  return read;
}

function readTemplate(text: string): Template {
  try {
    const parts = new ExpressionParser(text).template();
    if (parts.every(part => typeof part === 'string')) return { parts, literal: parts.join('') };
    return { parts, ...(parts.length === 1 && typeof parts[0] !== 'string' && { whole: parts[0] }) };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { parts: [], problem: error.message };
  }
}

/** Reads what stands without `${}`, such as a member of `depends_on`; with it, too, as some writers do. */
export function parseBare(text: string): { readonly expression?: Expression; readonly problem?: string } {
  if (text.startsWith('${')) {
    const { whole, problem } = parseTemplate(text);
    return whole ? { expression: whole } : { problem: problem ?? 'expected one reference' };
  }
  try {
    return { expression: new ExpressionParser(text).bare() };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { problem: error.message };
  }
}

/** Whether anything in a value is known only to Terraform. */
export function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return (value.includes('${') || value.includes('%{')) && parseTemplate(value).literal === undefined;
  if (Array.isArray(value)) return value.some(hasExpression);
  return typeof value === 'object' && value !== null && Object.entries(value).some(([key, inner]) => hasExpression(key) || hasExpression(inner));
}

/** JSON given as text, as policies are. */
export interface JsonText {
  /** What it says; expressions stand in it as texts, `${aws_kms_key.data.arn}`. */
  readonly json?: unknown;
  /** Whether the whole text is an expression, so that nothing is known. */
  readonly unknown?: boolean;
  /** Why it is no JSON. */
  readonly problem?: string;
}

/**
 * Reads JSON that is given as text, with expressions in it.
 *
 * An expression inside a text of the JSON stays where it is, as it was written; one that stands for a value of its own becomes a text.
 */
export function readJson(value: unknown): JsonText {
  if (typeof value !== 'string') return { problem: 'is no text' };
  const template = parseTemplate(value);
  if (template.problem !== undefined) return { problem: template.problem };
  if (template.whole) return { unknown: true };
  try {
    return { json: JSON.parse(template.literal ?? masked(value)) as unknown };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The text with every expression written so that JSON can be read around it. */
function masked(text: string): string {
  let out = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('$${', at) || text.startsWith('%%{', at)) {
      out += text.slice(at + 1, at + 3);
      at += 2;
    } else if (text.startsWith('${', at) || text.startsWith('%{', at)) {
      const end = endOf(text, at);
      const inner = JSON.stringify(text.slice(at, end));
      out += quoted ? inner.slice(1, -1) : inner;
      at = end - 1;
    } else if (quoted && text[at] === '\\') {
      out += text.slice(at, at + 2);
      at++;
    } else {
      if (text[at] === '"') quoted = !quoted;
      out += text[at];
    }
  }
  return out;
}

/** Where the expression that starts here ends: braces are counted outside of the texts in it. */
function endOf(text: string, start: number): number {
  const open: ('brace' | 'quote')[] = ['brace'];
  let at = start + 2;
  while (open.length > 0 && at < text.length) {
    const inText = open[open.length - 1] === 'quote';
    if (inText && text[at] === '\\') {at++;} else if (text[at] === '"') {inText ? open.pop() : open.push('quote');} else if (inText && (text.startsWith('$${', at) || text.startsWith('%%{', at))) {at += 2;} else if (inText && (text.startsWith('${', at) || text.startsWith('%{', at))) {
      open.push('brace');
      at++;
    } else if (!inText && text[at] === '{') {open.push('brace');} else if (!inText && text[at] === '}') {open.pop();}
    at++;
  }
  return at;
}
