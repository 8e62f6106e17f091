import { forGood } from '../../spec/workload';
import { at, fieldsAt, isSame, listAt, numberAt, said, textAt, type Fields } from './value';
import type { Take } from './draft';

const unlessUsual = (value: unknown, usual: unknown) => (value === usual ? undefined : value);

const concurrencies: Readonly<Record<string, string>> = { Allow: 'allow', Replace: 'replace' };

/** What keeps the pods running. */
export const takeWorkload: Take = ({ kind, source: { object }, runtime }, service, draft) => {
  if (kind === 'daemon') service.workload = { kind };
  if (kind === 'stateful') service.workload = said({ kind, order: at(object, 'spec', 'podManagementPolicy') === 'Parallel' ? 'parallel' : undefined });
  if (kind === 'job') {
    const { backoffLimit = 6, activeDeadlineSeconds, ttlSecondsAfterFinished } = fieldsAt(object, 'spec');
    service.workload = said({
      kind, retries: unlessUsual(backoffLimit, 2), timeLimitSeconds: unlessUsual(activeDeadlineSeconds, 3600),
      keepSeconds: unlessUsual(ttlSecondsAfterFinished, forGood),
    });
    if (!runtime) draft.liveJobs.set(service, object);
  }
  if (kind !== 'schedule') return;
  const { schedule: cron, timeZone, concurrencyPolicy, startingDeadlineSeconds, successfulJobsHistoryLimit, failedJobsHistoryLimit, suspend } = fieldsAt(object, 'spec');
  const job = fieldsAt(object, 'spec', 'jobTemplate', 'spec');
  service.workload = said({
    kind, cron,
    timeZone: unlessUsual(timeZone, 'Etc/UTC'),
    concurrency: concurrencyPolicy === 'Forbid' ? undefined : concurrencies[String(concurrencyPolicy)] ?? 'allow',
    startWithinSeconds: unlessUsual(startingDeadlineSeconds, 300),
    keepSucceeded: unlessUsual(successfulJobsHistoryLimit ?? 3, 3),
    keepFailed: unlessUsual(failedJobsHistoryLimit ?? 1, 3),
    retries: unlessUsual(job.backoffLimit ?? 6, 2),
    timeLimitSeconds: unlessUsual(job.activeDeadlineSeconds, 3600),
    suspended: suspend === true ? true : undefined,
  });
};

export const takeProgram: Take = ({ container }, service) => {
  const { command, args } = container;
  if (Array.isArray(command) && command.length) service.command = command;
  if (Array.isArray(args) && args.length) service.args = args;
};

export const takeVariables: Take = ({ container }, service) => {
  service.variables = variablesOf(container);
  if (service.variables === undefined) delete service.variables;
};

/** Environment variables, as far as they are values or keys of objects. */
export function variablesOf(container: Fields): Fields | undefined {
  const variables = listAt(container, 'env').flatMap((variable): [string, unknown][] => {
    const value = variableOf(variable);
    return value === undefined || typeof variable.name !== 'string' ? [] : [[variable.name, value]];
  });
  return variables.length ? Object.fromEntries(variables) : undefined;
}

function variableOf({ value, valueFrom }: Fields): unknown {
  if (typeof value === 'string') return value;
  const [configMap, secret, field] = ['configMapKeyRef', 'secretKeyRef', 'fieldRef'].map(source => fieldsAt(valueFrom, source));
  if (configMap.optional === undefined && configMap.name) return { configMap: configMap.name, key: configMap.key };
  if (secret.optional === undefined && secret.name) return { secret: secret.name, key: secret.key };
  return field.fieldPath ? { field: field.fieldPath } : undefined;
}

export const takeScheduling: Take = ({ podSpec }, service) => {
  const tolerations = listAt(podSpec, 'tolerations').filter(({ key, tolerationSeconds }) => key !== undefined && tolerationSeconds === undefined)
    .map(({ key, operator, value, effect }) => said({ key, value: operator === 'Exists' ? undefined : value ?? '', effect }));
  const nodes = fieldsAt(podSpec, 'nodeSelector');
  const must = listAt(podSpec, 'topologySpreadConstraints').some(each => each.topologyKey === 'topology.kubernetes.io/zone' && each.whenUnsatisfiable === 'DoNotSchedule');
  const alone = listAt(podSpec, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution').some(({ topologyKey }) => topologyKey === 'kubernetes.io/hostname');
  const scheduling = said({
    nodes: Object.keys(nodes).length ? nodes : undefined, tolerations: tolerations.length ? tolerations : undefined,
    zones: must ? 'must' : undefined, hosts: alone ? 'must' : undefined,
  });
  if (Object.keys(scheduling).length) service.scheduling = scheduling;
};

export const takeRollout: Take = ({ kind, source: { object } }, service) => {
  if (kind !== 'deployment') return;
  const { strategy, minReadySeconds, progressDeadlineSeconds } = fieldsAt(object, 'spec');
  const rolling = fieldsAt(strategy, 'rollingUpdate');
  const [maxSurge, maxUnavailable] = [rolling.maxSurge ?? '25%', rolling.maxUnavailable ?? '25%'];
  const rollout = textAt(strategy, 'type') === 'Recreate' ? { recreate: true } : said({
    maxSurge: maxSurge === '25%' ? undefined : maxSurge,
    maxUnavailable: maxUnavailable === 0 ? undefined : maxUnavailable,
  });
  const times = said({
    minReadySeconds: minReadySeconds === 0 ? undefined : minReadySeconds,
    progressSeconds: progressDeadlineSeconds === 600 ? undefined : progressDeadlineSeconds,
  });
  if (Object.keys({ ...rollout, ...times }).length) service.rollout = { ...rollout, ...times };
};

/** The times of probes and of the end, and where checks go. */
export const takeHealth: Take = ({ kind, container, podSpec, runtime }, service) => {
  if (kind === 'schedule' || kind === 'job') return;
  const [startup, ready, live] = ['startupProbe', 'readinessProbe', 'livenessProbe'].map(probe => fieldsAt(container, probe));
  const period = numberAt(ready, 'periodSeconds');
  const graceSeconds = numberAt(podSpec, 'terminationGracePeriodSeconds') ?? 30;
  const start = (numberAt(startup, 'failureThreshold') ?? 3) * (numberAt(startup, 'periodSeconds') ?? 10);
  const wait = waitOf(container);
  const drain = runtime?.shutdown.drainSeconds ?? Math.max(0, Math.min(5, graceSeconds - wait - 1));
  const path = (probe: Fields, usual: string) => (Object.keys(probe).length && textAt(probe, 'httpGet', 'path') !== usual ? textAt(probe, 'httpGet', 'path') : undefined);
  const health = said({
    startSeconds: Object.keys(startup).length && start !== 60 ? start : undefined,
    periodSeconds: period === 10 ? undefined : period,
    timeoutSeconds: Object.keys(ready).length && numberAt(ready, 'timeoutSeconds') !== 2 ? numberAt(ready, 'timeoutSeconds') ?? 1 : undefined,
    drainSeconds: drain === 5 ? undefined : drain,
    graceSeconds: graceSeconds === 45 ? undefined : graceSeconds,
    waitSeconds: wait === 0 ? undefined : wait,
    port: probedPort(Object.keys(ready).length ? ready : live, container, fieldsAt(service, 'ports')),
    livePath: path(live, '/health/live'),
    readyPath: path(ready, '/health/ready'),
  });
  if (Object.keys(health).length) service.health = health;
};

/** Seconds that a stopping pod waits, which older versions need a program of the image for. */
function waitOf(container: Fields): number {
  const command = at(container, 'lifecycle', 'preStop', 'exec', 'command');
  const [program, seconds, ...more] = Array.isArray(command) ? command as unknown[] : [];
  const slept = program === 'sleep' && more.length === 0 ? Number(seconds) : 0;
  return numberAt(container, 'lifecycle', 'preStop', 'sleep', 'seconds') ?? (Number.isInteger(slept) ? slept : 0);
}

/** The port of the service that a probe asks, in the language that the port speaks. */
function probedPort(probe: Fields, container: Fields, ports: Fields): string | undefined {
  const [protocol, asked] = ([['http', at(probe, 'httpGet', 'port')], ['grpc', at(probe, 'grpc', 'port')], ['tcp', at(probe, 'tcpSocket', 'port')]] as const).find(([, port]) => port !== undefined) ?? [];
  const number = listAt(container, 'ports').find(({ name, containerPort }) => name === asked || containerPort === asked)?.containerPort ?? asked;
  return Object.keys(ports).find(name => isSame(ports[name], { protocol, port: number }));
}
