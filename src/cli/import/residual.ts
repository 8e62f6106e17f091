import { patchBetween } from '../../manifests/patch-between';
import { patchesSchema, selectorProblems } from '../../spec/patches';
import { idOf, type ObjectIndex } from './object-index';
import { fieldsAt, selects, textAt, type Fields } from './value';
import type { Draft, ServiceDraft } from './draft';
import type { Workload } from './group';
import type { RenderedObject } from './render';

/**
 * Says as patches and raw objects whatever the fields do not: what is rendered otherwise is patched, what is not wanted is removed, and what
 * is not rendered stands as it was read.
 *
 * @returns the workloads that no patch can make of a service.
 */
export function addResidual(draft: Draft, rendered: readonly RenderedObject[], wanted: ObjectIndex): Workload[] {
  const left = new Map(wanted.entries());
  const impossible: Workload[] = [];
  for (const [workload, service] of draft.services) {
    const objects = rendered.filter(each => each.service === service.name).map(({ object }) => object);
    const patches: Record<string, unknown> = {};
    for (const object of objects) {
      const id = idOf(object, draft.namespace);
      const target = left.get(id);
      const key = objects.filter(({ kind }) => kind === object.kind).length > 1 ? `${String(object.kind)}/${String(textAt(object, 'metadata', 'name'))}` : String(object.kind);
      const patch = target && withoutNamespace(patchBetween(object, target), draft.namespace);
      if (patch && isAllowed(key, patch, workload.selector)) {
        if (Object.keys(patch).length) patches[key] = patch;
        left.delete(id);
      } else if (object.kind === workload.source.object.kind) {
        impossible.push(workload);
      } else {
        patches[key] = { $patch: 'delete' };
      }
    }
    if (Object.keys(patches).length) service.patches = patches;
  }
  for (const object of left.values()) {
    const service = serviceFor(object, draft);
    if (service) service.objects = [...(service.objects as Fields[] | undefined) ?? [], home(object, draft.namespace)];
  }
  return impossible;
}

function isAllowed(key: string, patch: Fields, selector: Fields): boolean {
  return patchesSchema.safeParse({ [key]: patch }).success && selectorProblems({ [key]: patch }, selector as Record<string, string>, '').length === 0;
}

/** The namespace is the environment's, whether or not the object named it. */
function withoutNamespace(patch: Fields, namespace: string | undefined): Fields {
  const { namespace: said, ...metadata } = fieldsAt(patch, 'metadata');
  if (said !== null && said !== namespace) return patch;
  const { metadata: _, ...rest } = patch;
  return Object.keys(metadata).length ? { ...patch, metadata } : rest;
}

function home(object: Fields, namespace: string | undefined): Fields {
  const { namespace: said, ...metadata } = fieldsAt(object, 'metadata');
  return said === namespace ? { ...object, metadata } : object;
}

/** The service that an object belongs to: whose pods it selects, or refer to it, or whose name its own begins with; else the first. */
function serviceFor(object: Fields, draft: Draft): ServiceDraft | undefined {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const all = [...draft.services];
  const selector = fieldsAt(object, 'spec', 'selector');
  const found = all.find(([{ podLabels }]) => selects('matchLabels' in selector ? fieldsAt(selector, 'matchLabels') : selector, podLabels))
    ?? all.find(([{ podSpec }]) => JSON.stringify(podSpec).includes(`"${name}"`))
    ?? all.find(([{ source }]) => name.startsWith(textAt(source.object, 'metadata', 'name') ?? ''))
    ?? all[0];
  return found?.[1];
}
