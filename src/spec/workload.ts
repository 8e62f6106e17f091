import { z } from 'zod';
import { cronProblem } from './_cron';
import { varying, type Names, type Settled, type Varying } from './varying';

/** The longest time that Kubernetes knows, in seconds: 68 years. */
export const forGood = 2_147_483_647;

const seconds = (max: number) => z.int().min(1).max(max);
const retries = z.int().min(0).max(20);

/** Time zones are names of the database, such as Europe/Berlin; never part of the schedule. */
const timeZone = z.string().refine(isTimeZone, { error: 'expected a time zone such as Europe/Berlin or Etc/UTC' });

const cron = z.string().superRefine((text, context) => {
  const problem = cronProblem(text);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** What keeps the pods of a service running: for good, one per node, on a schedule, or once. Never changes for a service. */
export const workloadSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deployment') }),
  z.strictObject({
    kind: z.literal('stateful'),
    /** Whether replicas start one after the other, each when the one before is ready, or all at once. @default 'ordered' */
    order: z.enum(['ordered', 'parallel']).default('ordered'),
  }),
  z.strictObject({ kind: z.literal('daemon') }),
  z.strictObject({
    kind: z.literal('schedule'),
    /** Five fields: minute, hour, day of month, month, day of week; or `@daily` and the like. */
    cron: varying(cron),
    /** The time zone of the schedule. @default 'Etc/UTC' */
    timeZone: timeZone.default('Etc/UTC'),
    /** What happens when a run is due while one is under way: it waits for its next time, runs beside, or replaces it. @default 'forbid' */
    concurrency: z.enum(['forbid', 'allow', 'replace']).default('forbid'),
    /** Seconds after which a run that could not start is given up, 10 to 86400. @default 300 */
    startWithinSeconds: z.int().min(10).max(86_400).default(300),
    /** How many finished runs are kept, 0 to 100. @default 3 */
    keepSucceeded: z.int().min(0).max(100).default(3),
    /** How many failed runs are kept, 0 to 100. @default 3 */
    keepFailed: z.int().min(0).max(100).default(3),
    /** How often a failed run is tried again, 0 to 20. @default 2 */
    retries: retries.default(2),
    /** Seconds after which a run is stopped, 1 to 604800. @default 3600 */
    timeLimitSeconds: seconds(604_800).default(3600),
    /** Whether it is not run at present. @default false */
    suspended: varying(z.boolean()).default(false),
  }),
  z.strictObject({
    kind: z.literal('job'),
    /** How often it is tried again when it fails, 0 to 20. @default 2 */
    retries: retries.default(2),
    /** Seconds after which it is stopped, 1 to 604800. @default 3600 */
    timeLimitSeconds: seconds(604_800).default(3600),
    /**
     * Seconds for which it is kept when it is done, 60 to 2147483647. Whatever keeps a cluster as it is described runs a job again that is gone.
     * @default 2147483647
     */
    keepSeconds: z.int().min(60).max(forGood).default(2_147_483_647),
  }),
]);

export type WorkloadData = z.output<typeof workloadSchema>;

/** What a user writes: the schedule alone may differ between environments. */
export type Workload<N extends Names> =
  | { readonly kind: 'deployment' | 'daemon' }
  | { readonly kind: 'stateful'; readonly order?: 'ordered' | 'parallel' }
  | Schedule<N>
  | { readonly kind: 'job'; readonly retries?: number; readonly timeLimitSeconds?: number; readonly keepSeconds?: number };

export interface Schedule<N extends Names> {
  readonly kind: 'schedule';
  readonly cron: Varying<N, string>;
  readonly timeZone?: string;
  readonly concurrency?: 'forbid' | 'allow' | 'replace';
  readonly startWithinSeconds?: number;
  readonly keepSucceeded?: number;
  readonly keepFailed?: number;
  readonly retries?: number;
  readonly timeLimitSeconds?: number;
  readonly suspended?: Varying<N, boolean>;
}

/** What has to be done once before a new version of a service runs, such as changing the tables of its database. */
export const migrationSchema = z.strictObject({
  /** The program and its arguments, run in the image of the service. */
  command: z.array(z.string().min(1)).min(1),
  /** How often it is tried again when it fails, 0 to 20. @default 2 */
  retries: retries.default(2),
  /** Seconds after which it is stopped, 1 to 86400. @default 600 */
  timeLimitSeconds: seconds(86_400).default(600),
});

export type Migration = z.input<typeof migrationSchema>;
export type MigrationSpec = Settled<z.output<typeof migrationSchema>>;

/** Whether pods of a workload run for good, and so are served, scraped and protected. */
export function isLasting(kind: WorkloadData['kind']): boolean {
  return kind !== 'schedule' && kind !== 'job';
}

/** Whether a workload has a number of replicas. */
export function isScaled(kind: WorkloadData['kind']): boolean {
  return kind === 'deployment' || kind === 'stateful';
}

function isTimeZone(name: string): boolean {
  // A list is there at once; a format, which knows other names of the same zones too, takes tens of milliseconds to make.
  if (Intl.supportedValuesOf('timeZone').includes(name)) return true;
  try {
    return name !== 'Local' && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
