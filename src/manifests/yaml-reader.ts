import { flowValue } from './_yaml-flow';
import { type KeyStep, top } from './_yaml-keys';
import { blockText, quotedText } from './_yaml-text';
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
  /** The place before the first key of the objects that stand here. */
  private inside = top;

  constructor(
    private readonly text: string,
    private at: number,
    private readonly end: number,
    private line: number,
    private readonly marks?: LineMarks,
  ) {}

  document(): unknown {
    const { at, line } = this;
    this.nextContent();
    // Behind a marker, on its line, no list or object may begin.
    if (at > 0 && this.line === line && this.column >= 0) this.giveUp();
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
    const step = this.key(this.inside);
    if (this.isUnread) return undefined;
    return step === undefined ? this.scalar(this.column) : this.object(this.column, step);
  }

  private isItem(): boolean {
    return this.text.charCodeAt(this.at) === dash && this.isBlank(this.at + 1);
  }

  /** Whether a word ends here. */
  private isBlank(at: number): boolean {
    if (at >= this.end) return true;
    const code = this.text.charCodeAt(at);
    return code === space || code === newline;
  }

  /** The key that stands here, behind another, and goes behind its colon; undefined, and stays, when none does. */
  private key(before: KeyStep): KeyStep | undefined {
    const { text, at, end } = this;
    const { next } = before;
    if (next !== undefined) {
      const found = at + next.text.length;
      if (found < end && text.charCodeAt(found) === colon && this.isBlank(found + 1) && text.startsWith(next.text, at)) {
        this.at = found + 1;
        return next;
      }
    }
    const key = this.otherKey();
    return key === undefined ? undefined : before.followedBy(text.slice(at, this.at - 1), key);
  }

  private otherKey(): string | undefined {
    const { text, at } = this;
    const first = text.charCodeAt(at);
    if (first === quote || first === apostrophe) return this.quotedKey();
    if (indicators.has(first)) return undefined;
    const stop = this.lineEnd(at);
    let found = text.indexOf(':', at);
    while (found >= 0 && found < stop - 1 && text.charCodeAt(found + 1) !== space) found = text.indexOf(':', found + 1);
    if (found < 0 || found >= stop) return undefined;
    const key = text.slice(at, found);
    if (key.includes(' #')) return undefined;
    // Keys that are no text to Kubernetes, that are merged, or that would be no field of an object.
    const meaning = plainValue(key);
    const isText = typeof meaning === 'string' || (typeof meaning === 'number' && String(meaning) === key);
    if (!isText || key === '<<' || key === '__proto__' || key.endsWith(' ') || key.includes('\t')) return this.giveUp();
    this.at = found + 1;
    return key;
  }

  private quotedKey(): string | undefined {
    const { at } = this;
    const value = this.quoted();
    const isKey = value !== undefined && this.text.charCodeAt(this.at) === colon && this.isBlank(this.at + 1);
    if (!isKey || value === '__proto__') {
      this.at = at;
      return value === '__proto__' ? this.giveUp() : undefined;
    }
    this.at++;
    return value;
  }

  private object(column: number, first: KeyStep): unknown {
    const object: Record<string, unknown> = {};
    const marks = this.marks && new Map<string | number, number>();
    if (marks) this.marks?.set(object, marks);
    let step: KeyStep | undefined = first;
    for (;;) {
      const { key } = step;
      if (!step.isFirst && Object.hasOwn(object, key)) return this.giveUp();
      step.isFirst = true;
      marks?.set(key, this.line);
      this.inside = step.inside;
      object[key] = this.entry(column);
      if (this.column !== column) return this.column > column ? this.giveUp() : object;
      step = this.isItem() ? undefined : this.key(step);
      if (step === undefined) return this.giveUp();
    }
  }

  private list(column: number): unknown {
    const { inside } = this;
    const list: unknown[] = [];
    const marks = this.marks && new Map<string | number, number>();
    if (marks) this.marks?.set(list, marks);
    for (;;) {
      const { at, line } = this;
      this.inside = inside;
      this.at++;
      const isBelow = this.isLineOver();
      if (isBelow) this.endLine();
      marks?.set(list.length, isBelow && this.column > column ? this.line : line);
      list.push(isBelow ? this.below(column, false) : this.item(column, column + this.at - at));
      if (this.column !== column) return this.column > column ? this.giveUp() : list;
      // A list that is the value of a key may stand in the column of that key.
      if (!this.isItem()) return list;
    }
  }

  /** What stands behind a dash on its line; `inner` is the column where it begins. */
  private item(column: number, inner: number): unknown {
    if (this.isItem()) {
      this.column = inner;
      return this.list(inner);
    }
    const step = this.key(this.inside);
    if (this.isUnread) return undefined;
    if (step === undefined) return this.scalar(column);
    this.column = inner;
    return this.object(inner, step);
  }

  /** Goes to what stands next on the line; tells whether that is nothing but a comment. */
  private isLineOver(): boolean {
    while (this.at < this.end && this.text.charCodeAt(this.at) === space) this.at++;
    const code = this.at < this.end ? this.text.charCodeAt(this.at) : newline;
    return code === newline || code === hash;
  }

  /** What stands behind a key: on the same line, or below it. */
  private entry(column: number): unknown {
    if (!this.isLineOver()) return this.scalar(column);
    this.endLine();
    return this.below(column, true);
  }

  /** What stands below a key or a dash, when nothing stands behind it. */
  private below(column: number, isKey: boolean): unknown {
    if (this.column > column) return this.block();
    return isKey && this.column === column && this.isItem() ? this.list(column) : null;
  }

  /** A scalar or flow collection, up to the end of its line; `column` is that of what it belongs to. */
  private scalar(column: number): unknown {
    const { text, at, end } = this;
    const first = text.charCodeAt(at);
    if (first === quote || first === apostrophe) {
      const value = this.quoted();
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
    // One look at each character: this is where most of them stand.
    let stop = at;
    let last = at;
    for (; stop < end; stop++) {
      const code = text.charCodeAt(stop);
      if (code === newline) break;
      if (code === space) continue;
      if (code === tab || (code === colon && this.isBlank(stop + 1))) return this.giveUp();
      if (code === hash && last < stop) break;
      last = stop + 1;
    }
    const value = text.slice(at, last);
    this.at = last;
    this.endLine();
    // It goes on below.
    if (this.column > column) return this.giveUp();
    return plainValue(value);
  }

  /** Text in quotes, all on one line; undefined, and stays, when it is not. */
  private quoted(): string | undefined {
    const read = quotedText(this.text, this.at, this.lineEnd(this.at));
    if (read) this.at = read.end;
    return read?.value;
  }

  private literal(column: number): unknown {
    const read = blockText(this.text, this.at, this.end, column);
    if (!read) return this.giveUp();
    this.at = read.end;
    this.line += read.lines;
    this.nextContent();
    return this.column > column ? this.giveUp() : read.value;
  }
}
