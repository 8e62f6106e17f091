import { createConductor, type PreStop, type RanJob } from './conductor';
import { changedSets, petstoreWith, type KafkaWritten, type Petstore } from './petstore';
import { createCluster, type Cluster } from '../cluster';
import { planOf, type PlanStep } from '../../../../src/kafka';
import { stateOf } from '../../../../src/kafka/plan/state';
import type { FoundJudge } from '../../judges/judge';

/** What a step of a plan printed, command by command, and how long each took. */
export interface DoneStep { readonly title: string; readonly printed: readonly string[]; readonly ms: readonly number[] }

/** The Kafka of the petstore, which changes only as its plan says. */
export interface PlatformKafka {
  readonly cluster: Cluster;
  /** As it is described now. */
  petstore(): Petstore;
  /** From nothing, by the plan. */
  create(): Promise<readonly DoneStep[]>;
  /** The way to another description. @throws KAFKA_PLAN_REFUSED */
  plan(change: Partial<KafkaWritten>, options?: { readonly replace?: string }): Planned;
  /** Jobs that ran because they were applied. */
  jobs(): Promise<readonly RanJob[]>;
  /** Other manifests than a plan would ever write, applied. */
  force(change: Partial<KafkaWritten>): Promise<void>;
}

/** A plan, and doing what it says. */
export interface Planned {
  readonly steps: readonly PlanStep[];
  /** Steps in their order. @param wanted leaves out those that it does not want. */
  follow(options?: { readonly wanted?: (step: PlanStep) => boolean; readonly preStop?: PreStop }): Promise<readonly DoneStep[]>;
}

const folder = 'deploy/production/_platform';

export async function createPlatformKafka(written: KafkaWritten, judges: readonly FoundJudge[], name: string): Promise<PlatformKafka> {
  let description = written;
  let petstore = petstoreWith(written);
  const cluster = await createCluster({ objects: petstore.objects, judges, name });
  const conductor = createConductor(cluster, petstore.cluster.namespace);

  async function follow(steps: readonly PlanStep[], next: Petstore, preStop?: PreStop): Promise<readonly DoneStep[]> {
    const done: DoneStep[] = [];
    for (const { title, commands } of steps) {
      const printed: string[] = [];
      const ms: number[] = [];
      for (const command of commands) {
        const began = Date.now();
        printed.push(await conductor.obey(command, next.objects, preStop).catch((error: unknown) => {
          throw new Error(`${title}: ${command}\n${error instanceof Error ? error.message : String(error)}`);
        }));
        ms.push(Date.now() - began);
      }
      done.push({ title, printed, ms });
    }
    return done;
  }

  function describe(change: Partial<KafkaWritten>): Petstore {
    description = { ...description, ...change };
    petstore = petstoreWith(description);
    return petstore;
  }

  return {
    cluster, jobs: conductor.jobs,
    petstore: () => petstore,
    create: async () => {
      const steps = planOf(petstore.cluster, { folder });
      const done = await follow(steps.slice(0, -1), petstore);
      return [...done, ...await follow(steps.slice(-1), describe({ formed: true }))];
    },
    plan: (change, { replace } = {}) => {
      const next = petstoreWith({ ...description, ...change });
      const changed = changedSets(petstore.cluster, next.cluster);
      const steps = planOf(next.cluster, { before: stateOf(petstore.cluster), changed, folder, replace });
      return {
        steps,
        follow: async ({ wanted = () => true, preStop } = {}) => {
          const done = await follow(steps.filter(wanted), next, preStop);
          describe(change);
          return done;
        },
      };
    },
    force: async change => cluster.kubelet.apply(describe(change).objects),
  };
}
