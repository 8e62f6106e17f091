import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { MartyError, type Problem } from '../../errors';
import { platformLabelsOf } from '../../spec/names';
import type { RenderedObject } from '../render';
import type { Delivery } from '../../spec/placement';
import type { KubernetesVersion } from '../../spec/kubernetes-version';

/** One folder of the output: what is delivered as one. */
export interface Unit extends Delivery {
  readonly folder: string;
  readonly environment: string;
  readonly kubernetes: KubernetesVersion;
  readonly objects: readonly RenderedObject[];
}

/** The units of one environment: what services share, where it is rendered here, and a unit per service by its name. */
export interface Stage {
  readonly environment: string;
  readonly shared?: Unit;
  readonly services: readonly Unit[];
  /** What they have in common. */
  readonly platform: string;
  readonly namespace: string;
  readonly preview: boolean;
}

/**
 * What there is to deliver, environment by environment.
 *
 * @throws PLATFORM_INVALID when an object belongs to no environment of a platform, or environments of two platforms have one name.
 */
export function stagesOf(objects: readonly RenderedObject[]): Stage[] {
  const units = new Map<string, Unit & { objects: RenderedObject[] }>();
  const problems: Problem[] = [];
  for (const object of objects) {
    const { placement, folder, construct } = object;
    if (!placement?.delivery) {
      problems.push({ path: construct, message: 'belongs to no platform, so nothing would deliver it; put it below a PlatformChart, or synthesize it by itself' });
      continue;
    }
    const { environment, kubernetes, delivery } = placement;
    const unit = units.get(folder) ?? { ...delivery, folder, environment, kubernetes, objects: [] };
    unit.objects.push(object);
    units.set(folder, unit);
  }
  const all = [...units.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const stages = [...new Set(all.map(({ environment }) => environment))]
    .map(environment => stageOf(environment, all.filter(unit => unit.environment === environment), problems));
  if (problems.length) throw new MartyError('PLATFORM_INVALID', 'the output cannot be delivered:', { problems });
  return stages;
}

function stageOf(environment: string, units: readonly Unit[], problems: Problem[]): Stage {
  const [{ platform, namespace, preview }] = units;
  const other = units.find(unit => unit.platform !== platform);
  if (other) problems.push({ path: other.folder, message: `is of the platform ${other.platform}, but ${environment} is an environment of ${platform} too; synthesize them by themselves` });
  const services = units.filter(({ service }) => service !== undefined);
  return { environment, platform, namespace, preview, shared: units.find(({ service }) => service === undefined), services };
}

/** The longest value of a label: what delivers an object is written into one. */
const longestName = 63;

/**
 * The name of what delivers something. Names of platforms, environments and services have no dots, so that no two things get one name;
 * one that is too long ends in a digest of the whole.
 */
export function nameOf(...parts: readonly string[]): string {
  const name = parts.join('.');
  if (name.length <= longestName) return name;
  return `${name.slice(0, longestName - 9).replace(/[.-]+$/, '')}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** The name of what delivers a whole environment. */
export const rootNameOf = ({ platform, environment }: Pick<Stage, 'platform' | 'environment'>) => nameOf(platform, environment);

/** The name of what delivers one unit; that of what services share has a part more than any service. */
export function unitNameOf({ platform, environment, service }: Pick<Unit, 'platform' | 'environment' | 'service'>): string {
  return service === undefined ? nameOf(platform, environment, 'platform', 'shared') : nameOf(platform, environment, service);
}

/** The path of a folder in the repository. */
export const pathIn = (path: string, folder: string) => posix.join(path, folder);

/** The labels of everything that delivers a unit. */
export function deliveryLabelsOf({ platform, environment }: Pick<Stage, 'platform' | 'environment'>): Record<string, string> {
  return { ...platformLabelsOf(platform), [environmentLabel]: environment };
}

export const environmentLabel = 'marty-msf/environment';
export const waveLabel = 'marty-msf/wave';
