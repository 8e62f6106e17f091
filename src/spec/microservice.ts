import { z } from 'zod';
import { adoptionSchema, type Adoption } from './adoption';
import { callSchema, type Call, type Contract } from './calls';
import { foreignCallersSchema, type ForeignCaller } from './callers';
import { configurationSchema } from './configuration';
import { disruptionSchema, type Disruption } from './disruption';
import { exposureSchema, type Exposure } from './exposure';
import { healthSchema, type Health } from './health';
import { objectsSchema, patchesSchema, type Patches, type RawObject } from './patches';
import { operationShape, type OperationInput } from './operation';
import { portsSchema, type Ports } from './ports';
import { resourcesSchema, type Resources } from './resources';
import { scaleSchema, type Scale } from './scale';
import { isSchema, jsonSchemaOf, type Schema } from './schema';
import { secretSchema, type Secret } from './secrets';
import { storeSchema, type Store } from './stores';
import { aliasSchema, imageSchema, labelSchema, nameSchema } from './syntax';
import { varying, type Layered, type Names, type OfPlatform, type PerEnvironment, type Varying } from './varying';
import { waiversSchema, type Waiver } from './waivers';
import type { PlatformSpec } from './environments';
import type { TopicSpec } from './topics';

/** The JSON form of one service; every field with its bounds and default. */
export const microserviceSchema = z.strictObject({
  /** A DNS label of at most 50 characters, since suffixes are added to it. It names every object of the service, for good. */
  name: nameSchema(50),
  /** The team that answers for the service. */
  team: labelSchema(),
  /** How much depends on it: 1 most, 3 least; decides who yields when a cluster is short. @default 2 */
  tier: z.literal([1, 2, 3]).default(2),
  /** The image repository, without version. */
  image: imageSchema,
  /** Where the service listens, besides the management port. @default {} */
  ports: portsSchema.default({}),
  /** What it calls. @default {} */
  calls: z.record(aliasSchema, callSchema).default({}),
  /** The stores it needs. @default {} */
  stores: z.record(aliasSchema, storeSchema).default({}),
  /** The secrets it reads. @default {} */
  secrets: z.record(aliasSchema, secretSchema).default({}),
  /** The topics it sends to, by name. @default {} */
  produces: z.record(aliasSchema, z.string()).default({}),
  /** The topics it receives from, by name. @default {} */
  consumes: z.record(aliasSchema, z.string()).default({}),
  /** Its own configuration. */
  config: configurationSchema.optional(),
  /** CPU, memory and disk. @default 'small' */
  resources: varying(resourcesSchema).default('small'),
  /** How many replicas run. @default { replicas: 2 } */
  scale: varying(scaleSchema).default({ replicas: 2 }),
  /** What voluntary disruptions must leave alone. @default { maxUnavailable: 1 } */
  disruption: varying(disruptionSchema).default({ maxUnavailable: 1 }),
  /** How long starting, checks and stopping may take. @default {} */
  health: varying(healthSchema).prefault({}),
  /** Who can reach it. @default 'cluster' */
  exposure: varying(exposureSchema).default('cluster'),
  /** The services of other repositories that may call it. @default [] */
  callers: varying(foreignCallersSchema).default([]),
  /** A live workload that it takes over. @default 'none' */
  adopt: varying(adoptionSchema).default('none'),
  /** Merge patches of its objects, by kind or `Kind/name`. @default {} */
  patches: patchesSchema.default({}),
  /** Objects of any kind besides. @default [] */
  objects: varying(objectsSchema).default([]),
  /** The rules that it does not keep, and why. @default [] */
  waivers: varying(waiversSchema).default([]),
  ...operationShape,
  /** The fields that a team's defaults said. @default [] */
  inherited: z.array(z.string()).default([]),
});

export type MicroserviceData = z.output<typeof microserviceSchema>;

/** Everything a description declares, as one type parameter. */
export interface Declared {
  ports: Ports;
  config: Schema;
  calls: Record<string, Call>;
  stores: Record<string, Store>;
  secrets: Record<string, Secret>;
  produces: Record<string, TopicSpec>;
  consumes: Record<string, TopicSpec>;
}

/** One service, checked, as data, with what it declares carried in its type. Made by a platform's `microservice`. */
export interface MicroserviceSpec<D extends Declared = Declared> extends Contract<D['ports']> {
  /** The JSON form, with defaults. */
  readonly data: MicroserviceData;
  /** The JSON form as it was written. */
  readonly written: Readonly<Record<string, unknown>>;
  /** The platform that it belongs to. */
  readonly platform: PlatformSpec;
  /** What its calls refer to. */
  readonly targets: Readonly<Record<string, Contract>>;
  /** The topics it produces and consumes. */
  readonly topics: Readonly<Record<string, TopicSpec>>;
  /** The schema of its configuration. */
  readonly configuration?: Schema;
  /** Types only: what is declared. */
  readonly declared?: D;
}

/** What a user writes for one service. */
export interface MicroserviceInput<N extends Names, P, C extends Schema, K, S, X, O, I> extends OperationInput<N> {
  /** A DNS label of at most 50 characters. It names every object of the service, for good. */
  name: string;
  /** The team that answers for the service. */
  team: string;
  /** How much depends on it: 1 most, 3 least. @default 2 */
  tier?: 1 | 2 | 3;
  /** The image repository. Versions are data, one file per environment, so that a promotion never edits code. */
  image: string;
  /** Where the service listens, besides the management port 9090. @default {} */
  ports?: P;
  /** Its own configuration: a schema, and values whole for `default`, then what differs per environment. */
  config?: { schema: C; values: Layered<N, z.input<C>>; reloadable?: readonly (keyof z.input<C> & string)[] };
  /** What it calls; nothing else is reachable. @default {} */
  calls?: K & Record<string, OfPlatform<N>>;
  /** The stores it needs. @default {} */
  stores?: S & Record<string, OfPlatform<N>>;
  /** The secrets it reads. @default {} */
  secrets?: X;
  /** The topics it sends to. @default {} */
  produces?: O;
  /** The topics it receives from. @default {} */
  consumes?: I;
  /** CPU, memory and disk: a preset or numbers. @default 'small' */
  resources?: Varying<N, Resources>;
  /** How many replicas run. @default { replicas: 2 } */
  scale?: Varying<N, Scale>;
  /** What voluntary disruptions must leave alone. @default { maxUnavailable: 1 } */
  disruption?: Varying<N, Disruption>;
  /** How long starting, checks and stopping may take. @default {} */
  health?: Varying<N, Health>;
  /** Who can reach it. @default 'cluster' */
  exposure?: Varying<N, Exposure>;
  /** The services of other repositories that may call it; those of this platform need not be named. @default [] */
  callers?: readonly ForeignCaller<keyof NoInfer<P> & string>[] | PerEnvironment<N, readonly ForeignCaller[]>;
  /** A live workload that it takes over: its selector, and its names where they are others than the service's. @default 'none' */
  adopt?: Varying<N, Adoption>;
  /** Merge patches of its objects, by kind or `Kind/name`; for what no field says. @default {} */
  patches?: Patches<N>;
  /** Objects of any kind besides, placed in the service's folder. @default [] */
  objects?: Varying<N, readonly RawObject[]>;
  /** The rules that it does not keep, and why: `waive(rule, reason)`. @default [] */
  waivers?: Varying<N, readonly Waiver[]>;
}

/** The JSON form of what a user wrote. Whatever is not known stays, so that it is refused with its name. */
export function dataOf(input: Readonly<Record<string, unknown>>, inherited: readonly string[]): Record<string, unknown> {
  const { calls, config, produces, consumes, ...rest } = input;
  return {
    ...rest,
    ...(calls === undefined ? {} : { calls: each(calls, call => ({ service: call?.target?.name, port: call?.port, ...call?.terms })) }),
    ...(config === undefined ? {} : { config: configData(config) }),
    ...(produces === undefined ? {} : { produces: each(produces, topic => topic?.name) }),
    ...(consumes === undefined ? {} : { consumes: each(consumes, topic => topic?.name) }),
    ...(inherited.length ? { inherited } : {}),
  };
}

interface Referring { target?: Contract; port?: string; terms?: object; name?: string }

function each(value: unknown, form: (item: Referring | undefined) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value as Record<string, Referring>).map(([alias, item]) => [alias, form(item)]));
}

function configData(config: unknown): unknown {
  if (typeof config !== 'object' || config === null || !('schema' in config)) return config;
  return { ...config, schema: isSchema(config.schema) ? jsonSchemaOf(config.schema) : config.schema };
}
