import { z } from 'zod';
import { MartyError, type Problem } from '../errors';
import { identityOfTarget } from './adoption';
import { chainOf, factsOf, type PlatformSpec } from './environments';
import { hostOf } from './names';
import { inOrder } from './order';
import { foreignPortsSchema, type Port, type Ports } from './ports';
import { problemsOf } from './problems';
import { hostSchema, labelSchema, labelsSchema, portNumberSchema } from './syntax';
import { settle } from './varying';
import type { Location } from './address';
import type { Contract } from './calls';
import type { MicroserviceSpec } from './microservice';

const format = 'marty-msf/contract/v1';

const placeSchema = z.object({
  /** The namespace. */
  namespace: labelSchema(),
  /** The name of the Service in it. */
  service: labelSchema(),
  /** The address in its cluster: `<service>.<namespace>.svc.<cluster domain>`. */
  host: hostSchema,
  /** The labels that select its pods, for network policies. */
  labels: labelsSchema,
  /** The numbers under which its Service has its ports, where they are others than those of the pods. */
  servicePorts: z.record(z.string(), portNumberSchema).optional(),
});

const offerSchema = z.object({
  /** What is spoken at each port, and its number. */
  ports: foreignPortsSchema,
  /** Where it is, in every environment in which it can be called. */
  environments: z.record(z.string(), placeSchema),
});

/**
 * What other repositories may know of the services of a platform. Fields may be added to a format; a reader ignores what it does not
 * know, and a changed meaning is a new format.
 */
export const contractDocumentSchema = z.object({
  /** The version of this format. */
  format: z.literal(format),
  /** The platform that the services belong to. */
  platform: labelSchema(40),
  /** The services, by name. */
  services: z.record(labelSchema(50), offerSchema),
});

/** What `marty contract export` writes: the ports and places of services, for other repositories. */
export type ContractDocument = z.input<typeof contractDocumentSchema>;

/** Where a service of another repository is in one environment. */
export type Place = z.output<typeof placeSchema>;

/** A service of another repository: known by its contract, called like one of the platform, and never asked for among its services. */
export interface ForeignContract<P extends Ports = Ports> extends Contract<P> {
  /** The platform that it belongs to. */
  readonly platform: string;
  /** What it is called there. */
  readonly service: string;
  /** Where it is, by environment; those of the same name are one cluster. */
  readonly environments: Readonly<Record<string, Place>>;
}

export const foreignContractSchema = offerSchema.extend({ name: labelSchema(50), platform: labelSchema(40), service: labelSchema(50) });

/** The services of a document, as far as its type tells them. */
export type OfferedBy<D> = D extends { readonly services: infer S } ? keyof S & string : string;
type Offered<D, S> = D extends { readonly services: infer A } ? S extends keyof A ? A[S] : undefined : undefined;
type AsPorts<P> = { readonly [K in keyof P]: P[K] extends Port ? P[K] : Port };
/** The ports of a service of a document: exact for a TypeScript document, by name for JSON, any for a value of no type. */
export type PortsOffered<D, S> = Offered<D, S> extends { readonly ports: infer P } ? AsPorts<P> extends Ports ? AsPorts<P> : Ports : Ports;

export interface ContractOptions {
  /** What the service is called here, where its own name is taken. @default - its own name */
  readonly name?: string;
}

/** Whether what a call refers to is a service of another repository. */
export function isForeign(target: Contract): target is ForeignContract {
  return 'environments' in target && 'service' in target;
}

/** Where a foreign service is in one environment; undefined where its contract names no such environment. */
export function placeOf({ environments }: ForeignContract, environment: string): Location | undefined {
  if (!Object.hasOwn(environments, environment)) return undefined;
  const { namespace, service, labels } = environments[environment];
  return { namespace, service, labels };
}

/** The contract of some services of one platform. */
export function contractDocumentOf(services: readonly MicroserviceSpec[]): ContractDocument {
  const offers = services.map(service => [service.name, offerOf(service)] as const);
  return inOrder({ format, platform: services[0].platform.name, services: Object.fromEntries(offers) });
}

/** What one service offers; in an environment where nobody may call it, it is not. */
function offerOf(described: MicroserviceSpec): ContractDocument['services'][string] {
  const { platform, data } = described;
  const open = Object.keys(platform.environments).filter(environment => settle(data.exposure, chainOf(platform.environments, environment)) !== 'none');
  return {
    ports: Object.fromEntries(Object.entries(data.ports).map(([port, { protocol, port: number }]) => [port, { protocol, port: number }])),
    environments: Object.fromEntries(open.map(environment => {
      const { namespace = platform.name, clusterDomain } = factsOf(platform, environment);
      const { service, selector, servicePorts } = identityOfTarget(described, chainOf(platform.environments, environment));
      const others = Object.keys(servicePorts).length ? { servicePorts: { ...servicePorts } } : {};
      return [environment, { namespace, service, host: hostOf(service, namespace, clusterDomain), labels: { ...selector }, ...others }];
    })),
  };
}

/**
 * A service of another repository, as its contract tells it.
 *
 * @throws SPEC_INVALID with everything that is wrong with the document, or when it holds no such service.
 */
export function foreignContractOf(platform: PlatformSpec, document: unknown, service: string, options: ContractOptions): ForeignContract {
  const { name = service } = options;
  const refuse = (problems: readonly Problem[]) => new MartyError('SPEC_INVALID', `the contract of ${service} cannot be used:`, { problems });
  const result = contractDocumentSchema.safeParse(document);
  if (!result.success) throw refuse(problemsOf(contractDocumentSchema, document));
  const { platform: owner, services } = result.data;
  if (!Object.hasOwn(services, service)) throw refuse([{ path: 'services', message: `has no ${service}, expected one of ${Object.keys(services).join(', ') || '(there is none)'}` }]);
  const problems = [...problemsOf(z.object({ name: labelSchema(50) }), { name }), ...clusterProblems(platform, services[service].environments, `services.${service}`)];
  if (problems.length) throw refuse(problems);
  return { name, service, platform: owner, ...services[service] };
}

/** Environments of one name are one cluster, so addresses in it end alike. */
function clusterProblems(platform: PlatformSpec, environments: Readonly<Record<string, Place>>, path: string): Problem[] {
  const common = Object.entries(environments).filter(([name]) => Object.hasOwn(platform.environments, name));
  return common.flatMap(([name, { service, namespace, host }]) => {
    const expected = hostOf(service, namespace, factsOf(platform, name).clusterDomain);
    return host === expected ? [] : [{ path: `${path}.environments.${name}.host`, message: `is "${host}", expected "${expected}" in the cluster of ${platform.name}; if they are two clusters, describe it as external` }];
  });
}
