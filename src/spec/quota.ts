import { z } from 'zod';
import { MartyError, type Problem } from '../errors';
import { isOwnKafka, nodeSetsOf, type KafkaClusterSpec } from './kafka';
import { provisioningCpuLimitMillis } from './kafka-existing';
import { podsBesideOf, programResources, type PodsOfKind } from './kafka-operator';
import { resourcesOf, type ResourcesSpec } from './resources';
import { replicasAtRest } from './scale';
import { isLasting, isScaled } from './workload';
import type { SettledService } from './settle';

const amount = z.number().min(0.1).max(1_000_000);
const count = z.int().min(1).max(1_000_000);

/**
 * What all pods of the namespace together may take.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export const quotaSchema = z.strictObject({
  /** Cores that all pods together may request, 0.1 to 1,000,000. @default - no limit */
  cpu: amount.optional(),
  /** Memory that all pods together may request, 0.1 to 1,000,000 GiB. @default - no limit */
  memoryGiB: amount.optional(),
  /** Sum of the CPU limits of all pods, 0.1 to 1,000,000 cores; every container needs a limit then. @default - no limit */
  cpuLimit: amount.optional(),
  /** Sum of the memory limits of all pods, 0.1 to 1,000,000 GiB. @default - no limit */
  memoryLimitGiB: amount.optional(),
  /** Number of pods, 1 to 1,000,000. @default 200 */
  pods: count.default(200),
  /** Number of volume claims, 1 to 1,000,000. @default - no limit */
  claims: count.optional(),
  /** Sum of the sizes of all volume claims, 1 to 1,000,000 GiB. @default - no limit */
  storageGiB: count.optional(),
}).superRefine(({ cpu, cpuLimit, memoryGiB, memoryLimitGiB }, context) => {
  const below = (limit: number | undefined, request: number | undefined, field: string, other: string) => {
    if (limit !== undefined && request !== undefined && limit < request) context.addIssue({ code: 'custom', path: [field], message: `must be at least ${other}, since no limit is below its request` });
  };
  below(cpuLimit, cpu, 'cpuLimit', 'cpu');
  below(memoryLimitGiB, memoryGiB, 'memoryLimitGiB', 'memoryGiB');
});

export type Quota = z.output<typeof quotaSchema>;

/** An amount of everything that a quota limits: thousandths of a core, MiB, GiB of storage, numbers of objects. */
type Amounts = Readonly<Record<keyof Quota, number>>;

/** How many of our units one of the quota's unit is, and how the quota's unit reads. */
const units: Readonly<Record<keyof Quota, readonly [size: number, unit: string]>> = {
  cpu: [1000, ' cores'], memoryGiB: [1024, ' GiB'], cpuLimit: [1000, ' cores'], memoryLimitGiB: [1024, ' GiB'], pods: [1, ''], claims: [1, ''], storageGiB: [1, ' GiB'],
};
const names = Object.keys(units) as (keyof Quota)[];

/** What services take of a quota: each that runs for good at its fewest replicas, and the largest run of those that end. */
export interface QuotaUse { readonly lasting: readonly Taken[]; readonly ending: readonly Taken[] }

type Taken = readonly [service: string, amounts: Amounts];

/** What services take of the quota of their namespace before any of them is scaled. */
export function quotaUseOf(services: readonly SettledService[]): QuotaUse {
  const lasts = ({ workload: { kind } }: SettledService) => isLasting(kind);
  const migrated = services.filter(({ migration }) => migration).map(service => ({ ...service, volumes: {}, sidecars: {}, initContainers: {} }));
  const runs = services.filter(service => !lasts(service)).map(service => ({ ...service, volumes: {} }));
  const kafka = services.map(({ facts }) => facts.kafka).find(each => each !== undefined);
  return {
    lasting: [
      ...services.map((service): Taken => [service.name, amountsOf(service, lasts(service) ? podsAtRest(service) : 0)]),
      ...(kafka && isOwnKafka(kafka) ? [['kafka', kafkaAmountsOf(kafka, services[0].facts)] as const] : []),
      ...(kafka && !isOwnKafka(kafka) && kafka.provision ? [['kafka', provisioningAmounts] as const] : []),
    ],
    ending: [...migrated, ...runs].map(service => [service.name, amountsOf(service, 1)]),
  };
}

/** How much of one thing is taken, in the quota's unit. */
export function quotaNeedOf({ lasting, ending }: QuotaUse, name: keyof Quota): number {
  const sum = lasting.reduce((total, [, amounts]) => total + amounts[name], 0);
  return (sum + Math.max(0, ...ending.map(([, amounts]) => amounts[name]))) / units[name][0];
}

/** At least one node runs a daemon; how many do is not known here. */
function podsAtRest({ workload: { kind }, scale }: SettledService): number {
  return isScaled(kind) ? replicasAtRest(scale) : 1;
}

/** What the pod takes that provisions a Kafka which exists. */
const provisioningAmounts: Amounts = {
  cpu: programResources.provisioning.cpuMillis, memoryGiB: programResources.provisioning.memoryMiB,
  cpuLimit: provisioningCpuLimitMillis, memoryLimitGiB: programResources.provisioning.memoryMiB, pods: 1, claims: 0, storageGiB: 0,
};

/** What the nodes of a Kafka take, and whoever makes its topics and users or stands beside it. */
function kafkaAmountsOf(kafka: KafkaClusterSpec, facts: SettledService['facts']): Amounts {
  const sum = (of: (role: 'controller' | 'broker') => number) => nodeSetsOf(kafka).reduce((total, { role, replicas }) => total + replicas * of(role === 'controller' ? 'controller' : 'broker'), 0);
  const beside = podsBesideOf(kafka, facts);
  const sumBeside = (of: (each: PodsOfKind) => number) => beside.reduce((total, each) => total + each.pods * of(each), 0);
  const nodes = sum(() => 1);
  const memory = sum(role => kafka[role].memoryMiB) + sumBeside(each => each.memoryMiB);
  return {
    cpu: sum(role => kafka[role].cpuMillis) + sumBeside(each => each.cpuMillis), memoryGiB: memory, cpuLimit: 0, memoryLimitGiB: memory,
    pods: nodes + sumBeside(() => 1), claims: nodes, storageGiB: sum(role => kafka.storage[`${role}GiB`]),
  };
}

function amountsOf({ resources, sidecars, initContainers, volumes, workload, scale }: SettledService, pods: number): Amounts {
  const beside = (containers: SettledService['sidecars']) => Object.values(containers).map(container => resourcesOf(container.resources));
  // Kubernetes counts what runs together, or the largest of what runs alone before.
  const perPod = (of: (resources: ResourcesSpec) => number) => pods * Math.max(
    [resources, ...beside(sidecars)].reduce((sum, each) => sum + of(each), 0), ...beside(initContainers).map(of));
  const claims = Object.values(volumes).flatMap(volume => (volume.kind === 'claim' ? [volume.sizeGiB] : []));
  const copies = workload.kind === 'stateful' ? replicasAtRest(scale) : 1;
  return {
    cpu: perPod(({ cpuMillis }) => cpuMillis),
    memoryGiB: perPod(({ memoryMiB }) => memoryMiB),
    cpuLimit: perPod(({ cpuLimitMillis }) => (cpuLimitMillis === 'none' ? 0 : cpuLimitMillis)),
    memoryLimitGiB: perPod(({ memoryLimitMiB }) => memoryLimitMiB),
    pods,
    claims: claims.length * copies,
    storageGiB: claims.reduce((sum, size) => sum + size, 0) * copies,
  };
}

/** Every limit of a quota that services exceed before any of them is scaled. */
export function quotaProblems(quota: Quota, services: readonly SettledService[], at: string): Problem[] {
  const use = quotaUseOf(services);
  return names.flatMap((name): Problem[] => {
    const [allowed, needed] = [quota[name], quotaNeedOf(use, name)];
    if (allowed === undefined || needed <= allowed + 1e-9) return [];
    const [size, unit] = units[name];
    const text = (value: number) => `${Math.round((value / size) * 1000) / 1000}${unit}`;
    const most = (taken: readonly Taken[]) => taken.filter(([, amounts]) => amounts[name] > 0).sort(([, a], [, b]) => b[name] - a[name]);
    const takers = most(use.lasting).map(([service, amounts]) => `${service} ${text(amounts[name])}`);
    const [run] = most(use.ending);
    const listed = [...takers.slice(0, 5), ...(takers.length > 5 ? [`${takers.length - 5} more`] : []), ...(run ? [`a run of ${run[0]} ${text(run[1][name])}`] : [])];
    return [{
      path: `${at}.${name}`,
      message: `is ${allowed}${unit}, but the services take ${text(needed * size)} at their fewest replicas (${listed.join(', ')}), expected at least that; raise it, or let them ask for less`,
    }];
  });
}

/**
 * Checks that services fit into the quota of their namespace.
 *
 * @throws PLATFORM_INVALID with the sums, when they do not even at their fewest replicas.
 */
export function checkQuota(services: readonly SettledService[], environment: string): void {
  const problems = services.length ? quotaProblems(services[0].facts.quota, services, `environments.${environment}.quota`) : [];
  if (problems.length) throw new MartyError('PLATFORM_INVALID', `the services do not fit into the quota of ${environment}:`, { problems });
}
