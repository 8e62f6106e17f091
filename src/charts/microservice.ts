import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ConfigMap, CronJob, DaemonSet, Deployment, ExternalSecret, HorizontalPodAutoscaler, Job, migrationWave, NetworkPolicy,
  PodDisruptionBudget, PodMonitor, Role, ScaledObject, Service, ServiceAccount, ServiceMonitor, SharedVolumes, StatefulSet,
} from '../k8s';
import { MartyError } from '../errors';
import { adjustObjects, patchProblems } from '../k8s/adjustments';
import { RawObject } from '../k8s/raw-object';
import { servicePortOf } from '../spec/adoption';
import { accessOf, migrationAccessOf, type Caller } from '../spec/access';
import { appProtocolOf, meshOf, serviceAnnotationsOf } from '../spec/mesh';
import { idOfObject } from '../spec/patches';
import { cloudIdentityMarks } from '../spec/permissions';
import { management } from '../spec/ports';
import { checkReleases } from '../spec/releases';
import { runtimeConfigOf, secretFilesOf } from '../spec/runtime-config';
import { settleService, type SettledService } from '../spec/settle';
import { isLasting, isScaled } from '../spec/workload';
import { defineExposure } from './_exposed';
import type { MicroserviceSpec } from '../spec/microservice';

export interface MicroserviceProps {
  /** The description. */
  readonly service: MicroserviceSpec;
  /** The environment to render for, by its name in the platform. */
  readonly environment: string;
  /** The version that runs: tag, digest, or tag@digest. */
  readonly version: string;
  /** The services that may call it, with the port that each calls. @default [] */
  readonly callers?: readonly Caller[];
}

/** What keeps the pods of each kind of service running. */
const workloads = { deployment: Deployment, stateful: StatefulSet, daemon: DaemonSet, schedule: CronJob, job: Job } as const;

/**
 * Defines everything around one service in one environment.
 *
 * Renders: ServiceAccount, ConfigMap and the workload always; whatever else the description asks for.
 *
 * @throws PLATFORM_INVALID when the environment does not name a fact that the service needs, or a patch meets no object.
 * @throws RELEASE_INVALID when the version is none.
 */
export class Microservice extends Construct {
  /** The workload, as a target for further objects. */
  readonly workload: Deployment | StatefulSet | DaemonSet | CronJob | Job;
  /** The service as it is in this environment. */
  readonly settled: SettledService;

  constructor(scope: Construct, id: string, props: MicroserviceProps) {
    const { service, environment, version, callers = [] } = props;
    const settled = settleService(service, environment);
    checkReleases({ [service.name]: version }, [service.name], 'the version');
    super(scope, id);
    const { facts, workload: { kind }, migration } = settled;
    this.settled = settled;
    adjustObjects(this, settled);
    this.workload = new workloads[kind](this, kindNames[kind], { service: settled, version });
    const target = this.workload;
    const { labels } = target;
    const files = secretFilesOf(settled);
    const identity = cloudIdentityMarks(settled.cloudIdentity).annotations;
    new ServiceAccount(this, 'ServiceAccount', { target, labels, ...(Object.keys(identity).length ? { annotations: identity } : {}) });
    if (settled.permissions.length) new Role(this, 'Role', { target, labels, permissions: settled.permissions });
    new ConfigMap(this, 'ConfigMap', { target, labels, runtimeConfig: runtimeConfigOf(settled) });
    new SharedVolumes(this, 'Volumes', { service: settled });
    if (files.length && facts.secretStore && 'name' in facts.secretStore) new ExternalSecret(this, 'ExternalSecret', { target, labels, files, store: facts.secretStore });
    new NetworkPolicy(this, 'NetworkPolicy', { target, labels, dns: facts.dns, ...accessOf(settled, callers) });
    if (isLasting(kind)) this.serve();
    this.scrape();
    if (migration) {
      const job = new Job(this, 'Migration', { service: settled, version, migration });
      new NetworkPolicy(this, 'MigrationPolicy', { target: job, labels: job.labels, dns: facts.dns, ...migrationAccessOf(settled) });
    }
    if (migration) this.waitForMigration();
    this.annotate(settled.annotations);
    for (const manifest of settled.objects) new RawObject(this, idOfObject(manifest), { manifest, namespace: settled.namespace });
    const problems = patchProblems(this, `${service.name}.patches`);
    if (problems.length) {
      // Only what is rendered tells what there is to patch; nothing of it may stay behind.
      scope.node.tryRemoveChild(id);
      throw new MartyError('PLATFORM_INVALID', `${service.name} cannot be patched in ${environment}:`, { problems });
    }
  }

  /** What pods that run for good need: to be found, scaled, protected, reached and scraped. */
  private serve(): void {
    const { workload: target, settled } = this;
    const { labels } = target;
    const { workload: { kind }, scale, ports, metrics } = settled;
    const callable = Object.entries(ports).map(([name, port]) => ({ name, ...port })).filter(({ name }) => settled.callable || (metrics !== 'none' && name === metrics.port));
    const headless = kind === 'stateful' && settled.identity.headless === settled.identity.service;
    const mesh = meshOf(settled.facts.mesh);
    const spoken = callable.map(({ name, port, protocol }) => (
      { name, port: servicePortOf(settled.identity, name, port), protocol, appProtocol: appProtocolOf(mesh, protocol) }));
    new Service(this, 'Service', {
      target, labels, headless,
      ports: [...spoken, { name: management.name, port: management.port, protocol: 'http' }],
      annotations: serviceAnnotationsOf(mesh, [...Object.values(ports), ...spoken]),
    });
    if (isScaled(kind)) {
      if ('triggers' in scale) new ScaledObject(this, 'ScaledObject', { target, labels, ...scale });
      else if ('min' in scale) new HorizontalPodAutoscaler(this, 'HorizontalPodAutoscaler', { target, labels, ...scale });
      new PodDisruptionBudget(this, 'PodDisruptionBudget', { target, labels, ...settled.disruption });
    }
    defineExposure(this, target, labels, settled);
  }

  /** What Prometheus looks at: the Service, or the pods where none has the port, or two have it, as with a StatefulSet. */
  private scrape(): void {
    const { workload: target, settled: { facts: { monitoring }, workload: { kind }, metrics } } = this;
    if (monitoring === 'none' || metrics === 'none') return;
    const props = { target, labels: target.labels, monitorLabels: monitoring.labels, ...metrics };
    if (!isLasting(kind) || (kind === 'stateful' && metrics.port !== management.name)) new PodMonitor(this, 'PodMonitor', props);
    else new ServiceMonitor(this, 'ServiceMonitor', props);
  }

  /** What the migration has to be done before: the pods, what looks for them, and what waits for them. */
  private waitForMigration(): void {
    const waiting = [kindNames[this.settled.workload.kind], 'HorizontalPodAutoscaler', 'ScaledObject'].flatMap(id => this.node.tryFindChild(id) ?? []).map(construct => ApiObject.of(construct));
    // A claim may be bound only when a pod asks for it, so whoever waits for it before there are pods waits for ever.
    const claims = this.node.findAll().filter(construct => ApiObject.isApiObject(construct)).filter(({ kind }) => kind === 'PersistentVolumeClaim');
    for (const { metadata } of [...waiting, ...claims]) metadata.addAnnotation('argocd.argoproj.io/sync-wave', migrationWave.service);
  }

  private annotate(annotations: Readonly<Record<string, string>>): void {
    const objects = this.node.findAll().filter(construct => ApiObject.isApiObject(construct));
    for (const [key, value] of Object.entries(annotations)) objects.forEach(object => object.metadata.addAnnotation(key, value));
  }
}

const kindNames = { deployment: 'Deployment', stateful: 'StatefulSet', daemon: 'DaemonSet', schedule: 'CronJob', job: 'Job' } as const;
