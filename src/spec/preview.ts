import { z } from 'zod';
import { didYouMean, MartyError, type Problem } from '../errors';
import { isForeign } from './contract';
import { chainOf, factsOf, type PlatformSpec } from './environments';
import { isOwnKafka } from './kafka';
import { isPerEnvironment, settle } from './varying';
import { problemsOf } from './problems';
import { labelSchema, nameSchema } from './syntax';
import type { Contract } from './calls';
import type { MicroserviceData, MicroserviceSpec } from './microservice';
import type { RawObject } from './patches';

const optionsSchema = z.strictObject({
  /** The service, or services, that the preview is about. */
  of: z.union([labelSchema(50), z.array(labelSchema(50)).min(1)]),
  /** What it is called, such as `pr-42`: its folder, a part of its namespace and of its host names. */
  name: nameSchema(20),
  /** The environment that it is like, and whose stores and Kafka it uses. */
  environment: z.string(),
  /** Hours after which it may be removed, 1 to 8760. @default 72 */
  ttlHours: z.int().min(1).max(8760).default(72),
  /** Whether migrations run, in the stores of the environment that it is like. @default false */
  migrations: z.boolean().default(false),
});

export type PreviewOptions = z.input<typeof optionsSchema>;

/** What a `PlatformChart` is given to render a preview. */
export interface Preview {
  readonly environment: string;
  readonly services: readonly MicroserviceSpec[];
  readonly ttlHours: number;
}

/**
 * An environment for a while: some services with all that they call, directly or not, in a namespace of their own. Whatever differs between
 * environments is as in the one that it is like, and so are the stores; hosts that a service names are replaced by those of the preview,
 * since two would share their requests.
 *
 * @throws SPEC_INVALID with everything that is wrong with the options, or cannot be had twice in one cluster.
 */
export function previewOf(services: readonly MicroserviceSpec[], options: PreviewOptions): Preview {
  const problems = problemsOf(optionsSchema, options);
  if (!problems.length) problems.push(...optionProblems(services, optionsSchema.parse(options)));
  if (problems.length) throw new MartyError('SPEC_INVALID', 'the preview cannot be made:', { problems });
  const { of, name, environment: base, ttlHours, migrations } = optionsSchema.parse(options);
  const platform = platformWith(services[0].platform, name, base);
  const within = closureOf(services, [of].flat());
  const previewed = services.filter(service => within.has(service.name)).map(service => ({
    ...service,
    platform,
    data: dataOf(service, base, migrations),
    targets: Object.fromEntries(Object.entries(service.targets).map(([alias, target]) => [alias, targetIn(target, name, base)])),
  }));
  const clashes = previewed.flatMap(service => clashesOf(service, base));
  if (clashes.length) throw new MartyError('SPEC_INVALID', `the preview ${name} cannot be made:`, { problems: clashes });
  return { environment: name, services: previewed, ttlHours };
}

/** What is called, where the environment calls it that the preview is like. */
function targetIn(target: Contract, name: string, base: string): Contract {
  if (!isForeign(target) || !Object.hasOwn(target.environments, base)) return target;
  const { environments } = target;
  const there = { ...target, environments: { ...environments, [name]: environments[base] } };
  return there;
}

/** Some services and all that they call. */
function closureOf(services: readonly MicroserviceSpec[], names: readonly string[]): Set<string> {
  const within = new Set(names);
  for (const name of within) {
    const service = services.find(other => other.name === name);
    Object.values(service?.targets ?? {}).forEach(target => within.add(target.name));
  }
  return within;
}

/** The platform with one environment more, which extends the other. */
function platformWith(platform: PlatformSpec, name: string, base: string): PlatformSpec {
  const { namespace = platform.name, domain, kafka } = factsOf(platform, base);
  // A Kafka of the platform's own lets in nobody from elsewhere; the preview gets a small one for itself.
  // One that exists is looked after by the environment that has it, which knows all of its services.
  const small = kafka && (isOwnKafka(kafka) ? { kafka: { ...kafka, ...oneNode } } : { kafka: { at: kafka.at, port: kafka.port } });
  return { ...platform, environments: { ...platform.environments, [name]: { extends: base, namespace: `${namespace}-${name}`, domain: `${name}.${domain}`, ...small } } };
}

/** What makes one node that is everything of a cluster. */
const oneNode = {
  controllers: 'combined' as const, zones: [] as string[], brokersPerZone: undefined, topics: {}, external: undefined, formed: false, clusterId: undefined,
};

function dataOf({ data, platform }: MicroserviceSpec, base: string, migrations: boolean): MicroserviceData {
  const exposure = settle(data.exposure, chainOf(platform.environments, base)) as MicroserviceData['exposure'];
  const { migration, ...rest } = data;
  const open = typeof exposure === 'object' && !isPerEnvironment(exposure) ? { ...exposure, host: undefined } : exposure;
  return { ...rest, exposure: open, ...(migrations && migration !== undefined ? { migration } : {}) } as MicroserviceData;
}

function optionProblems(services: readonly MicroserviceSpec[], { of, name, environment }: z.output<typeof optionsSchema>): Problem[] {
  if (!services.length) return [{ path: 'services', message: 'is empty, expected those of the platform' }];
  const { environments, name: platform } = services[0].platform;
  const oneOf = (path: string, word: string, known: readonly string[]): Problem[] => (
    known.includes(word) ? [] : [{ path, message: `is "${word}", expected one of ${known.join(', ')}${didYouMean(word, known)}` }]);
  const unknown = [...oneOf('environment', environment, Object.keys(environments)), ...[of].flat().flatMap(service => oneOf('of', service, services.map(other => other.name)))];
  if (unknown.length) return unknown;
  const { namespace = platform } = factsOf(services[0].platform, environment);
  return [
    ...(Object.hasOwn(environments, name) ? [{ path: 'name', message: `is "${name}", which is an environment already; choose another name` }] : []),
    ...(`${namespace}-${name}`.length > 55 ? [{ path: 'name', message: `makes the namespace ${namespace}-${name} of ${namespace.length + 1 + name.length} characters, expected at most 55; choose a shorter one` }] : []),
  ];
}

/** Objects that say themselves where they are would be those of the other environment, and queues are those of one service in it. */
function clashesOf({ name, data, platform }: MicroserviceSpec, base: string): Problem[] {
  const objects = settle(data.objects, chainOf(platform.environments, base)) as readonly RawObject[];
  const used = (['produces', 'consumes'] as const).filter(direction => Object.keys(data[direction]).length > 0);
  const topics = factsOf(platform, base).topics ? used.map(direction => (
    { path: `${name}.${direction}`, message: `names topics, which are in AWS and those of ${base}: it would take messages that ${base} is to get, and pods of another namespace have no right to them; leave the service out` })) : [];
  return [...topics, ...objects.filter(({ metadata }) => metadata.namespace !== undefined).map(({ kind, metadata }) => (
    { path: `${name}.objects`, message: `holds ${kind} ${metadata.name} in the namespace ${metadata.namespace}, which ${base} has already; leave the namespace out, so that it is that of the environment` }))];
}
