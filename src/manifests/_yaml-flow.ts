import { plainValue } from './yaml-plain';

/** A flow collection, and where the text goes on behind it. */
interface Flow { readonly value: unknown; readonly end: number }

const empty = /[ ]*/y;
const plain = /[^\s"'#,:[\]{}!&*|>%@`?-](?:[^\s"'#,:[\]{}]|:(?=[^\s,[\]{}"']))*|-(?=[^\s,[\]{}])(?:[^\s"'#,:[\]{}]|:(?=[^\s,[\]{}"']))*/y;
const doubleQuoted = /"(?:[^"\\\t]|\\.)*"/y;
const singleQuoted = /'(?:[^'\t]|'')*'/y;

/**
 * Reads a list or object in brackets that ends on its line and holds plain words and quoted text only.
 *
 * @returns undefined when it is anything else; a whole parser has to look at it then.
 */
export function flowValue(text: string, start: number, end: number): Flow | undefined {
  const line = text.slice(start, end);
  const flow = new FlowReader(line);
  const value = flow.value();
  return flow.isUnread ? undefined : { value, end: start + flow.at };
}

class FlowReader {
  at = 0;
  isUnread = false;

  constructor(private readonly line: string) {}

  value(): unknown {
    const opening = this.line[this.at];
    if (opening === '[') return this.list();
    if (opening === '{') return this.object();
    const isQuoted = opening === '"' || opening === "'";
    const text = this.scalar();
    return text === undefined ? this.giveUp() : isQuoted ? text : plainValue(text);
  }

  private giveUp(): undefined {
    this.isUnread = true;
    return undefined;
  }

  private list(): unknown {
    const list: unknown[] = [];
    this.at++;
    this.match(empty);
    if (this.take(']')) return list;
    while (!this.isUnread) {
      list.push(this.value());
      this.match(empty);
      if (this.take(']')) return list;
      if (!this.take(',')) break;
      this.match(empty);
    }
    return this.giveUp();
  }

  private object(): unknown {
    const object: Record<string, unknown> = {};
    this.at++;
    this.match(empty);
    if (this.take('}')) return object;
    while (!this.isUnread) {
      const isQuoted = ['"', "'"].includes(this.line[this.at]);
      const key = this.scalar();
      if (key === undefined || key === '<<' || key === '__proto__' || Object.hasOwn(object, key) || (!isQuoted && typeof plainValue(key) !== 'string')) break;
      this.match(empty);
      if (!this.take(':')) break;
      const gap = this.match(empty);
      if (!gap && !isQuoted) break;
      object[key] = this.value();
      this.match(empty);
      if (this.take('}')) return object;
      if (!this.take(',')) break;
      this.match(empty);
    }
    return this.giveUp();
  }

  /** Quoted text, or plain words with single spaces between them. */
  private scalar(): string | undefined {
    const opening = this.line[this.at];
    if (opening === '"') {
      const found = this.match(doubleQuoted);
      try {
        return found ? JSON.parse(found) as string : undefined;
      } catch {
        return undefined;
      }
    }
    if (opening === "'") return this.match(singleQuoted)?.slice(1, -1).replaceAll("''", "'");
    const words: string[] = [];
    for (let word = this.match(plain); word; word = this.match(plain)) {
      words.push(word);
      const gap = this.match(empty);
      if (!gap) break;
      words.push(gap);
    }
    return words.length ? words.join('').trimEnd() : undefined;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.line)?.[0];
    if (found) this.at += found.length;
    return found || undefined;
  }

  private take(character: string): boolean {
    if (this.line[this.at] !== character) return false;
    this.at++;
    return true;
  }
}
