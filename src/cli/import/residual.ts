import { idOf, nameOf, type ObjectIndex } from './object-index';
import { permitted } from './permitted';
import { fieldsAt, listAt, selects, textAt, type Fields } from './value';
import type { Draft, ServiceDraft } from './draft';
import type { Workload } from './group';
import type { RenderedObject } from './render';

/** What became of an object that was read: a rendered one means the same, alone or with a patch, or it stands as it is. */
export interface Fate { readonly as: 'described' | 'patched' | 'object' | 'platform'; readonly service?: string }

/** What no field says, and what it made of each object. */
export interface Residual {
  /** The workloads that no patch can make of a service. */
  readonly impossible: readonly Workload[];
  /** What became of each object, by what tells it apart. */
  readonly fates: ReadonlyMap<string, Fate>;
}

/**
 * Says as patches and raw objects whatever the fields do not: what is rendered otherwise is patched, what is not wanted is removed, and what
 * is not rendered stands as it was read.
 *
 * @param rendered what the description renders without patches and raw objects; what belongs to no service is the platform's.
 */
export function addResidual(draft: Draft, rendered: readonly RenderedObject[], wanted: ObjectIndex): Residual {
  const { namespace } = draft;
  const shared = new Set(rendered.filter(({ service }) => service === undefined).map(({ object }) => idOf(object, namespace)));
  const left = new Map([...wanted].filter(([id]) => !shared.has(id)));
  const fates = new Map<string, Fate>([...wanted.keys()].filter(id => shared.has(id)).map(id => [id, { as: 'platform' }]));
  const impossible: Workload[] = [];
  for (const [workload, service] of draft.services) {
    const objects = rendered.filter(each => each.service === service.name).map(({ object }) => object);
    const patches: Record<string, unknown> = {};
    for (const object of objects) {
      const live = object.kind === 'Job' && !left.has(idOf(object, namespace)) ? draft.liveJobs.get(service) : undefined;
      const id = idOf(live ?? object, namespace);
      const target = live ? withName(live, String(textAt(object, 'metadata', 'name'))) : left.get(id);
      const key = objects.filter(({ kind }) => kind === object.kind).length > 1 ? `${String(object.kind)}/${String(textAt(object, 'metadata', 'name'))}` : String(object.kind);
      const patch = target && permitted(key, object, target, service, namespace);
      if (patch) {
        const isWhole = Object.keys(patch).length === 0;
        if (!isWhole) patches[key] = patch;
        fates.set(id, { as: isWhole ? 'described' : 'patched', service: service.name });
        left.delete(id);
      } else if (object.kind === workload.source.object.kind) {
        impossible.push(workload);
      } else {
        patches[key] = { $patch: 'delete' };
      }
    }
    if (Object.keys(patches).length) service.patches = patches;
  }
  for (const [id, object] of left) {
    const service = serviceFor(object, draft);
    if (!service) continue;
    service.objects = [...(service.objects as Fields[] | undefined) ?? [], home(object, namespace)];
    fates.set(id, { as: 'object', service: service.name });
  }
  return { impossible, fates };
}

/** What was read, with live jobs under the names of those that come instead, so that the two can be compared; and which ones those are. */
export function withRenamed(draft: Draft, rendered: readonly RenderedObject[], wanted: ObjectIndex): { wanted: ObjectIndex; renamings: string[] } {
  const renamed = new Map(wanted);
  const renamings: string[] = [];
  for (const [{ name }, live] of draft.liveJobs) {
    const job = rendered.find(({ service, object }) => service === name && object.kind === 'Job')?.object;
    const newName = textAt(job, 'metadata', 'name');
    if (!job || newName === undefined || renamed.has(idOf(job, draft.namespace))) continue;
    renamed.delete(idOf(live, draft.namespace));
    renamed.set(idOf(job, draft.namespace), withName(live, newName));
    renamings.push(`${nameOf(live)} is rendered as Job/${newName}: Kubernetes never changes a job, so a described one is a new one, and runs again`);
  }
  return { wanted: renamed, renamings };
}

const withName = (object: Fields, name: string): Fields => ({ ...object, metadata: { ...fieldsAt(object, 'metadata'), name } });

function home(object: Fields, namespace: string | undefined): Fields {
  const { namespace: said, ...metadata } = fieldsAt(object, 'metadata');
  return said === namespace ? { ...object, metadata } : object;
}

/** The service that an object belongs to: whose pods it selects, or refer to it, or whose name its own begins with; else the first. */
function serviceFor(object: Fields, draft: Draft): ServiceDraft | undefined {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const all = [...draft.services];
  const selector = fieldsAt(object, 'spec', 'selector');
  const found = all.find(([workload]) => selects('matchLabels' in selector ? fieldsAt(selector, 'matchLabels') : selector, workload.podLabels))
    ?? all.find(([{ podSpec }]) => listAt(object, 'subjects').some(subject => subject.kind === 'ServiceAccount' && subject.name === textAt(podSpec, 'serviceAccountName')))
    ?? all.find(([{ podSpec }]) => JSON.stringify(podSpec).includes(`"${name}"`))
    ?? all.find(([{ source }]) => name.startsWith(textAt(source.object, 'metadata', 'name') ?? name))
    ?? all[0];
  return found?.[1];
}
