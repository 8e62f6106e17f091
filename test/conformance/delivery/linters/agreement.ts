import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../../src/check/finding';

/** What one side says of an object: `container-image-tag Deployment shop/api`. */
export type Entry = string;

/** What the two sides say of one corpus. */
export interface Answers {
  readonly corpus: string;
  readonly ours: ReadonlySet<Entry>;
  readonly theirs: ReadonlySet<Entry>;
  /** Objects that the judge cannot read: `Deployment shop/api`. */
  readonly unread: readonly string[];
}

/** A group of disagreements with one reason. */
interface Listed {
  readonly judge: string;
  /** Who alone says it. */
  readonly only: 'ours' | 'theirs';
  readonly reason: string;
  /** `<corpus>: <entry>` */
  readonly cases: readonly string[];
}

/** Objects that a judge cannot read, with one reason. */
interface Unread {
  readonly judge: string;
  readonly reason: string;
  /** `<corpus>: <object>` */
  readonly objects: readonly string[];
}

/** How often both, and each alone, say what a check is about; and why they differ, as often as it is so. */
export interface Row {
  readonly both: number;
  readonly ours: number;
  readonly theirs: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

export interface Agreement {
  readonly table: ReadonlyMap<string, Row>;
  /** Why objects are not judged, with how many of them. */
  readonly unread: readonly { readonly reason: string; readonly count: number }[];
  /** Disagreements and unread objects that are not listed, and listed ones that are none any more. */
  readonly problems: readonly string[];
}

const contentOf = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, file), 'utf8'));
const listed = contentOf('disagreements.json') as readonly Listed[];
const unreadable = contentOf('unread.json') as readonly Unread[];

export const nameOf = (kind: string, namespace: string | undefined, name: string) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
export const nameOfFound = ({ object: { kind, namespace, name } }: Finding) => nameOf(kind, namespace, name);

/** Whether it is listed that a judge cannot read an object. */
export function isListedUnread(judge: string, corpus: string, object: string): boolean {
  return unreadable.some(group => group.judge === judge && group.objects.includes(`${corpus}: ${object}`));
}

/** Listed sets that are not there. */
export function unknownCorpora(judge: string, corpora: readonly { readonly name: string }[]): string[] {
  const known = new Set(corpora.map(({ name }) => name));
  const all = [...listed.map(({ judge: by, cases }) => ({ by, cases })), ...unreadable.map(({ judge: by, objects }) => ({ by, cases: objects }))];
  return all.filter(({ by }) => by === judge).flatMap(({ cases }) => cases).filter(each => !known.has(each.split(': ')[0])).map(each => `${each} is listed, and there is no such set of manifests; take it out`);
}

/** Compares the answers of a judge with ours, and the differences with those that are listed with a reason. */
export function agreementOf(judge: string, answers: readonly Answers[]): Agreement {
  const asked = new Set(answers.map(({ corpus }) => corpus));
  const isAsked = (each: string) => asked.has(each.split(': ')[0]);
  const groups = listed.filter(group => group.judge === judge).map(group => ({ ...group, cases: group.cases.filter(isAsked) }));
  const silent = unreadable.filter(group => group.judge === judge).map(group => ({ ...group, objects: group.objects.filter(isAsked) }));
  const found = { both: [] as string[], ours: [] as string[], theirs: [] as string[] };
  for (const { corpus, ours, theirs } of answers) {
    for (const entry of new Set([...ours, ...theirs])) found[ours.has(entry) ? theirs.has(entry) ? 'both' : 'ours' : 'theirs'].push(`${corpus}: ${entry}`);
  }
  const checks = [...new Set(Object.values(found).flat().map(checkOf))].sort();
  const countOf = (entries: readonly string[], check: string) => entries.filter(each => checkOf(each) === check).length;
  const differences = (['ours', 'theirs'] as const).flatMap(who => found[who].map(each => `only ${who}: ${each}`));
  const unread = answers.flatMap(({ corpus, unread: objects }) => objects.map(object => `unread: ${corpus}: ${object}`));
  return {
    table: new Map(checks.map(check => [check, {
      both: countOf(found.both, check), ours: countOf(found.ours, check), theirs: countOf(found.theirs, check),
      reasons: groups.map(({ reason, cases }) => ({ reason, count: countOf(cases, check) })).filter(({ count }) => count),
    }])),
    unread: silent.map(({ reason, objects }) => ({ reason, count: objects.length })).filter(({ count }) => count),
    problems: [
      ...problemsOf(differences, groups.flatMap(({ only, cases }) => cases.map(each => `only ${only}: ${each}`)), 'disagreements.json'),
      ...problemsOf(unread, silent.flatMap(({ objects }) => objects.map(each => `unread: ${each}`)), 'unread.json'),
    ],
  };
}

const checkOf = (found: string) => found.split(': ')[1].split(' ')[0];

function problemsOf(found: readonly string[], expected: readonly string[], file: string): string[] {
  const [there, known] = [new Set(found), new Set(expected)];
  return [
    ...[...there].filter(each => !known.has(each)).sort().map(each => `${each} is not listed in ${file}; find out who is right, then mend the rule or list it with the reason`),
    ...[...known].filter(each => !there.has(each)).sort().map(each => `${each} is listed in ${file} and is so no more; take it out`),
  ];
}

/** Check by check, how often they agree. */
export function tableText({ table }: Agreement): string {
  return [...table].map(([check, { both, ours, theirs }]) => `${check}: ${both} agreed${ours ? `, ${ours} only ours` : ''}${theirs ? `, ${theirs} only theirs` : ''}`).join('\n');
}
