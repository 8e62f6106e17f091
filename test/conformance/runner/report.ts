import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Result, Status } from './check';

const marks: Readonly<Record<Status, string>> = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' };

/** One line per result; the problems of a failed one below it. */
export function lineOf({ area, judge, version, subject, status, count, detail }: Result): string {
  const head = `${marks[status]} ${area}  ${judge} ${version}  ${subject}  (${count})`;
  if (detail === '') return head;
  if (!detail.includes('\n') && status !== 'failed') return `${head}  ${detail}`;
  return [head, ...detail.split('\n').map(line => `       ${line}`)].join('\n');
}

/** Totals per judge and version, for the end of the report. */
export function tableOf(results: readonly Result[]): string {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const key = JSON.stringify([result.area, result.judge, result.version]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  const rows = [...groups.values()].map(group => [
    group[0].area,
    group[0].judge,
    group[0].version,
    ...totalsOf(group),
    String(group.reduce((sum, result) => sum + result.count, 0)),
  ]);
  return layOut([['area', 'judge', 'version', 'passed', 'failed', 'skipped', 'count'], ...rows]);
}

/** How long a check took. */
export interface Time { readonly area: string; readonly check: string; readonly seconds: number }

/** A line for each area with the time it took, and each of its checks. */
export function timesOf(times: readonly Time[]): string[] {
  return [...new Set(times.map(({ area }) => area))].map(area => {
    const own = times.filter(time => time.area === area);
    const all = own.reduce((sum, { seconds }) => sum + seconds, 0);
    return `${area} took ${Math.round(all)} s: ${own.map(({ check, seconds }) => `${check} ${Math.round(seconds)}`).join(', ')}`;
  });
}

/** The closing line that other tools read. */
export function summaryOf(results: readonly Result[]): string {
  const [passed, failed, skipped] = totalsOf(results);
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Writes the results so that a reader sees the old file or the new one, never half of it. */
export function writeResults(file: string, results: readonly Result[]): void {
  const unfinished = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(unfinished, `${JSON.stringify(results.map(inOrder), undefined, 2)}\n`);
  renameSync(unfinished, file);
}

function inOrder({ area, judge, version, subject, status, count, detail }: Result): Result {
  return { area, judge, version, subject, status, count, detail };
}

function totalsOf(results: readonly Result[]): string[] {
  const statuses: readonly Status[] = ['passed', 'failed', 'skipped'];
  return statuses.map(status => String(results.filter(result => result.status === status).length));
}

function layOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
