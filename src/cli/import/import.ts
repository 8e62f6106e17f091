import { accountsOf } from './account';
import { describeAll, type ImportOptions } from './attempt';
import { assumptionsOf, documentOf } from './describe';
import { kubernetesOf } from './facts';
import { homeOf } from './group';
import { idOf, nameOf } from './object-index';
import { parted, platformReport, renderedBesides, type Parted } from './platform-objects';
import { strictlyRead } from './strict';
import type { ImportResult } from './result';
import type { Source, SourceObject } from './source';
import type { Fields } from './value';

export type { ImportOptions };

/** Makes a description of manifests, with what it does not say as patches and raw objects, renders it and compares. */
export function importManifests(source: Source, options: ImportOptions): ImportResult {
  const read = parted(source.objects);
  const kubernetes = kubernetesOf(source.objects, read.own);
  const strict = strictlyRead(read.own, kubernetes.version, options.namespace ?? homeOf(read.own));
  const objects = { platform: read.platform, own: strict.objects };
  const { group, draft, attempt, notes } = describeAll(objects, options, { kubernetes: kubernetes.version });
  const id = (object: Fields) => idOf(object, draft.namespace);
  const shared = [...objects.platform, ...objects.own.filter(({ object }: SourceObject) => attempt.fates.get(id(object))?.as === 'platform')];
  const runs = group.workloads.length > 0;
  const differences = [...strict.refused, ...runs ? [] : nothingRuns(objects), ...attempt.differences];
  const besides = attempt.isRendered ? renderedBesides(shared, attempt.shared, draft.namespace) : [];
  return {
    equal: differences.length === 0,
    environment: draft.environment,
    description: runs && attempt.isReady ? documentOf(draft) : undefined,
    releases: draft.releases,
    differences,
    platform: platformReport(shared, attempt.shared, draft.namespace),
    accounts: accountsOf(source.objects, {
      dropped: strict.dropped, platform: objects.platform, fates: attempt.fates, idOf: id,
      otherwise: runs ? 'is not described: the description cannot be rendered, and why is among the differences' : 'has no service that it could belong to',
    }),
    skipped: [...source.skipped],
    assumed: runs ? [...kubernetes.assumed === undefined ? [] : [`kubernetes is ${kubernetes.version}: ${kubernetes.assumed}`], ...assumptionsOf(draft)] : [],
    notes: [...source.notes, ...notes, ...besides.length ? [`the platform, when it is rendered, has besides: ${besides.join(', ')}`] : []],
    objects: source.objects.length,
    workloads: group.workloads.length,
  };
}

function nothingRuns({ own }: Parted): string[] {
  const why = 'there is no Deployment, StatefulSet, DaemonSet, CronJob or Job that a service can be made of';
  return own.length ? own.map(({ object, place }) => `${place}: ${nameOf(object)} has no service that it could belong to: ${why}`) : [`nothing runs: ${why}`];
}
