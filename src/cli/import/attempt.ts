import { isMartyError } from '../../errors';
import { describe, documentOf, mend, type Names } from './describe';
import { groupOf, type Group, type Workload } from './group';
import { idOf, indexOf, nameOf, type ObjectIndex } from './object-index';
import { factsOfPlatform } from './platform-facts';
import { differencesBetween } from './proof';
import { renderDescription, type RenderedObject } from './render';
import { addResidual, withRenamed, type Fate } from './residual';
import type { Draft } from './draft';
import type { Parted } from './platform-objects';
import type { SourceObject } from './source';
import type { Fields } from './value';

export interface ImportOptions extends Names {
  /** The namespace whose workloads are described. @default - the one that most of them name */
  readonly namespace?: string;
}

/** One round of describing: what came of it, and what was in the way. */
interface Attempt {
  /** Whether there is a description. */
  readonly isReady: boolean;
  /** Whether it could be rendered. */
  readonly isRendered: boolean;
  readonly differences: readonly string[];
  readonly impossible: readonly Workload[];
  /** Facts of the environment that the services do not keep to, although they run. */
  readonly exceeded: readonly string[];
  readonly fates: ReadonlyMap<string, Fate>;
  /** What the platform renders besides its services. */
  readonly shared: readonly Fields[];
}

/** What could be described. */
export interface Described {
  readonly group: Group;
  readonly draft: Draft;
  readonly attempt: Attempt;
  /** What is left out of the description, and why. */
  readonly notes: readonly string[];
}

const nothing: Attempt = { isReady: false, isRendered: false, differences: [], impossible: [], exceeded: [], fates: new Map(), shared: [] };

/**
 * Describes as many workloads as can be services; the others stand as they are beside those.
 *
 * @param told facts of the environment that are known.
 */
export function describeAll({ platform, own }: Parted, options: ImportOptions, told: Fields): Described {
  let group = groupOf(own, options.namespace, options.jobs);
  const apart = new Map<SourceObject, string>(group.apart.map(each => [each, 'stands as it is: described, it would be another one; --jobs describes it']));
  const read = factsOfPlatform(platform, group.namespace);
  const facts: Record<string, unknown> = { ...told, ...read };
  for (let round = 0; ; round++) {
    const draft = describe(group, options, facts);
    const unmended = group.workloads.length ? mend(draft) : [];
    const isFit = group.workloads.length > 0 && unmended.length === 0;
    const attempt = isFit ? tryToRender(draft, own.map(({ object }) => object)) : { ...nothing, differences: unmended };
    const exceeded = attempt.exceeded.filter(fact => fact in facts);
    exceeded.forEach(fact => delete facts[fact]);
    if (exceeded.length) continue;
    const clashing = new Set(attempt.impossible.map(({ source }) => source));
    // Of workloads that are all in the way of each other, the first one is described.
    const out = clashing.size < group.workloads.length ? clashing : new Set(group.workloads.slice(1).map(({ source }) => source));
    if (!clashing.size || !out.size || round >= 50) {
      const dropped = Object.keys(read).filter(fact => !(fact in draft.facts));
      const notes = [
        ...[...apart].map(([{ object }, why]) => `${nameOf(object)} ${why}`),
        ...dropped.map(fact => `${fact}, which is read from the namespace, is left out: the services do not keep to it`),
      ];
      return { group, draft, attempt, notes };
    }
    out.forEach(source => apart.set(source, 'stands among the objects of another service: its pods cannot be told apart from those of others'));
    group = { ...group, workloads: group.workloads.filter(({ source }) => !out.has(source)) };
  }
}

function tryToRender(draft: Draft, own: readonly Fields[]): Attempt {
  const { namespace } = draft;
  const wanted = indexOf(own, namespace);
  const rendered = () => renderDescription(documentOf(draft), draft.environment, draft.releases);
  try {
    let base = rendered();
    if (forgetJobs(draft, base, wanted)) base = rendered();
    const { impossible, fates } = addResidual(draft, base, wanted);
    if (impossible.length) {
      const differences = impossible.map(({ source }) => `${nameOf(source.object)} cannot be patched into what it is`);
      return { ...nothing, isReady: true, differences, impossible };
    }
    const all = rendered();
    const shared = all.filter(({ service }) => service === undefined).map(({ object }) => object);
    const ofServices = all.filter(({ service }) => service !== undefined).map(({ object }) => object);
    const sharedIds = new Set(shared.map(object => idOf(object, namespace)));
    const compared = withRenamed(draft, all, new Map([...wanted].filter(([id]) => !sharedIds.has(id))));
    const differences = [...compared.renamings, ...differencesBetween(ofServices, compared.wanted, namespace)];
    return { ...nothing, isReady: true, isRendered: true, differences, fates, shared };
  } catch (error) {
    if (!isMartyError(error)) throw error;
    const paths = error.problems.map(({ path }) => path);
    const differences = error.problems.length ? error.problems.map(({ path, message }) => `${path}: ${message}`) : [error.message];
    const exceeded = paths.flatMap(path => /^environments\.[^.]+\.(quota|containerDefaults)\b/.exec(path)?.[1] ?? []);
    return { ...nothing, isReady: true, differences, exceeded, impossible: inTheWay(draft, paths, differences) };
  }
}

/** A migration whose job would be another one, by the digest in its name, is none of ours: its job stands as it is. */
function forgetJobs(draft: Draft, rendered: readonly RenderedObject[], wanted: ObjectIndex): boolean {
  const strange = rendered.filter(({ object }) => object.kind === 'Job' && !wanted.has(idOf(object, draft.namespace))).map(({ service }) => service);
  const services = [...draft.services.values()]
    .filter(service => service.migration !== undefined && !draft.liveJobs.has(service) && strange.includes(service.name));
  services.forEach(service => delete service.migration);
  return services.length > 0;
}

/** The workloads that problems are about: by the name of the service where the paths begin, else wherever it is named. */
function inTheWay(draft: Draft, paths: readonly string[], problems: readonly string[]): Workload[] {
  const all = [...draft.services];
  const begins = all.filter(([, { name }]) => paths.some(path => path.startsWith(`${name}.`)));
  const named = all.filter(([, { name }]) => problems.some(problem => new RegExp(`[ /]${name}[./ :]`).test(problem)));
  return (begins.length ? begins : named).map(([workload]) => workload);
}
