import { z } from 'zod';
import { MartyError, type Problem } from '../errors';
import { isPlain } from './configuration';
import { foreignContractSchema, isForeign } from './contract';
import { checkMicroservice } from './define-microservice';
import { platformProblems, platformSchema, type PlatformSpec } from './environments';
import { externalSchema, isExternal } from './external';
import { fleetProblems } from './fleet';
import { microserviceSchema, type MicroserviceData, type MicroserviceSpec } from './microservice';
import { problemsOfIssues, tellingFields } from './problems';
import { referenceProblems } from './references';
import { jsonSchemaOf } from './schema';
import { topicSchema, type TopicSpec } from './topics';
import type { Contract } from './calls';

/** The JSON form of a whole fleet, and what its JSON Schema is made from. */
export const descriptionSchema = z.strictObject({
  /** The version of this format. */
  format: z.literal('marty-msf/description/v1'),
  /** The platform: its name and environments. */
  platform: platformSchema,
  /** What services send messages through. @default [] */
  topics: z.array(topicSchema).default([]),
  /** What services call and the platform does not deploy. @default [] */
  externals: z.array(externalSchema).default([]),
  /** What services call and another repository deploys. @default [] */
  contracts: z.array(foreignContractSchema).default([]),
  /** The services. */
  services: z.array(microserviceSchema).min(1),
});

export type Description = z.input<typeof descriptionSchema>;

/** The JSON Schema of descriptions, for editors and for other languages. */
export function descriptionJsonSchema(): Record<string, unknown> {
  return {
    $id: 'https://marty-msf.example/schemas/description-v1.json',
    title: 'marty-msf description, version 1',
    ...z.toJSONSchema(descriptionSchema, { io: 'input', reused: 'ref' }),
  };
}

/** Services as one JSON document. */
export function descriptionOf(services: readonly MicroserviceSpec[]): Description {
  const topics = new Map(services.flatMap(service => Object.entries(service.topics)));
  const targets = services.flatMap(service => Object.values(service.targets));
  const externals = new Map(targets.filter(isExternal).map(target => [target.name, target]));
  const contracts = new Map(targets.filter(isForeign).map(target => [target.name, target]));
  return {
    format: 'marty-msf/description/v1',
    platform: { name: services[0].platform.name, environments: services[0].platform.environments as Description['platform']['environments'] },
    topics: [...topics.values()].map(({ message, ...topic }) => ({ ...topic, message: jsonSchemaOf(message) })) as Description['topics'],
    externals: [...externals.values()] as Description['externals'],
    ...(contracts.size ? { contracts: [...contracts.values()] as Description['contracts'] } : {}),
    services: services.map(service => service.written) as unknown as Description['services'],
  };
}

/**
 * The services of a JSON document.
 *
 * @throws SPEC_INVALID with every problem of the document.
 */
export function parseDescription(document: unknown): MicroserviceSpec[] {
  const problems = descriptionProblems(document);
  if (problems.length) throw new MartyError('SPEC_INVALID', 'the description cannot be used:', { problems });
  return servicesOf(document);
}

/** The services of a document that is right as far as each of them is concerned. */
function servicesOf(document: unknown): MicroserviceSpec[] {
  const { platform, topics, externals, contracts, services } = descriptionSchema.parse(document);
  const written = document as { services: Record<string, unknown>[]; platform: PlatformSpec };
  const topicsByName = new Map(topics.map(topic => [topic.name, { ...topic, message: z.fromJSONSchema(topic.message) } as TopicSpec]));
  const targets = new Map<string, Contract>([
    ...services.map(({ name, ports, adopt }) => [name, { name, ports, adopt }] as const),
    ...[...externals, ...contracts].map(target => [target.name, target] as const),
  ]);
  return services.map((data, index): MicroserviceSpec => ({
    name: data.name,
    ports: data.ports,
    data,
    written: written.services[index],
    platform: { ...platform, environments: written.platform.environments },
    targets: mapValues(data.calls, call => targets.get(call.service) as Contract),
    topics: Object.fromEntries(topicNamesOf(data).map(name => [name, topicsByName.get(name) as TopicSpec])),
    ...(data.config ? { configuration: z.fromJSONSchema(data.config.schema) } : {}),
  }));
}

/** Every problem of a JSON document. */
export function descriptionProblems(document: unknown): Problem[] {
  const outline = descriptionSchema.extend({ platform: z.unknown(), services: z.array(z.unknown()).min(1) }).safeParse(document, tellingFields);
  const problems = outline.success ? [] : problemsOfIssues(outline.error.issues, document);
  if (!isPlain(document)) return problems;
  const { platform, services } = document;
  problems.push(...platformProblems(platform).map(problem => at('platform', problem)));
  if (Array.isArray(services) && isPlain(platform) && isPlain(platform.environments)) {
    problems.push(...services.flatMap((service, index) => checkMicroservice(platform as unknown as PlatformSpec, service).problems.map(problem => at(`services[${index}]`, problem))));
  }
  problems.push(...referenceProblems(document));
  return problems.length ? problems : fleetProblems(servicesOf(document), (_, index) => `services[${index}]`);
}

function at(prefix: string, problem: Problem): Problem {
  return { ...problem, path: problem.path ? `${prefix}${problem.path.startsWith('[') ? '' : '.'}${problem.path}` : prefix };
}

const topicNamesOf = (data: MicroserviceData) => [...Object.values(data.produces), ...Object.values(data.consumes)];

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
