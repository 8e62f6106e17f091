import { join } from 'node:path';
import type { Container, PodSpec } from './objects';
import type { Paths } from './paths';
import type { Pod } from './pods';

/** Where the volumes of a pod are on this machine. */
export interface Places {
  /** Volumes that live and die with the pod. */
  readonly pod: string;
  /** Claims, which outlive it. */
  readonly claims: string;
}

/** The folder of a volume. */
export function volumeFolder(pod: Pick<Pod, 'spec' | 'claims'>, volume: string, { pod: own, claims }: Places): string {
  const claim = pod.claims[volume] ?? pod.spec.volumes?.find(({ name }) => name === volume)?.persistentVolumeClaim?.claimName;
  return claim === undefined ? join(own, 'volumes', volume) : join(claims, claim);
}

/**
 * Where the paths are that one container mounts.
 *
 * @throws Error when it mounts a volume that the pod does not have, or two volumes at one path
 */
export function mountsOf(pod: Pod, container: Container, places: Places): Paths {
  const paths = new Map<string, string>();
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const subject = `pod ${pod.name}: mount ${mountPath} of ${container.name}`;
    if (pod.claims[name] === undefined && !pod.spec.volumes?.some(volume => volume.name === name)) throw new Error(`${subject}: volume is ${name}, expected one that the pod has`);
    if (paths.has(mountPath)) throw new Error(`${subject}: it is there twice, expected once`);
    paths.set(mountPath, join(volumeFolder(pod, name, places), subPath ?? ''));
  }
  return paths;
}

/**
 * Where the paths are that any container of the pod mounts. One may write into a file what another reads, so paths in files mean the same for all.
 *
 * @throws Error when two containers mount different volumes at one path
 */
export function allMountsOf(pod: Pod, places: Places): Paths {
  const all = new Map<string, string>();
  for (const container of containersOf(pod.spec)) {
    for (const [path, folder] of mountsOf(pod, container, places)) {
      if ((all.get(path) ?? folder) !== folder) throw new Error(`pod ${pod.name}: mount ${path} is of different volumes in its containers, expected one; that cannot be run here`);
      all.set(path, folder);
    }
  }
  return all;
}

export const containersOf = ({ initContainers = [], containers }: PodSpec): readonly Container[] => [...initContainers, ...containers];
