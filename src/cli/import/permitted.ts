import { patchBetween } from '../../manifests/patch-between';
import { selectorOf } from '../../spec/names';
import { patchesSchema, selectorProblems } from '../../spec/patches';
import { fieldsAt, isFields, type Fields } from './value';
import type { ServiceDraft } from './draft';

/** The patch that makes of a rendered object the one that was read, as far as a description may have it; undefined where none comes near. */
export function permitted(key: string, object: Fields, target: Fields, service: ServiceDraft, namespace: string | undefined): Fields | undefined {
  const adopted = fieldsAt(service.adopt, 'selector') as Record<string, string>;
  const selector = Object.keys(adopted).length ? adopted : selectorOf(service.name);
  const path = podLabels[String(object.kind)];
  const allowed = (wanted: Fields) => {
    const between = withoutNamespace(patchBetween(object, wanted), namespace);
    const patch = path ? opened(between, object, path) as Fields : between;
    const isAllowed = patchesSchema.safeParse({ [key]: patch }).success && selectorProblems({ [key]: patch }, selector, '').length === 0;
    return isAllowed ? patch : undefined;
  };
  // Labels that select pods are as they are rendered, also those of a job, whose pods nothing selects; the comparison lists them.
  return allowed(target) ?? (path ? allowed(withLabelsOf(object, target, path, Object.keys(selector))) : undefined);
}

/** Where the labels of pods stand that nothing selects. */
const podLabels: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'], Job: ['spec', 'template', 'metadata', 'labels'],
};

/** An object with some labels of the pods as another one has them. */
function withLabelsOf(other: Fields, object: Fields, path: readonly string[], labels: readonly string[]): Fields {
  const rendered = Object.entries(fieldsAt(other, ...path)).filter(([label]) => labels.includes(label));
  const kept = (value: Fields, [step, ...rest]: readonly string[]): Fields => (step === undefined
    ? Object.fromEntries([...Object.entries(value).filter(([label]) => !labels.includes(label)), ...rendered])
    : { ...value, [step]: kept(fieldsAt(value, step), rest) });
  return kept(object, path);
}

/** A patch that removes, where it removes what stands above a path, one by one what there is: labels are never removed all at once. */
function opened(patch: unknown, object: Fields, [step, ...rest]: readonly string[]): unknown {
  const open = patch === null ? Object.fromEntries(Object.keys(object).map(key => [key, null])) : patch;
  return step !== undefined && isFields(open) && step in open ? { ...open, [step]: opened(open[step], fieldsAt(object, step), rest) } : open;
}

/** The namespace is the environment's, whether or not the object named it. */
function withoutNamespace(patch: Fields, namespace: string | undefined): Fields {
  const { namespace: said, ...metadata } = fieldsAt(patch, 'metadata');
  if (said !== null && said !== namespace) return patch;
  const { metadata: _, ...rest } = patch;
  return Object.keys(metadata).length ? { ...patch, metadata } : rest;
}
