import { z } from 'zod';
import { isOwnKafka } from './kafka';
import type { Problem } from '../errors';
import type { Environment } from './environment';
import type { SettledService } from './settle';

const cpu = z.int().min(1).max(256_000);
const mebibytes = z.int().min(1).max(4_194_304);

/**
 * What a container of the namespace gets that says nothing itself; described services say everything.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export const containerDefaultsSchema = z.strictObject({
  /** Requested CPU in thousandths of a core, 1 to 256,000. @default 100 */
  cpuMillis: cpu.default(100),
  /**
   * Limit of CPU in thousandths of a core, or `'none'`. Kubernetes gives it to the containers of described services too that want none.
   * @default - 500, or `'none'` where a service has a container without a limit
   */
  cpuLimitMillis: z.union([cpu, z.literal('none')]).optional(),
  /** Requested memory in MiB, 1 to 4,194,304. @default 128 */
  memoryMiB: mebibytes.default(128),
  /** Limit of memory in MiB, 1 to 4,194,304. @default 256 */
  memoryLimitMiB: mebibytes.default(256),
  /** Requested local disk in MiB, 1 to 4,194,304. @default 256 */
  diskMiB: mebibytes.default(256),
  /** Limit of local disk in MiB, 1 to 4,194,304. @default 256 */
  diskLimitMiB: mebibytes.default(256),
})
  .refine(({ cpuMillis, cpuLimitMillis = usualCpuLimitMillis }) => cpuLimitMillis === 'none' || cpuLimitMillis >= cpuMillis, {
    path: ['cpuLimitMillis'], error: 'must be at least the request, cpuMillis',
  })
  .refine(({ memoryMiB, memoryLimitMiB }) => memoryLimitMiB >= memoryMiB, { path: ['memoryLimitMiB'], error: 'must be at least the request, memoryMiB' })
  .refine(({ diskMiB, diskLimitMiB }) => diskLimitMiB >= diskMiB, { path: ['diskLimitMiB'], error: 'must be at least the request, diskMiB' });

const usualCpuLimitMillis = 500;

/** What a container gets that says nothing itself, with every number settled. */
export type ContainerDefaults = Required<z.output<typeof containerDefaultsSchema>>;

type Demanding = Pick<SettledService, 'resources' | 'sidecars' | 'initContainers'>;

/** What containers of a namespace get that say nothing, so that no service gets a limit of CPU that it does not want. */
export function containerDefaultsOf({ containerDefaults, kafka }: Pick<Environment, 'containerDefaults' | 'kafka'>, services: readonly Demanding[]): ContainerDefaults {
  const usual = services.some(isUnlimited) || (kafka && isOwnKafka(kafka)) ? 'none' : usualCpuLimitMillis;
  return { ...containerDefaults, cpuLimitMillis: containerDefaults.cpuLimitMillis ?? usual };
}

/** Whether some container of a service has no limit of CPU. */
function isUnlimited({ resources, sidecars, initContainers }: Demanding): boolean {
  return [resources, ...[sidecars, initContainers].flatMap(containers => Object.values(containers).map(each => each.resources))]
    .some(each => typeof each === 'object' && each.cpuLimitMillis === 'none');
}

/** What would give a service a limit of CPU that it does not want, or refuse its pods for having none. */
export function cpuLimitProblems(name: string, service: Demanding, { containerDefaults, quota }: Environment, at: string): Problem[] {
  if (!isUnlimited(service)) return [];
  const { cpuLimitMillis } = containerDefaults;
  return [
    ...(typeof cpuLimitMillis === 'number' ? [{
      path: `${at}.containerDefaults.cpuLimitMillis`,
      message: `is ${cpuLimitMillis}, which a container of ${name} would get that is to have no limit of CPU, expected "none"; say so, or nothing, or give the container a limit`,
    }] : []),
    ...(quota.cpuLimit === undefined ? [] : [{
      path: `${at}.quota.cpuLimit`, message: `is ${quota.cpuLimit}, but ${name} has a container without a limit of CPU, whose pods are refused then; give it one, or remove this`,
    }]),
  ];
}
