import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

/** A fenced block of a document: its language, what stands behind it (`title=fleet.ts`), and its text. */
export interface Block { readonly language: string; readonly attributes: Readonly<Record<string, string>>; readonly text: string }

/** Every document that a user reads, by its path from the root. */
export function documents(): string[] {
  return ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md')).map(file => join('docs', file)).sort()];
}

/** The fenced blocks of a document, in order. */
export function blocksOf(document: string): Block[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, language, rest, body]) => ({
    language,
    attributes: Object.fromEntries(rest.trim().split(/\s+/).filter(Boolean).map(part => part.split('=') as [string, string])),
    text: body,
  }));
}
