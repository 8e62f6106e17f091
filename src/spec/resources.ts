import { z } from 'zod';

const cpu = z.int().min(1).max(256_000);
const mebibytes = z.int().min(4).max(4_194_304);

const explicitSchema = z.strictObject({
  /** Requested CPU in thousandths of a core, 1 to 256,000. */
  cpuMillis: cpu,
  /** Requested memory in MiB, 4 to 4,194,304. */
  memoryMiB: mebibytes,
  /** Limit of CPU in thousandths of a core, or `'none'` to take what is free. @default - four times the request */
  cpuLimitMillis: z.union([cpu, z.literal('none')]).optional(),
  /** Limit of memory in MiB. @default - as much as requested, so that a pod is never evicted for using more */
  memoryLimitMiB: mebibytes.optional(),
  /** Requested and limit of local disk in MiB: logs, temporary files. @default 256 */
  diskMiB: mebibytes.default(256),
  /** Whole devices, such as `nvidia.com/gpu`. @default {} */
  devices: z.record(z.string().regex(/^[a-z0-9.-]+\/[A-Za-z0-9._-]+$/, { error: 'expected a device such as nvidia.com/gpu' }), z.int().min(1).max(64))
    .default({}),
})
  .refine(({ cpuMillis, cpuLimitMillis }) => cpuLimitMillis === undefined || cpuLimitMillis === 'none' || cpuLimitMillis >= cpuMillis, {
    path: ['cpuLimitMillis'], error: 'must be at least the request, cpuMillis',
  })
  .refine(({ memoryMiB, memoryLimitMiB }) => memoryLimitMiB === undefined || memoryLimitMiB >= memoryMiB, {
    path: ['memoryLimitMiB'], error: 'must be at least the request, memoryMiB',
  });

export const resourcesSchema = z.union([z.enum(['small', 'medium', 'large']), explicitSchema]);

export type Resources = z.input<typeof resourcesSchema>;

/** What a container asks for and may use: thousandths of a core and MiB. */
export interface ResourcesSpec {
  readonly cpuMillis: number;
  readonly cpuLimitMillis: number | 'none';
  readonly memoryMiB: number;
  readonly memoryLimitMiB: number;
  readonly diskMiB: number;
  readonly devices: Readonly<Record<string, number>>;
}

const presets = {
  small: { cpuMillis: 100, memoryMiB: 128, diskMiB: 256 },
  medium: { cpuMillis: 250, memoryMiB: 512, diskMiB: 512 },
  large: { cpuMillis: 1000, memoryMiB: 2048, diskMiB: 1024 },
} as const;

/** The numbers behind a preset, and the limits that follow from requests. */
export function resourcesOf(resources: z.output<typeof resourcesSchema>): ResourcesSpec {
  const asked = typeof resources === 'string' ? presets[resources] : resources;
  return { cpuLimitMillis: Math.min(asked.cpuMillis * 4, 256_000), memoryLimitMiB: asked.memoryMiB, devices: {}, ...asked };
}
