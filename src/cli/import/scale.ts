import { canonicalQuantity } from '../../manifests/canonical';
import { scaleSchema } from '../../spec/scale';
import { sayFact, type Take } from './draft';
import { replicasOf, type Workload } from './group';
import { at, fieldsAt, listAt, numberAt, said, textAt, type Fields } from './value';

/** How many replicas run: as many as events or the load ask for, or a fixed number. */
export const takeScale: Take = (workload, service, draft) => {
  const { kind, source, autoscaler, scaledObject } = workload;
  if (kind !== 'deployment' && kind !== 'stateful') return;
  const events = scaledObject && eventsOf(scaledObject);
  const range = autoscaler && rangeOf(workload, autoscaler);
  const scale = [events, range].find(candidate => scaleSchema.safeParse(candidate).success);
  if (scale !== undefined) service.scale = scale;
  else if (replicasOf(source.object) !== 2) service.scale = { replicas: Math.max(1, replicasOf(source.object)) };
  if (scale !== undefined && scale === events) sayFact(draft, 'keda', true);
};

const unlessUsual = (value: unknown, usual: unknown) => (value === usual ? undefined : value);

function rangeOf({ podSpec }: Workload, autoscaler: Fields): Fields | undefined {
  const { minReplicas, maxReplicas, metrics, behavior } = fieldsAt(autoscaler, 'spec');
  const all = listAt({ metrics }, 'metrics');
  const shareOf = (name: string) => numberAt(all.find(metric => metric.type === 'Resource' && textAt(metric, 'resource', 'name') === name), 'resource', 'target', 'averageUtilization');
  const [cpu, memory] = [shareOf('cpu'), shareOf('memory')];
  const shared = [cpu === undefined ? [] : ['cpu'], memory === undefined ? [] : ['memory']].flat();
  // A share of nothing is refused where it is described.
  if (shared.some(resource => countedIn(podSpec).some(container => at(container, 'resources', 'requests', resource) === undefined && at(container, 'resources', 'limits', resource) === undefined))) return undefined;
  const others = all.map(metricOf).filter(metric => metric !== undefined);
  const [first, ...rest] = others;
  const alone = first?.kind === 'pods' && first.labels === undefined && others.filter(({ kind }) => kind === 'pods').length === 1 ? first : undefined;
  const more = alone ? rest : others;
  return said({
    min: minReplicas ?? 1, max: maxReplicas, cpuPercent: unlessUsual(cpu ?? 'none', 70), memoryPercent: memory,
    perReplica: alone && { metric: alone.metric, value: alone.perReplica }, metrics: more.length ? more : undefined,
    calmSeconds: unlessUsual(numberAt(behavior, 'scaleDown', 'stabilizationWindowSeconds'), 300), ...pacesOf(behavior),
  });
}

/** The containers whose requests count: those that run for as long as the pod does. */
function countedIn(podSpec: Fields): Fields[] {
  return [...listAt(podSpec, 'containers'), ...listAt(podSpec, 'initContainers').filter(({ restartPolicy }) => restartPolicy === 'Always')];
}

function metricOf({ type, pods, object, external }: Fields): Fields | undefined {
  const [kind, metric] = ({ Pods: ['pods', pods], Object: ['object', object], External: ['external', external] } as const)[String(type)] ?? [];
  if (kind === undefined) return undefined;
  const labels = fieldsAt(metric, 'metric', 'selector', 'matchLabels');
  const amount = (field: string) => {
    const value = at(metric, 'target', field);
    return value === undefined ? undefined : Number(canonicalQuantity(value));
  };
  return said({
    kind, metric: textAt(metric, 'metric', 'name'), of: kind === 'object' ? at(metric, 'describedObject') : undefined,
    labels: Object.keys(labels).length ? labels : undefined, value: kind === 'pods' ? undefined : amount('value'), perReplica: amount('averageValue'),
  });
}

/** How fast replicas may come and go. */
function pacesOf(behavior: unknown): Fields {
  const [up, down] = [fieldsAt(behavior, 'scaleUp'), fieldsAt(behavior, 'scaleDown')];
  const calm = numberAt(up, 'stabilizationWindowSeconds');
  const scaleUp = said({ ...paceOf(up), calmSeconds: calm === 0 ? undefined : calm });
  const scaleDown = down.selectPolicy === 'Disabled' ? 'disabled' : paceOf(down);
  return said({ scaleUp: Object.keys(scaleUp).length ? scaleUp : undefined, scaleDown: scaleDown === 'disabled' || Object.keys(scaleDown).length ? scaleDown : undefined });
}

function paceOf(rules: Fields): Fields {
  const policies = listAt(rules, 'policies').map(({ type, value, periodSeconds }) => ({ [type === 'Percent' ? 'percent' : 'pods']: value, periodSeconds }));
  return said({ policies: policies.length ? policies : undefined, selectPolicy: rules.selectPolicy === 'Min' ? 'min' : undefined });
}

function eventsOf(scaledObject: Fields): Fields {
  const { minReplicaCount, maxReplicaCount, idleReplicaCount, pollingInterval, cooldownPeriod, fallback, advanced } = fieldsAt(scaledObject, 'spec');
  const triggers = listAt(scaledObject, 'spec', 'triggers').map(({ type, metadata, authenticationRef, metricType }) => {
    const { name, kind } = fieldsAt({ authenticationRef }, 'authenticationRef');
    return said({ type, metadata, authentication: kind === undefined || kind === 'TriggerAuthentication' ? name : { name, kind }, metricType });
  });
  const { failureThreshold: failures, replicas, behavior } = fieldsAt({ fallback }, 'fallback');
  return said({
    min: unlessUsual(minReplicaCount ?? 0, 0), max: maxReplicaCount ?? 100, triggers, idleReplicas: idleReplicaCount,
    pollingSeconds: unlessUsual(pollingInterval, 30), calmSeconds: unlessUsual(cooldownPeriod, 300),
    fallback: fallback === undefined ? undefined : said({ failures, replicas, behavior: unlessUsual(behavior, 'static') }),
    ...pacesOf(at(advanced, 'horizontalPodAutoscalerConfig', 'behavior')),
  });
}
