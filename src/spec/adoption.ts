import { z } from 'zod';
import { selectorOf } from './names';
import { labelSchema, labelsSchema } from './syntax';
import { settle } from './varying';
import type { Problem } from '../errors';
import type { Contract } from './calls';

const liveName = z.string().max(253).regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, { error: 'expected the name of a Kubernetes object' });

const adoptedSchema = z.strictObject({
  /** The labels by which the live workload selects its pods; they cannot be changed while it lives. */
  selector: labelsSchema.refine(labels => Object.keys(labels).length > 0, { error: 'is empty, expected the labels in spec.selector.matchLabels of the live workload' }),
  /** The name of the live workload. @default - the name of the service */
  name: liveName.optional(),
  /** The name of the live Service, under which others reach it. @default - the name of the service */
  service: labelSchema().optional(),
  /** The name of the live container. @default - the name of the service */
  container: z.string().max(63).regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'expected the name of a container' }).optional(),
});

/** A workload that runs already and is taken over, or none. */
export const adoptionSchema = z.union([z.literal('none'), adoptedSchema]);

/** A workload that runs already and is taken over: its selector, and its names where they are others than the service's. */
export type Adoption = z.input<typeof adoptionSchema>;

/** By what names and labels a service is known in a cluster. */
export interface Identity {
  /** The name of the workload. */
  readonly workload: string;
  /** The name of the Service. */
  readonly service: string;
  /** The name of the service's own container. */
  readonly container: string;
  /** The labels that select exactly its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Whether it was taken over, so that its labels are not ours. */
  readonly adopted: boolean;
}

/** The identity of a service: its own name everywhere, but for what it adopts. */
export function identityOf(name: string, adopt: z.output<typeof adoptionSchema> = 'none'): Identity {
  if (adopt === 'none') return { workload: name, service: name, container: name, selector: selectorOf(name), adopted: false };
  const { name: workload = name, service = name, container = name, selector } = adopt;
  return { workload, service, container, selector, adopted: true };
}

/** The identity of what a call refers to: a service of this platform, or its contract. */
export function identityOfTarget(target: Contract, chain: readonly string[]): Identity {
  const { data, adopt } = target as { data?: { adopt?: unknown }; adopt?: unknown };
  return identityOf(target.name, settle(data?.adopt ?? adopt, chain) as z.output<typeof adoptionSchema> | undefined);
}

/** As much of a settled service as tells its pods from those of others. */
interface Identified { readonly name: string; readonly namespace: string; readonly identity: Identity }

/**
 * What is wrong with the identities of services that run beside each other: a name that two have, or a selector that takes the pods of
 * another one.
 *
 * @param podLabelsOf the labels of a service's pods, as far as they never change.
 */
export function identityProblems<S extends Identified>(
  services: readonly S[], podLabelsOf: (service: S) => Readonly<Record<string, string>>,
): Problem[] {
  return services.flatMap((one, index) => services.flatMap((other, at): Problem[] => {
    if (one === other || one.namespace !== other.namespace || !one.identity.adopted) return [];
    // Of two adopted services with one name, the first tells it.
    const twice = (['workload', 'service'] as const).filter(field => one.identity[field] === other.identity[field] && (index < at || !other.identity.adopted));
    const labels = podLabelsOf(other);
    const takes = Object.entries(one.identity.selector).every(([label, value]) => labels[label] === value);
    return [
      ...twice.map(field => ({ path: `${one.name}.adopt`, message: `gives the ${field} the name ${one.identity[field]}, which that of ${other.name} has` })),
      ...(takes ? [{ path: `${one.name}.adopt.selector`, message: `selects the pods of ${other.name} too, expected labels that only its own pods have` }] : []),
    ];
  }));
}
