import { z } from 'zod';
import { MartyError } from '../errors';
import { environmentProblems, platformProblems, type EnvironmentWritten, type PlatformSpec } from './environments';
import { adoptionSchema, type Adoption } from './adoption';
import { frozen } from './frozen';
import { problemsOfIssues, tellingFields } from './problems';
import { externalSchema, type ExternalInput, type ExternalSpec } from './external';
import { defineMicroservice } from './define-microservice';
import { portsSchema, type Ports } from './ports';
import { nameSchema } from './syntax';
import { isSchema, jsonSchemaOf, type Schema } from './schema';
import { topicSchema, type TopicOptions, type TopicSpec } from './topics';
import { foreignContractOf, type ContractOptions, type ForeignContract, type OfferedBy, type PortsOffered } from './contract';
import type { Call, CallOptions, Contract } from './calls';
import { varying, type Complete, type Names, type OfPlatform, type PerEnvironment, type SayTheType, type Varying } from './varying';
import type { MicroserviceInput, MicroserviceSpec } from './microservice';
import type { BucketOptions, PostgresOptions, RedisOptions, Store } from './stores';
import type { Secret } from './secrets';

/** The environments that stand alone. */
type RootOf<E> = keyof { [K in keyof E & string as E[K] extends { extends: string } ? never : Exclude<K, 'default'>]: true };
/** The environments that extend another. */
type DerivedOf<E> = keyof { [K in keyof E & string as E[K] extends { extends: string } ? Exclude<K, 'default'> : never]: true };
type NoPort<P extends Ports> = keyof P extends never ? 'this service has no ports' : keyof P & string;
/** What a team's defaults already say need not be said again. */
type Rest<Input, G> = Omit<Input, keyof G> & Partial<Pick<Input, keyof G & keyof Input>>;
type None = Record<never, never>;
type Nothing = Schema<None>;

/** Where a fleet begins: the environments there are. Everything else is made by it and checked against their names. */
export interface Platform<N extends Names, G = None> extends PlatformSpec {
  /** The names of the environments. */
  readonly environmentNames: readonly (N['root'] | N['derived'])[];
  /** One value per environment; the compiler knows which environments there are. */
  per<T = SayTheType>(values: Complete<N, NoInfer<T>>): PerEnvironment<N, T>;
  /** A call to a port of a service, a contract or an external thing. */
  to<P extends Ports, A extends NoPort<P>>(service: Contract<P>, port: A, options?: CallOptions<N>[P[A]['protocol']]): Call<P[A]> & OfPlatform<N>;
  /** A PostgreSQL database of the service's own. */
  postgres(options?: PostgresOptions<N>): Store<'postgres'> & OfPlatform<N>;
  /** A Redis, or Valkey, of the service's own. */
  redis(options?: RedisOptions<N>): Store<'redis'> & OfPlatform<N>;
  /** A bucket for objects of the service's own, as S3 has them. */
  bucket(options?: BucketOptions<N>): Store<'bucket'> & OfPlatform<N>;
  /** A topic that services send messages through. */
  topic<M>(name: string, options: TopicOptions<N, M>): TopicSpec<M>;
  /** The name and ports of a service, so that others can refer to it before, or where, it is not described. */
  contract<const P extends Ports>(contract: { name: string; ports: P; adopt?: Varying<N, Adoption> }): Contract<P>;
  /**
   * A service of another repository, from the contract that `marty contract export` wrote there. In each environment it is where the contract
   * says for the environment of the same name.
   * @throws SPEC_INVALID when the contract cannot be used, or has no such service.
   */
  contractFrom<const D, S extends OfferedBy<D>>(document: D, service: S, options?: ContractOptions): ForeignContract<PortsOffered<D, S>>;
  /** Something that nobody describes with this package: a service of another cluster, a public API. */
  external<P extends Ports>(input: ExternalInput<P>): ExternalSpec<P>;
  /** A team's golden path: the same platform with some fields already said. */
  with<const D extends Partial<MicroserviceInput<N, None, Nothing, None, None, None, None, None>>>(defaults: D): Platform<N, G & D>;
  /**
   * Describes a service.
   * @throws SPEC_INVALID with every problem of the description.
   */
  microservice<P extends Ports = None, C extends Schema = Nothing, K extends Record<string, Call> = None, S extends Record<string, Store> = None,
    X extends Record<string, Secret> = None, O extends Record<string, TopicSpec> = None, I extends Record<string, TopicSpec> = None>(
    input: Rest<MicroserviceInput<N, P, C, K, S, X, O, I>, G>
  ): MicroserviceSpec<{ ports: P; config: C; calls: K; stores: S; secrets: X; produces: O; consumes: I }>;
  /** Describes the service behind a contract. */
  implement<P extends Ports, C extends Schema = Nothing, K extends Record<string, Call> = None, S extends Record<string, Store> = None,
    X extends Record<string, Secret> = None, O extends Record<string, TopicSpec> = None, I extends Record<string, TopicSpec> = None>(
    contract: Contract<P>, input: Omit<Rest<MicroserviceInput<N, P, C, K, S, X, O, I>, G>, 'name' | 'ports'>
  ): MicroserviceSpec<{ ports: P; config: C; calls: K; stores: S; secrets: X; produces: O; consumes: I }>;
}

/**
 * Names the environments of a fleet, and gives the words to describe it with.
 *
 * @throws SPEC_INVALID with every problem of the environments.
 */
export function definePlatform<const E extends Record<string, EnvironmentWritten> & { default?: 'default stands for all other environments, choose another name' }>(
  input: { name: string; environments: E }): Platform<{ root: RootOf<E>; derived: DerivedOf<E> }> {
  const problems = platformProblems(input);
  if (problems.length) throw new MartyError('SPEC_INVALID', 'the platform cannot be used:', { problems });
  return platformOf<{ root: RootOf<E>; derived: DerivedOf<E> }, None>(frozen(structuredClone(input)), {});
}

function platformOf<N extends Names, G>(spec: PlatformSpec, defaults: Readonly<Record<string, unknown>>): Platform<N, G> {
  const words = {
    name: spec.name,
    environments: spec.environments,
    environmentNames: Object.keys(spec.environments),
    per: (values: object) => ({ perEnvironment: values }),
    to: (target: Contract, port: string, terms: object = {}) => ({ target, port, terms }),
    postgres: (options: object = {}) => ({ kind: 'postgres', ...options }),
    redis: (options: object = {}) => ({ kind: 'redis', ...options }),
    bucket: (options: object = {}) => ({ kind: 'bucket', ...options }),
    topic: (name: string, options: TopicOptions<N, unknown>) => topicOf(spec, name, options),
    contract: (contract: Contract) => checked(contractSchema, contract, `contract ${contract?.name}`),
    contractFrom: (document: unknown, service: string, options: ContractOptions = {}) => foreignContractOf(spec, document, service, options),
    external: (external: ExternalInput<Ports>) => checked(externalSchema, external, `external ${external?.name}`),
    with: (more: object) => platformOf(spec, { ...defaults, ...more }),
    microservice: (input: Record<string, unknown>) => defineMicroservice(spec, defaults, input),
    implement: ({ name, ports, adopt }: Contract, input: Record<string, unknown>) =>
      defineMicroservice(spec, defaults, { ...(adopt === undefined ? {} : { adopt }), ...input, name, ports }),
  };
  return words as unknown as Platform<N, G>;
}

const contractSchema = z.strictObject({
  name: nameSchema(50),
  ports: portsSchema,
  /** The live workload that the service behind it takes over. @default - what the service itself says */
  adopt: varying(adoptionSchema).optional(),
});

function checked<S extends z.ZodType>(schema: S, value: unknown, subject: string): z.output<S> {
  const result = schema.safeParse(value, tellingFields);
  if (!result.success) throw new MartyError('SPEC_INVALID', `${subject} cannot be used:`, { problems: problemsOfIssues(result.error.issues, value) });
  return result.data;
}

function topicOf<N extends Names>(platform: PlatformSpec, name: string, options: TopicOptions<N, unknown>): TopicSpec {
  const { message, ...rest } = options;
  const json = isSchema(message) ? jsonSchemaOf(message) : message;
  const result = topicSchema.safeParse({ name, ...rest, message: json }, tellingFields);
  const problems = [
    ...(result.success ? [] : problemsOfIssues(result.error.issues, { name, ...rest, message: json })),
    ...Object.entries(rest).flatMap(([field, value]) => environmentProblems(platform, value, field)),
  ];
  if (!result.success || problems.length) throw new MartyError('SPEC_INVALID', `topic ${name} cannot be used:`, { problems });
  return { ...result.data, name, message };
}

