import { isSame, type Fields } from './value';
import type { Workload } from './group';

/** The JSON form of one service while it is put together. */
export type ServiceDraft = Record<string, unknown> & { name: string };

/** The JSON form of a description while it is put together. */
export interface Draft {
  readonly environment: string;
  readonly platform: string;
  readonly namespace: string | undefined;
  /** The facts of the environment. */
  readonly facts: Record<string, unknown>;
  readonly topics: Map<string, Fields>;
  readonly externals: Map<string, Fields>;
  readonly services: Map<Workload, ServiceDraft>;
  /** The version of each service. */
  readonly releases: Record<string, string>;
  /** Whether jobs are described too, although the described ones are new ones. */
  readonly jobs: boolean;
  /** The live jobs that described ones come instead of, by the service. */
  readonly liveJobs: Map<ServiceDraft, Fields>;
  /** What is said that no manifest tells. */
  readonly assumed: string[];
}

/** Takes a piece out of the manifests of a workload and puts it into the description; what it cannot say is left to the patch. */
export type Take = (workload: Workload, service: ServiceDraft, draft: Draft) => void;

/** Says a fact of the environment; what services say differently is left as the first one says it. */
export function sayFact(draft: Draft, fact: string, value: unknown): void {
  if (value !== undefined && !(fact in draft.facts)) draft.facts[fact] = value;
}

/** Says something that services share by its name, under that name or, where another meaning has it, under one with a number. */
export function sayShared(shared: Map<string, Fields>, name: string, value: Fields, taken: (name: string) => boolean = () => false): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    const there = shared.get(candidate);
    const named = { name: candidate, ...value };
    if (there !== undefined ? !isSame(there, named) : taken(candidate)) continue;
    shared.set(candidate, named);
    return candidate;
  }
}

/** A text as a DNS label that begins with a letter; the other text where nothing is left of it. */
export function labelOf(text: string | undefined, otherwise: string, longest = 50): string {
  const label = (text ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '').slice(0, longest).replace(/-+$/, '');
  return label === '' || label in {} ? otherwise : label;
}
