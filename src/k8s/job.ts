import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import { podSelectorConfigOf, subjectOf } from './_cdk8s-plus';
import { migrationContainerOf } from './_container';
import { define } from './_object';
import { podTemplateOf } from './_pod-template';
import { adjustedOf } from './adjustments';
import { labelsOf, migrationNameOf, selectorOf } from '../spec/names';
import { versionLabelOf } from '../spec/releases';
import { canonical, checksumOf, runtimeConfigOf } from '../spec/runtime-config';
import type { Workload } from './target';
import type { DeploymentProps } from './workload';
import type { CronJob as CronManifest, Job as Manifest, JobSpec } from '../imports/kubernetes';
import { forGood, type MigrationSpec, type WorkloadData } from '../spec/workload';
import type { Settled } from '../spec/varying';

type Run = { readonly retries: number; readonly timeLimitSeconds: number };

const concurrencies = { forbid: 'Forbid', allow: 'Allow', replace: 'Replace' } as const;

/** The wave in which Argo CD applies a migration: after what it needs, before the service. */
export const migrationWave = { job: '1', service: '2' } as const;

export interface MigrationProps extends DeploymentProps { readonly migration: MigrationSpec }

/**
 * Defines something that runs once: a job of its own, or the migration of a service. Kubernetes never changes a job, so its name ends
 * in a digest of what it does, and a change is a new one.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class Job extends Construct implements Workload {
  readonly apiVersion = 'batch/v1';
  readonly kind = 'Job';
  readonly name: string;
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly metadata: { readonly namespace: string };
  readonly labels: Readonly<Record<string, string>>;
  private readonly serviceAccount: string;
  /** Its pods, as cdk8s-plus asks for them: to select, to connect with, to give a role to. */
  readonly toPodSelectorConfig = () => podSelectorConfigOf(this);
  readonly toNetworkPolicyPeerConfig = () => ({ podSelector: podSelectorConfigOf(this) });
  readonly toPodSelector = () => this;
  readonly toSubjectConfiguration = () => subjectOf(this.serviceAccount, this.metadata.namespace);

  constructor(scope: Construct, id: string, props: DeploymentProps | MigrationProps) {
    super(scope, id);
    const { service, version } = props;
    const migration = 'migration' in props ? props.migration : undefined;
    const { namespace, workload } = service;
    this.serviceAccount = service.name;
    // The pods of a migration are not those of the service: requests must never reach them.
    this.name = migration ? migrationNameOf(service.name) : service.name;
    this.matchLabels = selectorOf(this.name);
    this.metadata = { namespace };
    this.labels = { ...labelsOf({ ...service, identity: undefined }), ...this.matchLabels };
    const labels = { ...this.labels, 'app.kubernetes.io/version': versionLabelOf(version) };
    const container = migration && migrationContainerOf(service, version, migration.command);
    const run = migration ?? (workload as Extract<Settled<WorkloadData>, { kind: 'job' }>);
    const template = podTemplateOf(container
      ? { service, version, labels, container }
      : { service, version, labels, checksum: checksumOf(runtimeConfigOf(service), service.files) });
    const spec: JobSpec = { ...jobSpecOf(run, template), ttlSecondsAfterFinished: 'keepSeconds' in run ? run.keepSeconds : forGood };
    const metadata = { namespace, ...(migration ? { annotations: { 'argocd.argoproj.io/sync-wave': migrationWave.job } } : {}) };
    // The digest is that of what reaches the cluster, with every patch; patches know the job by its name without it.
    const plain: Manifest = { apiVersion: this.apiVersion, kind: this.kind, metadata: { ...metadata, name: this.name, labels }, spec };
    const patched = adjustedOf(this, { kind: this.kind, name: this.name }, false).adjust({ ...plain });
    const name = `${this.name}-${createHash('sha256').update(canonical(patched.spec)).digest('hex').slice(0, 8)}`;
    define<Manifest>(this, 'Resource', { ...plain, metadata: { ...metadata, name, labels: { ...labels, ...selectorOf(name) } } }, { knownAs: this.name });
  }
}

/**
 * Defines something that runs on a schedule.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class CronJob extends Construct implements Workload {
  readonly apiVersion = 'batch/v1';
  readonly kind = 'CronJob';
  readonly name: string;
  readonly workloadName: string;
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly metadata: { readonly namespace: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Its pods, as cdk8s-plus asks for them: to select, to connect with, to give a role to. */
  readonly toPodSelectorConfig = () => podSelectorConfigOf(this);
  readonly toNetworkPolicyPeerConfig = () => ({ podSelector: podSelectorConfigOf(this) });
  readonly toPodSelector = () => this;
  readonly toSubjectConfiguration = () => subjectOf(this.name, this.metadata.namespace);

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    const { service, version } = props;
    const { name, namespace } = service;
    const schedule = service.workload as Extract<Settled<WorkloadData>, { kind: 'schedule' }>;
    this.name = name;
    this.matchLabels = service.identity.selector;
    this.workloadName = service.identity.workload;
    this.metadata = { namespace };
    this.labels = labelsOf(service);
    const labels = { ...this.labels, 'app.kubernetes.io/version': versionLabelOf(version) };
    const template = podTemplateOf({ service, version, labels, checksum: checksumOf(runtimeConfigOf(service), service.files) });
    define<CronManifest>(this, 'Resource', {
      apiVersion: this.apiVersion, kind: this.kind, metadata: { name: this.workloadName, namespace, labels },
      spec: {
        schedule: schedule.cron,
        timeZone: schedule.timeZone,
        concurrencyPolicy: concurrencies[schedule.concurrency],
        startingDeadlineSeconds: schedule.startWithinSeconds,
        successfulJobsHistoryLimit: schedule.keepSucceeded,
        failedJobsHistoryLimit: schedule.keepFailed,
        suspend: schedule.suspended,
        jobTemplate: { metadata: { labels }, spec: jobSpecOf(schedule, template) },
      },
    });
  }
}

function jobSpecOf({ retries, timeLimitSeconds }: Run, template: JobSpec['template']): JobSpec {
  return { backoffLimit: retries, activeDeadlineSeconds: timeLimitSeconds, template };
}
