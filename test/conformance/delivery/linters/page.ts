import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, chartCatalogue, type Pinned } from '../../adoption/catalogue';
import type { FoundJudge } from '../../judges/judge';
import type { Agreement, Row } from './agreement';
import { chartCount } from './charts';
import { version, type Corpus } from './corpus';

const file = join(__dirname, '../../../../docs/agreement.md');
const command = 'AGREEMENT_UPDATE=1 npm run conformance -- delivery/linters';

/** A part of the page, under a title of its own. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** Which public manifests and charts are compared, at which versions. */
export function corpusSection(): Section {
  const idOf = ({ origin, version: pinned }: Pinned) => `\`${origin}\` | ${pinned}`;
  const rows = [...new Set([...catalogue, ...chartCatalogue].map(idOf))].map(id => {
    const sets = catalogue.filter(each => idOf(each) === id).flatMap(origin => origin.sets);
    const charts = chartCatalogue.filter(each => idOf(each) === id).flatMap(origin => origin.charts);
    return `| ${id} | ${namesOf(sets)} | ${namesOf(charts)} |`;
  });
  const renderings = chartCatalogue.flatMap(({ charts }) => charts).length;
  return {
    title: 'The public manifests',
    text: [
      `${catalogue.flatMap(({ sets }) => sets).length} sets of manifests and ${chartCount} charts, rendered ${renderings} times with \`helm template\`: with the values of the chart,`,
      'and some once more with others. Each origin is a Go module, held against its checksum. What is chosen of it stands in',
      '[`sets.json`](../test/conformance/adoption/sets.json) and [`charts.json`](../test/conformance/adoption/charts.json).', '',
      '| origin | version | manifests | charts |', '|---|---|---|---|', ...rows, '',
    ].join('\n'),
  };
}

const namesOf = (named: readonly { readonly name: string }[]) => named.map(({ name }) => name).join(', ');

/** Check by check, how often a judge and we say the same. */
export function judgeSection(
  judge: FoundJudge, corpora: readonly Corpus[], { table, unread }: Agreement, rules: ReadonlyMap<string, readonly string[]>,
): Section {
  const objects = corpora.reduce((sum, corpus) => sum + corpus.objects.length, 0);
  const sumOf = (count: (row: Row) => number) => [...table.values()].reduce((sum, row) => sum + count(row), 0);
  const [both, apart] = [sumOf(row => row.both), sumOf(row => row.ours + row.theirs)];
  const rows = [...new Set([...rules.keys(), ...table.keys()])].sort().map(check => {
    const row = table.get(check) ?? { both: 0, ours: 0, theirs: 0, reasons: [] };
    const links = (rules.get(check) ?? []).map(id => `[${id}](rules.md#${id})`);
    return `| \`${check}\` | ${links.join(', ')} | ${row.both} | ${row.ours} | ${row.theirs} | ${row.reasons.map(({ reason, count }) => `${count}: ${reason}`).join('. ')} |`;
  });
  return {
    title: judge.name,
    text: [
      `${judge.name} ${judge.version}, told Kubernetes ${version}: ${corpora.length} sets with ${objects} objects, ${both} findings of both and ${apart} of one alone.`, '',
      `| check of ${judge.name} | rule | agreed | only ours | only theirs | why |`, '|---|---|---|---|---|---|', ...rows, '',
      ...(unread.length ? [`Not judged: ${unread.map(({ reason, count }) => `${reason} (${count})`).join('. ')}.`, ''] : []),
    ].join('\n'),
  };
}

/** Whether the page says what was found; with `AGREEMENT_UPDATE=1` it is written instead. */
export function pageProblems(sections: readonly Section[]): string[] {
  const page = readFileSync(file, 'utf8');
  const parts = page.split(/^(?=## )/m).map(part => part.trimEnd());
  for (const { title, text } of sections) {
    const place = parts.findIndex(part => part.startsWith(`## ${title}\n`));
    parts[place < 0 ? parts.length : place] = `## ${title}\n\n${text.trimEnd()}`;
  }
  const expected = `${parts.join('\n\n')}\n`;
  if (process.env.AGREEMENT_UPDATE === '1') writeFileSync(file, expected);
  else if (page !== expected) return [`docs/agreement.md is not what was found about ${sections.map(({ title }) => title).join(' and ')}; write it with ${command}`];
  return [];
}
