import { layerFor, isPerEnvironment } from '../../src/spec/varying';
import { chainOf } from '../../src/spec/environments';
import { allOf, type Manifest } from '../support/manifests';
import { aboutOf, workloadsIn } from './workloads';
import type { Subject } from './subjects';

interface Budget { readonly maxUnavailable?: number | string; readonly minAvailable?: number | string }

/** How Kubernetes counts a share of the replicas: always up. */
const countOf = (value: number | string, replicas: number) => (typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) / 100) * replicas - 1e-9));

/** How many pods the disruption controller lets go at once while all of them are healthy. */
function allowedBy({ maxUnavailable, minAvailable }: Budget, replicas: number): number {
  const healthy = maxUnavailable === undefined ? countOf(minAvailable ?? 0, replicas) : Math.max(0, replicas - countOf(maxUnavailable, replicas));
  return Math.max(0, replicas - healthy);
}

/** Every replica count that a scale allows at which no pod can be evicted, or more than the description says. */
export function evictionProblems({ manifests, fleet, environment }: Subject): string[] {
  const chain = chainOf(fleet.services[0].platform.environments, environment);
  const lasting = workloadsIn(manifests).filter(({ object }) => ['Deployment', 'StatefulSet'].includes(object.kind));
  return lasting.flatMap(({ object: { metadata }, replicas: fixed }) => {
    const service = aboutOf({ metadata });
    const isOf = (other: Manifest) => aboutOf(other) === service;
    const budgets = allOf(manifests, 'PodDisruptionBudget').filter(isOf);
    if (budgets.length !== 1) return [`${metadata.name} has ${budgets.length} budgets, expected one`];
    const scaler = allOf(manifests, 'HorizontalPodAutoscaler').find(isOf);
    if (scaler && fixed !== undefined) return [`${metadata.name} fixes replicas that an autoscaler owns`];
    const events = allOf(manifests, 'ScaledObject').find(isOf);
    if (events && fixed !== undefined) return [`${metadata.name} fixes replicas that events decide`];
    const byEvents = events && [Math.max(1, events.spec.minReplicaCount ?? 0), events.spec.maxReplicaCount ?? 1];
    const [least, most] = byEvents ?? (scaler ? [scaler.spec?.minReplicas ?? 1, scaler.spec?.maxReplicas ?? 1] : [fixed ?? 1, fixed ?? 1]);
    const written = fleet.document.services.find(({ name }) => name === service)?.disruption ?? { maxUnavailable: 1 };
    const stated = isPerEnvironment(written) ? written.perEnvironment[layerFor(written.perEnvironment, chain) ?? ''] : written;
    return Array.from({ length: most - least + 1 }, (_, index) => least + index).flatMap(replicas => {
      const allowed = allowedBy((budgets[0].spec ?? {}) as Budget, replicas);
      const left = replicas - allowed;
      if (allowed < 1) return [`${metadata.name} allows no eviction at ${replicas} replicas`];
      return left < leastOf(stated as Budget, replicas) ? [`${metadata.name} keeps ${left} of ${replicas} replicas, fewer than it states`] : [];
    });
  });
}

/** How many replicas a description wants to be left, in its own words. */
function leastOf({ maxUnavailable, minAvailable }: Budget, replicas: number): number {
  const share = (value: number | string) => (typeof value === 'number' ? value : (Number.parseInt(value, 10) * replicas) / 100);
  if (minAvailable !== undefined) return Math.min(replicas, share(minAvailable));
  return Math.max(0, replicas - Math.ceil(share(maxUnavailable ?? 0) - 1e-9));
}
