import { tableOf, type Column } from '../table';
import type { SynthResult } from './result';

const numbers = ['objects', 'written', 'kept', 'removed', 'edited'] as const;

/** The closing table: what happened in each environment to each service. */
export function closingTable({ services, files, total, durationMs, outdir, dryRun }: SynthResult): string {
  const shown = numbers.filter(number => number !== 'edited' || total.edited > 0);
  const columns: Column[] = [{ title: 'environment' }, { title: 'service' }, ...shown.map(title => ({ title, align: 'right' as const }))];
  const rows = services.map((service, index) => [
    services[index - 1]?.environment === service.environment ? '' : service.environment || '(none)',
    service.service || '(all)',
    ...shown.map(number => String(service[number])),
  ]);
  const sum = ['total', '', ...shown.map(number => String(total[number]))];
  const changes = files.some(({ action }) => action !== 'keep');
  const where = dryRun ? `a dry run: nothing was written to ${outdir}` : changes ? `written to ${outdir}` : `${outdir} was up to date`;
  return `${tableOf(columns, [...rows, sum])}${(durationMs / 1000).toFixed(1)} s, ${where}\n`;
}

/** A line for each file that somebody changed by hand, since that work is lost, or is left where it is. */
export function editedLines({ files, dryRun }: SynthResult): string {
  return files.filter(({ edited }) => edited).map(({ path, action }) => (action === 'write'
    ? `${path} was changed by hand and ${dryRun ? 'would be' : 'is'} written again\n`
    : `${path} was changed by hand and is not removed; from now on it is yours\n`)).join('');
}

/** What a dry run prints: one line per file that would change. */
export function fileList({ files }: SynthResult): string {
  return files.filter(({ action }) => action !== 'keep').map(({ action, path }) => `${action.padEnd(6)} ${path}\n`).join('');
}
