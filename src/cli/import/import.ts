import { isMartyError } from '../../errors';
import { describe, documentOf, mend, type Names } from './describe';
import { groupOf, type Workload } from './group';
import { idOf, indexOf, nameOf, type ObjectIndex } from './object-index';
import { differencesBetween } from './proof';
import { renderDescription, type RenderedObject } from './render';
import { addResidual } from './residual';
import { strictlyRead } from './strict';
import { fieldsAt } from './value';
import type { Draft } from './draft';
import type { ImportResult } from './result';
import type { Source } from './source';

export interface ImportOptions extends Names {
  /** The namespace whose workloads are described. @default - the one that most of them name */
  readonly namespace?: string;
}

/** Makes a description of manifests, with what it does not say as patches and raw objects, renders it and compares. */
export function importManifests({ objects, passedOver }: Source, options: ImportOptions): ImportResult {
  const { objects: strict, refused } = strictlyRead(objects);
  let group = groupOf(strict, options.namespace);
  const given = new Map<Workload, string>();
  for (let round = 0; ; round++) {
    const draft = describe(group, options);
    const unmended = group.workloads.length ? mend(draft) : [];
    const isReady = group.workloads.length > 0 && unmended.length === 0;
    const attempt = isReady ? tryToRender(draft, strict.map(({ object }) => object)) : { differences: unmended, impossible: [] };
    // A workload that cannot be a service stands as it is beside those that can.
    const out = attempt.impossible;
    if (out.length && out.length < group.workloads.length && round < 20) {
      out.forEach(workload => given.set(workload, nameOf(workload.source.object)));
      group = { ...group, workloads: group.workloads.filter(({ source }) => !out.some(other => other.source === source)) };
      continue;
    }
    const alone = group.workloads.length ? [] : strict.map(({ object, place }) => `${place}: ${nameOf(object)} has no service that it could belong to: there is no Deployment, StatefulSet, DaemonSet or CronJob that a service can be made of`);
    const differences = [...refused, ...alone, ...attempt.differences];
    return {
      equal: differences.length === 0,
      environment: draft.environment,
      description: isReady ? documentOf(draft) : undefined,
      releases: draft.releases,
      differences,
      notes: [...passedOver, ...[...given.values()].map(name => `${name} stands among the objects of another service: its pods cannot be told apart from those of others`)],
      objects: objects.length,
      workloads: group.workloads.length,
    };
  }
}

interface Attempt { readonly differences: readonly string[]; readonly impossible: readonly Workload[] }

function tryToRender(draft: Draft, strict: readonly ImportedObject[]): Attempt {
  const wanted = indexOf(strict, draft.namespace);
  try {
    let base = renderDescription(documentOf(draft), draft.environment, draft.releases);
    if (forgetMigrations(draft, base, wanted)) base = renderDescription(documentOf(draft), draft.environment, draft.releases);
    const impossible = addResidual(draft, base, wanted);
    if (impossible.length) return { differences: impossible.map(({ source }) => `${nameOf(source.object)} cannot be patched into what it is`), impossible };
    const rendered: RenderedObject[] = renderDescription(documentOf(draft), draft.environment, draft.releases);
    return { differences: differencesBetween(rendered.map(({ object }) => object), wanted, draft.namespace), impossible };
  } catch (error) {
    if (!isMartyError(error)) throw error;
    const problems = error.problems.length ? error.problems.map(({ path, message }) => `${path}: ${message}`) : [error.message];
    return { differences: problems, impossible: clashing(draft, error.problems.map(({ path }) => path)) };
  }
}

/** A migration whose job would be another one, by the digest in its name, is none of ours: its job stands as it is. */
function forgetMigrations(draft: Draft, rendered: readonly RenderedObject[], wanted: ObjectIndex): boolean {
  const strange = rendered.filter(({ object }) => object.kind === 'Job' && !wanted.has(idOf(object, draft.namespace))).map(({ service }) => service);
  const services = [...draft.services.values()].filter(({ name, migration }) => migration !== undefined && strange.includes(name));
  services.forEach(service => delete service.migration);
  return services.length > 0;
}

type ImportedObject = Parameters<typeof idOf>[0];

/** The workloads whose identity is in the way of others. */
function clashing(draft: Draft, paths: readonly string[]): Workload[] {
  return [...draft.services].filter(([, { name }]) => paths.some(path => path.startsWith(`${name}.adopt`))).map(([workload]) => workload)
    .filter(({ selector }) => Object.keys(fieldsAt({ selector }, 'selector')).length > 0);
}
