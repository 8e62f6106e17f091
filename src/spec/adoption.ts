import { z } from 'zod';
import { headlessNameOf, selectorOf } from './names';
import { aliasSchema, labelSchema, labelsSchema, portNumberSchema } from './syntax';
import { settle } from './varying';
import type { Problem } from '../errors';
import { management, type Ports } from './ports';
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
  /** The name of the live Service in `spec.serviceName` of a StatefulSet; that of `service` where one is both. @default - `<service>-pods` */
  headless: labelSchema().optional(),
  /** The names of live claims, or claim templates of a StatefulSet, by the volumes that they are: they hold the data. @default {} */
  claims: z.record(aliasSchema, liveName).default({}),
  /** The numbers under which the live Service has the ports of the pods, by the ports that they are: `{ http: 80 }`. @default {} */
  servicePorts: z.record(labelSchema(15), portNumberSchema).default({}),
});

export type Adopted = z.output<typeof adoptedSchema>;

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
  /** The name of the headless Service that gives each replica its address. */
  readonly headless: string;
  /** The names of claims, by their volumes, where they are others than those of the service. */
  readonly claims: Readonly<Record<string, string>>;
  /** The numbers of the Service's ports, where they are others than those of the pods. */
  readonly servicePorts: Readonly<Record<string, number>>;
  /** The labels that select exactly its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Whether it was taken over, so that its labels are not ours. */
  readonly adopted: boolean;
}

/** The identity of a service: its own name everywhere, but for what it adopts. */
export function identityOf(name: string, adopt: z.output<typeof adoptionSchema> = 'none'): Identity {
  if (adopt === 'none') return { workload: name, service: name, container: name, headless: headlessNameOf(name), claims: {}, servicePorts: {}, selector: selectorOf(name), adopted: false };
  const { name: workload = name, service = name, container = name, headless = headlessNameOf(name), claims, servicePorts, selector } = adopt;
  return { workload, service, container, headless, claims, servicePorts, selector, adopted: true };
}

/** The identity of what a call refers to: a service of this platform, or its contract. */
export function identityOfTarget(target: Contract, chain: readonly string[]): Identity {
  const { data, adopt } = target as { data?: { adopt?: unknown }; adopt?: unknown };
  return identityOf(target.name, settle(data?.adopt ?? adopt, chain) as z.output<typeof adoptionSchema> | undefined);
}

/** The number under which others reach a port through the Service. */
export function servicePortOf({ servicePorts }: Pick<Identity, 'servicePorts'>, name: string, port: number): number {
  return Object.hasOwn(servicePorts, name) ? servicePorts[name] : port;
}

/** Volumes of ours that every pod may have. */
const reservedVolumes = ['config', 'files', 'secrets', 'tmp'];

/** The service that takes a live workload over. */
interface Adopting {
  readonly name: string;
  readonly kind: string;
  readonly volumes: Readonly<Record<string, { readonly kind: string }>>;
  readonly ports: Ports;
}

/** What a live workload cannot have, for what it is. */
export function adoptionProblems(
  { headless, claims, service, servicePorts }: Adopted, { name, kind, volumes, ports }: Adopting,
): Problem[] {
  const claimed = Object.keys(volumes).filter(alias => volumes[alias].kind === 'claim');
  const isHeadless = kind === 'stateful' && headless === (service ?? name);
  return [
    ...servicePortProblems(servicePorts, ports, isHeadless),
    ...(headless !== undefined && kind !== 'stateful' ? [{ path: 'adopt.headless', message: `means nothing for a ${kind}, whose replicas have no addresses of their own; remove it` }] : []),
    ...Object.entries(claims).flatMap(([alias, claim]): Problem[] => {
      const path = `adopt.claims.${alias}`;
      if (!claimed.includes(alias)) return [{ path, message: `is the claim of no volume, expected one of ${claimed.join(', ') || 'which there is none'}` }];
      if (kind === 'stateful' && reservedVolumes.includes(claim)) return [{ path, message: `is "${claim}", which is the name of a volume that every pod has; rename the claim template first` }];
      return kind === 'stateful' && claim.includes('.') ? [{ path, message: `is "${claim}", expected a DNS label, which the name of a claim template has to be` }] : [];
    }),
  ];
}

function servicePortProblems(servicePorts: Readonly<Record<string, number>>, ports: Ports, isHeadless: boolean): Problem[] {
  const numbers = [management.port, ...Object.entries(ports).map(([name, { port }]) => servicePortOf({ servicePorts }, name, port))];
  return Object.entries(servicePorts).flatMap(([name, number]): Problem[] => {
    const path = `adopt.servicePorts.${name}`;
    if (!Object.hasOwn(ports, name)) return [{ path, message: `is the number of no port, expected one of ${Object.keys(ports).join(', ') || 'which there is none'}` }];
    if (isHeadless) return [{ path, message: 'means nothing for a Service that is headless, where callers reach the ports of the pods; remove it' }];
    return numbers.filter(other => other === number).length > 1 ? [{ path, message: `is ${number}, which another port of the Service has; the numbers of a Service differ` }] : [];
  });
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
