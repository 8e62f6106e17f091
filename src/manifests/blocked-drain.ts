import { at } from './_at';
import { groupOf, type Identified } from './identity';
import type { UpgradeProblem } from './upgrade';

/** A disruption budget that never lets a pod go, so that its node cannot be drained. */
export interface BlockedDrain extends UpgradeProblem { readonly object: Identified }

const remedy = 'let one pod go: maxUnavailable: 1, or one replica more than minAvailable';

/** The budgets of a set that never let a pod of a workload go, at the number of replicas that it has at least. */
export function blockedDrains(objects: readonly Identified[]): BlockedDrain[] {
  const index = indexOf(objects);
  return objects.filter(({ apiVersion, kind }) => kind === 'PodDisruptionBudget' && groupOf(apiVersion) === 'policy').flatMap(budget => {
    const guarded = guardedBy(budget, index);
    const replicas = guarded.reduce((sum, workload) => sum + leastReplicas(workload, index), 0);
    const [least, most] = [at(budget, 'spec', 'minAvailable'), at(budget, 'spec', 'maxUnavailable')];
    const told = (field: string, value: unknown): BlockedDrain[] => [{
      object: budget, path: `spec.${field}`, remedy,
      message: `is ${String(value)}${guarded.length ? ` for ${guarded.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ')} with ${replicas} replicas` : ''}: no pod may ever go, so no node with one of them can be drained`,
    }];
    if (countOf(most, Math.max(replicas, 1)) === 0) return told('maxUnavailable', most);
    const needed = countOf(least, replicas);
    return needed !== undefined && (least === '100%' || (replicas > 0 && needed >= replicas)) ? told('minAvailable', least) : [];
  });
}

/** Workloads by the labels of their pods, and what scales them by their names. */
interface Index { readonly workloads: ReadonlyMap<string, readonly Identified[]>; readonly scalers: ReadonlyMap<string, Identified> }

const labelKey = (namespace: string | undefined, key: string, value: unknown) => `${namespace ?? ''} ${key}=${String(value)}`;
const nameKey = (namespace: string | undefined, kind: unknown, name: unknown) => `${namespace ?? ''} ${String(kind)} ${String(name)}`;

function indexOf(objects: readonly Identified[]): Index {
  const workloads = new Map<string, Identified[]>();
  const scalers = new Map<string, Identified>();
  for (const object of objects) {
    const { apiVersion, kind, metadata: { namespace } } = object;
    if (groupOf(apiVersion) === 'apps' && (kind === 'Deployment' || kind === 'StatefulSet')) {
      for (const [key, value] of Object.entries(labelsOf(object))) {
        const label = labelKey(namespace, key, value);
        const list = workloads.get(label);
        if (list) list.push(object);
        else workloads.set(label, [object]);
      }
    } else if (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') {
      scalers.set(nameKey(namespace, at(object, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment', at(object, 'spec', 'scaleTargetRef', 'name')), object);
    }
  }
  return { workloads, scalers };
}

function guardedBy(budget: Identified, { workloads }: Index): readonly Identified[] {
  const wanted = Object.entries(Object(at(budget, 'spec', 'selector', 'matchLabels') ?? {}) as object);
  const found = wanted.map(([key, value]) => workloads.get(labelKey(budget.metadata.namespace, key, value)) ?? []);
  const fewest = [...found].sort((a, b) => a.length - b.length)[0] ?? [];
  return fewest.filter(workload => wanted.every(([key, value]) => labelsOf(workload)[key] === value));
}

/** A number or a part of all, rounded up as Kubernetes does it; undefined where it is neither. */
function countOf(value: unknown, all: number): number | undefined {
  if (typeof value === 'number') return value;
  const match = /^(\d+)(%?)$/.exec(typeof value === 'string' ? value : '');
  return match ? match[2] ? Math.ceil(all * Number(match[1]) / 100) : Number(match[1]) : undefined;
}

function leastReplicas(workload: Identified, { scalers }: Index): number {
  const scaler = scalers.get(nameKey(workload.metadata.namespace, workload.kind, workload.metadata.name));
  const said = scaler ? at(scaler, 'spec', 'minReplicas') ?? at(scaler, 'spec', 'minReplicaCount') ?? (scaler.kind === 'ScaledObject' ? 0 : 1) : at(workload, 'spec', 'replicas') ?? 1;
  return typeof said === 'number' ? said : 1;
}

const labelsOf = (workload: Identified) => Object(at(workload, 'spec', 'template', 'metadata', 'labels') ?? {}) as Readonly<Record<string, unknown>>;
