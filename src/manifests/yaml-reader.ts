import { flowValue } from './_yaml-flow';
import { plainValue } from './yaml-plain';

/** The lines on which the entries of lists and objects begin, kept when somebody asks for them. */
export type LineMarks = Map<object, Map<string | number, number>>;

/** What is not read here: an anchor, a tag, text over several lines, or a mistake. */
export const unread = Symbol('unread');

/** One document in a text: where it begins, and on which line. */
export interface Span { readonly start: number; readonly end: number; readonly line: number }

const [tab, newline, space, quote, hash, apostrophe, dash, colon] = [9, 10, 32, 34, 35, 39, 45, 58];
/** What begins something else than a plain scalar or a key: `!&*|>%@` and a backtick, `?,[]{}` and `#`. */
const indicators: ReadonlySet<number> = new Set([...'!&*|>%@`?,[]{}#'].map(character => character.charCodeAt(0)));

/**
 * Reads a document that is made of what manifests are usually made of, several times faster than a whole YAML parser does.
 *
 * @returns its value, or {@link unread} when it holds anything else, mistakes among it; a whole parser has to look at it then.
 */
export function readDocument(text: string, { start, end, line }: Span, marks?: LineMarks): unknown {
  const reader = new Reader(text, start, end, line, marks);
  return reader.document();
}

class Reader {
  /** The column of what is looked at; -1 at the end of the document. */
  private column = 0;
  private isUnread = false;

  constructor(
    private readonly text: string,
    private at: number,
    private readonly end: number,
    private line: number,
    private readonly marks?: LineMarks,
  ) {}

  document(): unknown {
    this.nextContent();
    if (this.column < 0) return this.isUnread ? unread : null;
    const value = this.block();
    return this.isUnread || this.column >= 0 ? unread : value;
  }

  /** Gives up: what follows is never looked at. */
  private giveUp(): undefined {
    this.isUnread = true;
    this.column = -1;
    return undefined;
  }

  /** Goes on to the first thing on the next line that has one, from the end of a line or the beginning of the document. */
  private nextContent(): void {
    const { text, end } = this;
    let at = this.at;
    for (;;) {
      const lineStart = at;
      while (at < end && text.charCodeAt(at) === space) at++;
      if (at >= end) {
        this.at = at;
        this.column = -1;
        return;
      }
      const code = text.charCodeAt(at);
      if (code === tab) return this.giveUp();
      if (code !== newline && code !== hash) {
        this.at = at;
        this.column = at - lineStart;
        return;
      }
      const stop = code === newline ? at : text.indexOf('\n', at);
      if (stop < 0 || stop >= end) {
        this.at = end;
        this.column = -1;
        return;
      }
      at = stop + 1;
      this.line++;
    }
  }

  /** Ends a line behind a value: nothing but a comment may follow. */
  private endLine(): void {
    const { text, end } = this;
    let at = this.at;
    const before = at;
    while (at < end && text.charCodeAt(at) === space) at++;
    if (at < end) {
      const code = text.charCodeAt(at);
      if (code === hash && at > before) at = this.lineEnd(at);
      else if (code !== newline) return this.giveUp();
    }
    this.at = at < end ? at + 1 : end;
    if (at < end) this.line++;
    this.nextContent();
  }

  private lineEnd(from: number): number {
    const found = this.text.indexOf('\n', from);
    return found < 0 || found > this.end ? this.end : found;
  }

  /** The list, object or scalar that begins where the reader is. */
  private block(): unknown {
    if (this.isItem()) return this.list(this.column);
    const key = this.key();
    if (this.isUnread) return undefined;
    return key === undefined ? this.scalar(this.column) : this.object(this.column, key);
  }

  private isItem(): boolean {
    if (this.text.charCodeAt(this.at) !== dash) return false;
    const after = this.at + 1 < this.end ? this.text.charCodeAt(this.at + 1) : newline;
    return after === space || after === newline;
  }

  /** The key that stands here, and goes behind its colon; undefined, and stays, when none does. */
  private key(): string | undefined {
    const { text, at } = this;
    const first = text.charCodeAt(at);
    if (first === quote || first === apostrophe) return this.quotedKey(first);
    if (indicators.has(first)) return undefined;
    const stop = this.lineEnd(at);
    let found = text.indexOf(':', at);
    while (found >= 0 && found < stop - 1 && text.charCodeAt(found + 1) !== space) found = text.indexOf(':', found + 1);
    if (found < 0 || found >= stop) return undefined;
    const key = text.slice(at, found);
    if (key.includes(' #')) return undefined;
    // Keys that are no text to Kubernetes, that are merged, or that would be no field of an object.
    const isText = first === dash || typeof plainValue(key) === 'string' || /^\d{1,15}$/.test(key);
    if (!isText || key === '<<' || key === '__proto__' || key.endsWith(' ') || key.includes('\t')) return this.giveUp();
    this.at = found + 1;
    return key;
  }

  private quotedKey(mark: number): string | undefined {
    const { at } = this;
    const value = this.quoted(mark);
    const after = this.at + 1 < this.end ? this.text.charCodeAt(this.at + 1) : newline;
    const isKey = value !== undefined && this.text.charCodeAt(this.at) === colon && (after === space || after === newline);
    if (!isKey || value === '__proto__') {
      this.at = at;
      return value === '__proto__' ? this.giveUp() : undefined;
    }
    this.at++;
    return value;
  }

  private object(column: number, first: string): unknown {
    const object: Record<string, unknown> = {};
    const marks = this.marks && new Map<string | number, number>();
    if (marks) this.marks?.set(object, marks);
    let key: string | undefined = first;
    for (;;) {
      if (Object.hasOwn(object, key)) return this.giveUp();
      marks?.set(key, this.line);
      object[key] = this.entry(column, true);
      if (this.column !== column) return this.column > column ? this.giveUp() : object;
      key = this.isItem() ? undefined : this.key();
      if (key === undefined) return this.giveUp();
    }
  }

  private list(column: number): unknown {
    const list: unknown[] = [];
    const marks = this.marks && new Map<string | number, number>();
    if (marks) this.marks?.set(list, marks);
    for (;;) {
      marks?.set(list.length, this.line);
      this.at++;
      list.push(this.item(column));
      if (this.column !== column) return this.column > column ? this.giveUp() : list;
      // A list that is the value of a key may stand in the column of that key.
      if (!this.isItem()) return list;
    }
  }

  /** What stands behind a dash. */
  private item(column: number): unknown {
    const dashAt = this.at - 1;
    while (this.at < this.end && this.text.charCodeAt(this.at) === space) this.at++;
    const code = this.at < this.end ? this.text.charCodeAt(this.at) : newline;
    if (code === newline || code === hash) return this.entry(column, false);
    const inner = column + this.at - dashAt;
    if (this.isItem()) {
      this.column = inner;
      return this.list(inner);
    }
    const key = this.key();
    if (this.isUnread) return undefined;
    if (key === undefined) return this.scalar(column);
    this.column = inner;
    return this.object(inner, key);
  }

  /** What stands behind a key or a dash: on the same line, or below it. */
  private entry(column: number, isKey: boolean): unknown {
    while (this.at < this.end && this.text.charCodeAt(this.at) === space) this.at++;
    const code = this.at < this.end ? this.text.charCodeAt(this.at) : newline;
    if (code !== newline && code !== hash) return this.scalar(column);
    this.endLine();
    if (this.column > column) return this.block();
    return isKey && this.column === column && this.isItem() ? this.list(column) : null;
  }

  /** A scalar or flow collection, up to the end of its line; `column` is that of what it belongs to. */
  private scalar(column: number): unknown {
    const { text, at } = this;
    const first = text.charCodeAt(at);
    if (first === quote || first === apostrophe) {
      const value = this.quoted(first);
      if (value === undefined) return this.giveUp();
      this.endLine();
      return value;
    }
    if (first === 124) return this.literal(column);
    if (first === 123 || first === 91) {
      const stop = this.lineEnd(at);
      const flow = flowValue(text, at, stop);
      if (!flow) return this.giveUp();
      this.at = flow.end;
      this.endLine();
      return flow.value;
    }
    if (indicators.has(first) || this.isItem()) return this.giveUp();
    const stop = this.lineEnd(at);
    let value = text.slice(at, stop);
    if (value.includes('\t')) return this.giveUp();
    const comment = value.indexOf(' #');
    if (comment >= 0) value = value.slice(0, comment);
    value = value.trimEnd();
    if (value.includes(': ') || value.endsWith(':')) return this.giveUp();
    this.at = stop;
    this.endLine();
    // It goes on below.
    if (this.column > column) return this.giveUp();
    return plainValue(value);
  }

  /** Text in quotes, all on one line; undefined when it is not. */
  private quoted(mark: number): string | undefined {
    const { text, at } = this;
    const stop = this.lineEnd(at);
    if (mark === apostrophe) {
      let close = text.indexOf("'", at + 1);
      while (close >= 0 && close < stop && text.charCodeAt(close + 1) === apostrophe) close = text.indexOf("'", close + 2);
      if (close < 0 || close >= stop) return undefined;
      this.at = close + 1;
      return text.slice(at + 1, close).replaceAll("''", "'");
    }
    let close = at + 1;
    while (close < stop && text.charCodeAt(close) !== quote) close += text.charCodeAt(close) === 92 ? 2 : 1;
    if (close >= stop) return undefined;
    this.at = close + 1;
    const inner = text.slice(at + 1, close);
    return inner.includes('\\') || inner.includes('\t') ? jsonText(text.slice(at, close + 1)) : inner;
  }

  /** A block of text behind `|`, whose indentation is that of its first line. */
  private literal(column: number): unknown {
    const { text, end } = this;
    let at = this.at + 1;
    const chomp = text.charAt(at);
    if (chomp === '-' || chomp === '+') at++;
    if (at < end && text.charCodeAt(at) !== newline) return this.giveUp();
    at++;
    this.line++;
    const lines: string[] = [];
    let indent = -1;
    while (at < end) {
      const stop = this.lineEnd(at);
      let first = at;
      while (first < stop && text.charCodeAt(first) === space) first++;
      if (first < stop) {
        if (indent < 0 ? first - at <= column : first - at < indent) break;
        if (text.charCodeAt(first) === tab && indent < 0) return this.giveUp();
        if (indent < 0) {
          indent = first - at;
          // Lines without text above the first one must not be indented deeper than it.
          if (lines.some(blank => blank.length > indent)) return this.giveUp();
          lines.fill('');
        }
        lines.push(text.slice(at + indent, stop));
      } else {
        lines.push(indent < 0 ? text.slice(at, stop) : text.slice(Math.min(at + indent, stop), stop));
      }
      at = stop + 1;
      if (stop < end) this.line++;
    }
    if (indent < 0) return this.giveUp();
    this.at = Math.min(at, end);
    this.nextContent();
    if (this.column > column) return this.giveUp();
    return chomped(lines, chomp);
  }
}

function chomped(lines: readonly string[], chomp: string): string {
  let last = lines.length;
  if (chomp === '+') return `${lines.join('\n')}\n`;
  while (last > 0 && lines[last - 1] === '') last--;
  return lines.slice(0, last).join('\n') + (chomp === '-' ? '' : '\n');
}

/** Text with escapes that JSON has too. */
function jsonText(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
