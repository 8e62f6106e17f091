/** What kube-state-metrics tells minute by minute, and which alerts follow from it. */
export interface Case {
  readonly name: string;
  /** Series of one minute each, in the notation of promtool. */
  readonly series: Readonly<Record<string, string>>;
  /** The minute that is looked at. */
  readonly minute: number;
  /** The alerts that fire then: service and name. Every other alert of the fleet does not. */
  readonly fires: readonly (readonly [service: string, alert: string])[];
  /** The labels of what fires, beside severity and service. @default - those by which the objects of the first series are told apart */
  readonly labels?: Readonly<Record<string, string>>;
}

const here = 'namespace="shop-production"';
const always = (value: number) => `${value}x120`;
const job = (metric: string, name: string, more = '') => `${metric}{${here},job_name="${name}"${more}}`;
const run = (name: string, start: number, failed: 0 | 1, active: 0 | 1 = 0) => ({
  [job('kube_job_status_start_time', name)]: always(start),
  [job('kube_job_failed', name, ',condition="true"')]: always(failed),
  [job('kube_job_status_active', name)]: always(active),
});
const owned = (name: string) => ({ [job('kube_job_owner', name, ',owner_kind="CronJob",owner_name="nightly",owner_is_controller="true"')]: always(1) });
const cron = (metric: string) => `${metric}{${here},cronjob="nightly"}`;
const autoscaler = (name: string, desired: number, most: number) => ({
  [`kube_horizontalpodautoscaler_status_desired_replicas{${here},horizontalpodautoscaler="${name}"}`]: always(desired),
  [`kube_horizontalpodautoscaler_spec_max_replicas{${here},horizontalpodautoscaler="${name}"}`]: always(most),
});
const budget = (allowed: string, expected: number) => ({
  [`kube_poddisruptionbudget_status_pod_disruptions_allowed{${here},poddisruptionbudget="web"}`]: allowed,
  [`kube_poddisruptionbudget_status_expected_pods{${here},poddisruptionbudget="web"}`]: always(expected),
});
const quota = (resource: string, used: number, hard: number, namespace = here) => ({
  [`kube_resourcequota{${namespace},resourcequota="quota",resource="${resource}",type="used"}`]: always(used),
  [`kube_resourcequota{${namespace},resourcequota="quota",resource="${resource}",type="hard"}`]: always(hard),
});
/** The same series from a second copy of kube-state-metrics. */
const twice = (series: Case['series']): Case['series'] => Object.fromEntries(
  Object.entries(series).flatMap(([name, values]) => ['a', 'b'].map(instance => [name.replace('{', `{instance="${instance}",`), values])));

/** For each alert what makes it fire, and the nearest thing that does not. */
export const cases: readonly Case[] = [
  { name: 'nothing is told', series: {}, minute: 60, fires: [] },

  { name: 'a job failed', series: run('backfill-0a1b2c3d', 60, 1), minute: 5, fires: [['backfill', 'JobFailed']] },
  { name: 'a job failed, two copies tell', series: twice(run('backfill-0a1b2c3d', 60, 1)), minute: 5, fires: [['backfill', 'JobFailed']] },
  { name: 'a job succeeded', series: run('backfill-0a1b2c3d', 60, 0), minute: 5, fires: [] },
  { name: 'a job of another service failed', series: run('backfill-old-0a1b2c3d', 60, 1), minute: 5, fires: [] },
  { name: 'a job runs near its time limit', series: run('backfill-0a1b2c3d', 0, 0, 1), minute: 55, fires: [['backfill', 'JobNearTimeLimit']] },
  { name: 'a job is half through its time', series: run('backfill-0a1b2c3d', 0, 0, 1), minute: 30, fires: [] },
  { name: 'a job ended long ago', series: run('backfill-0a1b2c3d', 0, 0, 0), minute: 55, fires: [] },

  { name: 'a migration failed', series: run('web-migrate-0a1b2c3d', 60, 1), minute: 5, fires: [['web', 'MigrationFailed']] },
  { name: 'a migration runs near its time limit', series: run('web-migrate-0a1b2c3d', 0, 0, 1), minute: 9.5, fires: [['web', 'MigrationNearTimeLimit']] },
  { name: 'a migration is half through its time', series: run('web-migrate-0a1b2c3d', 0, 0, 1), minute: 5, fires: [] },

  { name: 'the last run failed', series: { ...run('nightly-1', 600, 1), ...owned('nightly-1'), [cron('kube_cronjob_status_last_successful_time')]: always(300), [cron('kube_cronjob_created')]: always(0) }, minute: 15, fires: [['nightly', 'JobFailed']] },
  { name: 'the first run failed', series: { ...run('nightly-1', 600, 1), ...owned('nightly-1'), [cron('kube_cronjob_created')]: always(0) }, minute: 15, fires: [['nightly', 'JobFailed']] },
  { name: 'a run failed before one that succeeded', series: { ...run('nightly-1', 600, 1), ...owned('nightly-1'), [cron('kube_cronjob_status_last_successful_time')]: always(1200) }, minute: 25, fires: [] },
  { name: 'a run that nobody scheduled failed', series: { ...run('nightly-1', 600, 1), [cron('kube_cronjob_created')]: always(0) }, minute: 15, fires: [] },
  { name: 'a run was missed', series: { [cron('kube_cronjob_next_schedule_time')]: always(600), [cron('kube_cronjob_status_active')]: always(0) }, minute: 20, fires: [['nightly', 'ScheduleMissed']] },
  { name: 'a run is due', series: { [cron('kube_cronjob_next_schedule_time')]: always(600), [cron('kube_cronjob_status_active')]: always(0) }, minute: 12, fires: [] },
  { name: 'a run is due while one is under way', series: { [cron('kube_cronjob_next_schedule_time')]: always(600), [cron('kube_cronjob_status_active')]: always(1) }, minute: 20, fires: [] },
  { name: 'a run is near its time limit', series: { ...run('nightly-1', 0, 0, 1), ...owned('nightly-1') }, minute: 28, fires: [['nightly', 'JobNearTimeLimit']] },
  { name: 'a run has just begun', series: { ...run('nightly-1', 0, 0, 1), ...owned('nightly-1') }, minute: 10, fires: [] },

  { name: 'replicas are at their most', series: autoscaler('web', 5, 5), minute: 20, fires: [['web', 'ReplicasAtMaximum']] },
  { name: 'replicas are at their most for a moment', series: autoscaler('web', 5, 5), minute: 10, fires: [] },
  { name: 'replicas are one short of their most', series: autoscaler('web', 4, 5), minute: 20, fires: [] },
  { name: 'replicas for events are at their most', series: twice(autoscaler('keda-hpa-importer', 4, 4)), minute: 20, fires: [['importer', 'ReplicasAtMaximum']] },

  { name: 'a budget lets nothing go', series: budget(always(0), 3), minute: 40, fires: [['web', 'DisruptionBlocked']] },
  { name: 'a budget lets nothing go during a rollout', series: budget('1x20 0x10 1x90', 3), minute: 40, fires: [] },
  { name: 'a budget of no pods', series: budget(always(0), 0), minute: 40, fires: [] },

  { name: 'a quota is nearly used', series: quota('pods', 95, 100), minute: 20, fires: [['platform', 'QuotaNearlyUsed']] },
  { name: 'a quota is well used', series: quota('pods', 90, 100), minute: 20, fires: [] },
  { name: 'a quota is exhausted', series: quota('requests.cpu', 10, 10), minute: 20, fires: [['platform', 'QuotaExhausted']] },
  { name: 'what is not allowed is not exhausted', series: quota('services.nodeports', 0, 0), minute: 20, fires: [] },
  { name: 'a quota of another namespace is exhausted', series: quota('pods', 100, 100, 'namespace="other"'), minute: 20, fires: [] },
];
