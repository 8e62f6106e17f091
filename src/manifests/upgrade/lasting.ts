import { at } from '../_at';
import { isRecord } from '../_walk';

interface LastingProblem { readonly path: string; readonly message: string; readonly remedy: string }

/** The label of a ConfigMap whose values are what a cluster of servers is known by. */
const label = 'marty-msf/lasting';

/** Whether an object says what servers are, which they have on their disks as well. */
export const isLasting = (object: unknown): boolean => at(object, 'metadata', 'labels', label) === 'kafka';

/** What would make servers strangers to their own disks, or bring back what they have left behind. */
export function lastingProblems(before: unknown, after: unknown): LastingProblem[] {
  if (!isLasting(before) || !isLasting(after)) return [];
  const [was, is] = [dataOf(before), dataOf(after)];
  const keys = Object.keys(was).filter(key => key === 'cluster.id' || (key.startsWith('directory.') && key in is));
  const changed = keys.filter(key => is[key] !== was[key]).map((key): LastingProblem => ({
    path: `data["${key}"]`, message: `is ${is[key] ?? 'unset'}, was ${was[key]}: it stands on the disks, whose servers would not start`,
    remedy: 'keep the names of platform and environment, or say the old id as clusterId',
  }));
  return [...changed, ...stepsBack(was, is)];
}

function stepsBack(was: Readonly<Record<string, string>>, is: Readonly<Record<string, string>>): LastingProblem[] {
  const zones = [was, is].map(({ zones: named = '' }) => named.split(',').filter(Boolean));
  const moved = zones[0].find((zone, index) => zones[1][index] !== undefined && zones[1][index] !== zone);
  return [
    ...(is['metadata.version'] < was['metadata.version'] ? [{
      path: 'data["metadata.version"]', message: `is ${is['metadata.version']}, was ${was['metadata.version']}: features that are switched on are never switched off`,
      remedy: 'keep it; the servers themselves may be of an older release only before it rises',
    }] : []),
    ...(is.version < was.version && is.version.slice(0, 3) < was['metadata.version'] ? [{
      path: 'data.version', message: `is ${is.version}, was ${was.version}: it does not know the features of ${was['metadata.version']}, which are switched on`,
      remedy: 'keep the release',
    }] : []),
    ...(was.formed === 'true' && is.formed !== 'true' ? [{
      path: 'data.formed', message: 'is false, was true: a controller that lost its disk would vote as the one that it was', remedy: 'keep formed: true',
    }] : []),
    ...(moved === undefined ? [] : [{
      path: 'data.zones', message: `is ${is.zones}, was ${was.zones}: the numbers of brokers follow from the places of their zones, so that those of ${moved} would be others`,
      remedy: 'keep the order, and add new zones at the end',
    }]),
  ];
}

function dataOf(object: unknown): Readonly<Record<string, string>> {
  const data = at(object, 'data');
  return isRecord(data) ? data as Readonly<Record<string, string>> : {};
}
