import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one side says of an object: `container-image-tag Deployment shop/api`. */
export type Entry = string;

/** What the two sides say of one corpus. */
export interface Answers {
  readonly corpus: string;
  readonly ours: ReadonlySet<Entry>;
  readonly theirs: ReadonlySet<Entry>;
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

export interface Agreement {
  /** How often both, and each alone, say what a check is about. */
  readonly table: ReadonlyMap<string, { both: number; ours: number; theirs: number }>;
  /** Disagreements that are not listed, and listed ones that are none any more. */
  readonly problems: readonly string[];
}

const listed = JSON.parse(readFileSync(join(__dirname, 'disagreements.json'), 'utf8')) as readonly Listed[];

/** Compares the answers of a judge with ours, and the differences with those that are listed with a reason. */
export function agreementOf(judge: string, answers: readonly Answers[]): Agreement {
  const table = new Map<string, { both: number; ours: number; theirs: number }>();
  const found = new Set<string>();
  for (const { corpus, ours, theirs } of answers) {
    for (const entry of new Set([...ours, ...theirs])) {
      const check = entry.split(' ')[0];
      const row = table.get(check) ?? { both: 0, ours: 0, theirs: 0 };
      table.set(check, row);
      const who = ours.has(entry) ? theirs.has(entry) ? 'both' : 'ours' : 'theirs';
      row[who]++;
      if (who !== 'both') found.add(`${who}: ${corpus}: ${entry}`);
    }
  }
  const asked = new Set(answers.map(({ corpus }) => corpus));
  const expected = new Set(listed.filter(group => group.judge === judge).flatMap(({ only, cases }) => cases.map(each => `${only}: ${each}`))
    .filter(each => asked.has(each.split(': ')[1])));
  return {
    table,
    problems: [
      ...[...found].filter(each => !expected.has(each)).sort().map(each => `${each} is a disagreement that is not listed in disagreements.json`),
      ...[...expected].filter(each => !found.has(each)).sort().map(each => `${each} is listed in disagreements.json and is none any more`),
    ],
  };
}

/** Rule by rule, how often they agree. */
export function tableText({ table }: Agreement): string {
  return [...table].sort(([a], [b]) => (a < b ? -1 : 1)).map(([check, { both, ours, theirs }]) => `${check}: ${both} agreed${ours ? `, ${ours} only ours` : ''}${theirs ? `, ${theirs} only theirs` : ''}`).join('\n');
}
