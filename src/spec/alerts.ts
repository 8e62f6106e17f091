import { factsOf, type PlatformSpec } from './environments';
import { migrationNameOf } from './names';
import { isScaled } from './workload';
import type { SettledService } from './settle';

/** A state of the cluster that somebody should look at, as data: an expression of Prometheus over what kube-state-metrics tells. */
export interface Alert {
  /** The name, the same for every service. */
  readonly name: string;
  /** The expression, which has a result for as long as something is wrong. */
  readonly expr: string;
  /** Seconds for which it must have a result before anybody is told, 0 to 3600. */
  readonly forSeconds: number;
  /** Whether somebody should get up for it, or look at it in working hours. */
  readonly severity: 'critical' | 'warning';
  /** What is wrong, in one sentence. */
  readonly summary: string;
  /** Where it says what to do. @default - nowhere */
  readonly runbook?: string;
}

export interface AlertOptions {
  /** The address below which there is a runbook for each name of an alert. @default - there are none */
  readonly runbooks?: string;
}

type Matcher = string | { readonly pattern: string };
type Selector = Readonly<Record<string, Matcher>>;

/** Share of a time limit, or of a quota, from which on little is left. */
const nearly = 0.9;
/** Shortest time limit whose last tenth is seen before it is over, at a scrape every 30 seconds. */
const observableSeconds = 600;

/** One value per object, however many copies of kube-state-metrics tell it. */
function each(labels: string, metric: string, selector: Selector): string {
  const matchers = Object.entries(selector).map(([label, value]) => (typeof value === 'string' ? `${label}="${value}"` : `${label}=~"${value.pattern}"`));
  return `max by (${labels}) (${metric}{${matchers.join(',')}})`;
}

/**
 * The alerts that follow from how a service runs: runs that failed, did not start or take too long, replicas at their most, and a budget
 * that lets no pod go.
 *
 * @see https://github.com/kubernetes/kube-state-metrics/tree/main/docs
 */
export function alertsOf(service: SettledService, options: AlertOptions = {}): readonly Alert[] {
  const { name, workload, migration } = service;
  return [
    ...(workload.kind === 'schedule' ? scheduleAlerts(service, workload) : []),
    ...(workload.kind === 'job' ? runAlerts(service, 'Job', `the job ${name}`, jobsOf(name), workload.timeLimitSeconds) : []),
    ...(migration ? runAlerts(service, 'Migration', `the migration of ${name}`, jobsOf(migrationNameOf(name)), migration.timeLimitSeconds) : []),
    ...(isScaled(workload.kind) ? [...replicaAlerts(service), disruptionAlert(service)] : []),
  ].map(alert => withRunbook(alert, options));
}

/** The alerts about what all services of a platform share in one environment: the quota of their namespace. */
export function platformAlertsOf(platform: PlatformSpec, environment: string, options: AlertOptions = {}): readonly Alert[] {
  const namespace = factsOf(platform, environment).namespace ?? platform.name;
  const amount = (type: string) => each('namespace, resource', 'kube_resourcequota', { namespace, resourcequota: 'quota', type });
  const share = `${amount('used')} / on (namespace, resource) (${amount('hard')} > 0)`;
  return [
    {
      name: 'QuotaNearlyUsed', expr: `${share} > ${nearly} < 1`, forSeconds: 900, severity: 'warning' as const,
      summary: `more than 90 % of a quota of ${namespace} is used, and what is refused next will not run`,
    },
    {
      name: 'QuotaExhausted', expr: `${share} >= 1`, forSeconds: 300, severity: 'critical' as const,
      summary: `a quota of ${namespace} is exhausted: new pods or claims are refused`,
    },
  ].map(alert => withRunbook(alert, options));
}

const withRunbook = (alert: Alert, { runbooks }: AlertOptions): Alert => (
  runbooks === undefined ? alert : { ...alert, runbook: `${runbooks.replace(/\/+$/, '')}/${alert.name}` });

/** The jobs of a name, which ends in a digest of what they do. */
const jobsOf = (name: string): Matcher => ({ pattern: `${name}-[0-9a-f]{8}` });

/** Whom it wakes depends on how much depends on the service. */
const severityOf = ({ tier }: SettledService) => (tier === 1 ? 'critical' as const : 'warning' as const);

/** A run by the name of its job: it failed, or is about to be stopped. */
function runAlerts(service: SettledService, what: 'Job' | 'Migration', words: string, job: Matcher, timeLimitSeconds: number): Alert[] {
  const { namespace } = service;
  const jobs = { namespace, job_name: job };
  return [
    {
      name: `${what}Failed`, expr: `${each('namespace, job_name', 'kube_job_failed', { ...jobs, condition: 'true' })} > 0`, forSeconds: 0,
      severity: what === 'Migration' ? 'critical' : severityOf(service), summary: `${words} failed`,
    },
    ...slowAlert(what, words, timeLimitSeconds, jobs, ''),
  ];
}

function slowAlert(what: string, words: string, timeLimitSeconds: number, jobs: Selector, which: string): Alert[] {
  if (timeLimitSeconds < observableSeconds) return [];
  const by = 'namespace, job_name';
  return [{
    name: `${what}NearTimeLimit`,
    expr: `time() - ${each(by, 'kube_job_status_start_time', jobs)} > ${Math.round(timeLimitSeconds * nearly)}`
      + ` and on (${by}) ${each(by, 'kube_job_status_active', jobs)} > 0${which}`,
    forSeconds: 0, severity: 'warning', summary: `${words} has run for more than 90 % of its ${timeLimitSeconds} s, after which it is stopped`,
  }];
}

/** Runs of a schedule, of which the last one counts: it failed, was missed, or takes too long. */
function scheduleAlerts(service: SettledService, { startWithinSeconds, timeLimitSeconds, suspended }: Extract<SettledService['workload'], { kind: 'schedule' }>): Alert[] {
  const { name, namespace, identity } = service;
  const [by, schedule] = ['namespace, job_name', { namespace, cronjob: identity.workload }];
  const owned = each(by, 'kube_job_owner', { namespace, owner_kind: 'CronJob', owner_name: identity.workload });
  const failed = `${each(by, 'kube_job_status_start_time', { namespace })} and on (${by}) ${each(by, 'kube_job_failed', { namespace, condition: 'true' })} > 0 and on (${by}) ${owned}`;
  const succeeded = `${each('namespace', 'kube_cronjob_status_last_successful_time', schedule)} or 0 * ${each('namespace', 'kube_cronjob_created', schedule)}`;
  const due = each('namespace, cronjob', 'kube_cronjob_next_schedule_time', schedule);
  return [
    {
      // A failed run stays for a while, so it counts only until a later one succeeds.
      name: 'JobFailed', expr: `max by (namespace) (${failed}) > on (namespace) (${succeeded})`, forSeconds: 0,
      severity: severityOf(service), summary: `the last finished run of ${name} failed`,
    },
    ...(suspended ? [] : [{
      name: 'ScheduleMissed',
      expr: `time() - ${due} > ${startWithinSeconds} unless on (namespace, cronjob) ${each('namespace, cronjob', 'kube_cronjob_status_active', schedule)} > 0`,
      forSeconds: 60, severity: severityOf(service), summary: `${name} was due and did not start within ${startWithinSeconds} s`,
    }]),
    ...slowAlert('Job', `a run of ${name}`, timeLimitSeconds, { namespace }, ` and on (${by}) ${owned}`),
  ];
}

function replicaAlerts({ name, namespace, scale }: SettledService): Alert[] {
  if ('replicas' in scale) return [];
  const by = 'namespace, horizontalpodautoscaler';
  // KEDA makes an autoscaler of its own.
  const autoscaler = { namespace, horizontalpodautoscaler: 'triggers' in scale ? `keda-hpa-${name}` : name };
  return [{
    name: 'ReplicasAtMaximum',
    expr: `${each(by, 'kube_horizontalpodautoscaler_status_desired_replicas', autoscaler)} >= on (${by}) ${each(by, 'kube_horizontalpodautoscaler_spec_max_replicas', autoscaler)}`,
    forSeconds: 900, severity: 'warning', summary: `${name} has wanted its most replicas, ${scale.max}, for 15 minutes: more load will not be met`,
  }];
}

function disruptionAlert({ name, namespace }: SettledService): Alert {
  const by = 'namespace, poddisruptionbudget';
  const budget = { namespace, poddisruptionbudget: name };
  return {
    name: 'DisruptionBlocked',
    expr: `${each(by, 'kube_poddisruptionbudget_status_pod_disruptions_allowed', budget)} == 0`
      + ` and on (${by}) ${each(by, 'kube_poddisruptionbudget_status_expected_pods', budget)} > 0`,
    forSeconds: 1800, severity: 'warning', summary: `no pod of ${name} may be evicted for half an hour, so that no node it runs on can be drained`,
  };
}
