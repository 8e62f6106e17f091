import { z } from 'zod';
import { tableOf, type Column } from '../table';
import { phases } from '../../synth/profile';

const milliseconds = z.number().min(0);
const reportSchema = z.object({
  buildMs: milliseconds,
  phases: z.partialRecord(z.enum(phases), milliseconds),
  charts: z.array(z.object({ path: z.string(), objects: z.int().min(0), ms: milliseconds })),
});

/** Where the time of `marty synth --profile` went, as `--json` prints it; all times are in milliseconds. */
export const profileSchema = z.strictObject({
  /** The app as a process, from start to end. */
  appMs: milliseconds,
  /** In the app: loading its code and building its constructs. Absent when the app does not synthesize with marty-msf. */
  buildMs: milliseconds.optional(),
  /** In the app: each step of its synth. */
  phases: z.array(z.strictObject({ phase: z.enum(phases), ms: milliseconds })),
  /** In the app: each chart, the slowest first. */
  charts: z.array(z.strictObject({ chart: z.string(), objects: z.int().min(0), ms: milliseconds })),
  /** Comparing what the app wrote with the output folder, and writing what changed. */
  outputMs: milliseconds,
});

export type SynthProfile = z.output<typeof profileSchema>;

/** What an app left in its profile file, with the times that were taken around it. */
export function profileOf(left: string | undefined, around: { readonly appMs: number; readonly outputMs: number }): SynthProfile {
  const report = left === undefined ? undefined : reportSchema.safeParse(JSON.parse(left)).data;
  const spent = phases.map(phase => ({ phase, ms: round(report?.phases[phase] ?? 0) })).filter(({ ms }) => ms > 0);
  const charts = (report?.charts ?? []).map(({ path, objects, ms }) => ({ chart: path, objects, ms: round(ms) }))
    .sort((a, b) => b.ms - a.ms || (a.chart < b.chart ? -1 : 1));
  const build = report ? { buildMs: round(report.buildMs) } : {};
  return { appMs: round(around.appMs), ...build, phases: spent, charts, outputMs: round(around.outputMs) };
}

const round = (ms: number) => Math.round(ms * 10) / 10;

const meanings: Readonly<Record<(typeof phases)[number], string>> = {
  validate: 'asking constructs what is wrong with them',
  order: 'dependencies and their order',
  render: 'objects from constructs',
  check: 'objects against schemas',
  yaml: 'objects as text',
  compare: 'comparing files',
  write: 'writing files',
};

/** As many charts as are worth looking at. */
const shownCharts = 20;

/** The profile as tables. */
export function profileTable({ appMs, buildMs, phases: spent, charts, outputMs }: SynthProfile): string {
  const columns: Column[] = [{ title: 'step' }, { title: 'ms', align: 'right' }];
  const rest = buildMs === undefined ? [] : [['  loading code, building constructs', text(buildMs)], ...spent.map(({ phase, ms }) => [`  ${phase}: ${meanings[phase]}`, text(ms)])];
  const steps = tableOf(columns, [['the app', text(appMs)], ...rest, ['comparing and writing the output', text(outputMs)]]);
  if (buildMs === undefined) return `${steps}the app calls no synth of marty-msf, so that no more is known\n`;
  const slowest = charts.slice(0, shownCharts).map(({ chart, objects, ms }) => [chart, String(objects), text(ms)]);
  const more = charts.length > shownCharts ? `and ${charts.length - shownCharts} charts that took less\n` : '';
  return `${steps}\n${tableOf([{ title: 'chart' }, { title: 'objects', align: 'right' }, { title: 'ms', align: 'right' }], slowest)}${more}`;
}

const text = (ms: number) => ms.toFixed(1);
