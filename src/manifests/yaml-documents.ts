import type { Document, ScalarTag } from 'yaml';
import { stepsOf } from './_path-steps';
import { plainValue } from './yaml-plain';
import { readDocument, unread, type LineMarks, type Span } from './yaml-reader';

/** A document of a YAML text. */
export interface YamlDocument {
  readonly value: unknown;
  /** The line that it begins on, counted from 1. */
  readonly line: number;
  /** The line of what stands at a path such as `spec.ports[0].name`, or of the nearest thing around it that is there. */
  lineOf(path: string): number;
}

/** Something that is no YAML. What it says is told without the text itself, which may be secret. */
export interface YamlProblem { readonly line: number; readonly message: string }

/** What a text holds, in order; a document that is none is a problem and no document. */
export interface YamlText { readonly documents: readonly YamlDocument[]; readonly problems: readonly YamlProblem[] }

/** Every scalar without quotes means what it means to Kubernetes. */
const asKubernetes: ScalarTag = {
  tag: 'tag:yaml.org,2002:plain', identify: () => false, default: true, test: /^(?!<<$)/, resolve: text => plainValue(text),
};

/** Reads a YAML or JSON text as Kubernetes does. Empty documents are left out; mistakes of one document do not hide the others. */
export function readYaml(source: string): YamlText {
  const text = (source.startsWith('\uFEFF') ? source.slice(1) : source).replaceAll('\r\n', '\n');
  const documents: YamlDocument[] = [];
  const problems: YamlProblem[] = [];
  // A directive holds for what follows it, and a return without a break may be one.
  const isUnusual = text.includes('\r') || /(?<![^\n])%/.test(text);
  for (const span of isUnusual ? [{ start: 0, end: text.length, line: 1 }] : spansOf(text)) {
    const quick = isUnusual ? unread : readDocument(text, span);
    if (quick === unread) readWhole(text, span, documents, problems);
    else if (quick !== null && quick !== undefined) documents.push(new QuickDocument(quick, text, span));
  }
  return { documents, problems };
}

/** The documents of a text, split at their markers, which can stand nowhere else at the beginning of a line. */
function spansOf(text: string): Span[] {
  if (!text.includes('---') && !text.includes('...')) return [{ start: 0, end: text.length, line: 1 }];
  const spans: Span[] = [];
  let start = 0;
  for (const marker of text.matchAll(/(?<![^\n])(?:---|\.\.\.)(?=[ \t\n]|$)/g)) {
    if (spans.length || marker.index > start) spans.push({ start, end: marker.index, line: lineAt(spans, start, text) });
    start = marker.index + 3;
  }
  spans.push({ start, end: text.length, line: lineAt(spans, start, text) });
  return spans;
}

/** The line of an offset, counted on from where the last span begins. */
function lineAt(spans: readonly Span[], start: number, text: string): number {
  const last = spans.at(-1);
  let line = last?.line ?? 1;
  for (let at = text.indexOf('\n', last?.start ?? 0); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** A document that was read quickly: lines are looked for when somebody asks. */
class QuickDocument implements YamlDocument {
  private marked: { readonly root: unknown; readonly marks: LineMarks; readonly line: number } | undefined;

  constructor(readonly value: unknown, private readonly text: string, private readonly span: Span) {}

  get line(): number {
    return firstLineOf(this.text, this.span);
  }

  lineOf(path: string): number {
    const { root, marks, line: first } = this.marked ??= this.read();
    let line = first;
    let holder = root;
    for (const step of stepsOf(root, path)) {
      line = (typeof holder === 'object' && holder !== null ? marks.get(holder)?.get(step) : undefined) ?? line;
      holder = (holder as Readonly<Record<string | number, unknown>> | null)?.[step];
    }
    return line;
  }

  private read() {
    const marks: LineMarks = new Map();
    return { root: readDocument(this.text, this.span, marks), marks, line: this.line };
  }
}

/** The line of the first thing in a document that is no comment. */
function firstLineOf(text: string, { start, end, line }: Span): number {
  let [at, found] = [start, line];
  for (;;) {
    const stop = text.indexOf('\n', at);
    const content = text.slice(at, stop < 0 || stop > end ? end : stop).replace(/^[ \t]+/, '');
    if ((content && !content.startsWith('#')) || stop < 0 || stop >= end) return content ? found : line;
    at = stop + 1;
    found++;
  }
}

/** Reads what is unusual with a whole parser, which also tells what is wrong. */
function readWhole(text: string, { start, end, line }: Span, documents: YamlDocument[], problems: YamlProblem[]): void {
  const { LineCounter, parseAllDocuments } = yaml();
  const counter = new LineCounter();
  const lineAtOffset = (offset: number) => line - 1 + Math.max(1, counter.linePos(offset).line);
  let parsed: readonly Document[];
  try {
    // What stands on the line of a marker may be a mistake there and none without it.
    const all = parseAllDocuments(`${start && text.startsWith('---', start - 3) ? '---' : ''}${text.slice(start, end)}`, {
      schema: 'failsafe', merge: true, customTags: tags => [asKubernetes, ...tags], lineCounter: counter, logLevel: 'silent',
    });
    parsed = (Array.isArray(all) ? all : []) as Document[];
  } catch (error) {
    problems.push({ line, message: messageOf(error) });
    return;
  }
  for (const document of parsed) {
    const [error] = document.errors;
    if (error) {
      problems.push({ line: lineAtOffset(error.pos[0]), message: error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '') });
      continue;
    }
    const first = lineAtOffset(document.contents?.range?.[0] ?? document.range?.[0] ?? 0);
    try {
      const value: unknown = document.toJS({ maxAliasCount: 1000 });
      if (value === null || value === undefined) continue;
      documents.push({ value, line: first, lineOf: path => lineInDocument(document, stepsOf(value, path), lineAtOffset) ?? first });
    } catch (cause) {
      problems.push({ line: first, message: messageOf(cause) });
    }
  }
}

function lineInDocument(document: Document, steps: readonly (string | number)[], lineAtOffset: (offset: number) => number): number | undefined {
  const { isMap, isPair, isScalar, isSeq, isNode } = yaml();
  let found: number | undefined;
  let node: unknown = document.contents;
  for (const step of steps) {
    const pair = isMap(node) ? node.items.find(item => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step)) : undefined;
    const item = isSeq(node) ? node.items[Number(step)] : undefined;
    const place = pair ? pair.key : item;
    if (!isNode(place)) return found;
    found = place.range ? lineAtOffset(place.range[0]) : found;
    node = pair ? pair.value : item;
  }
  return found;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message.split('\n')[0] : String(error));

/** Loaded when something unusual is read. */
function yaml(): typeof import('yaml') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml') as typeof import('yaml');
}
