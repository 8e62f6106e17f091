import { Code, literalOf, textOf } from './literal';
import { fieldsAt, isFields, type Fields } from './value';
import type { Identifiers } from './identifiers';

/** What is known of the module that a service is written in. */
export interface Module {
  readonly identifiers: Identifiers;
  /** The services that are called before they are described, by a contract. */
  readonly early: ReadonlySet<string>;
  readonly externals: ReadonlySet<string>;
}

/** A service as the statement that describes it. */
export function serviceText(service: Fields, module: Module): string {
  const { calls, ports, stores, secrets, produces, consumes, config, patches, objects, ...rest } = service;
  const { identifiers, early } = module;
  const topics = (value: unknown) => each(value, topic => identifiers.of('topic', String(topic)));
  const name = String(service.name);
  const fields = {
    ...rest,
    ports: ports && portsOf(ports),
    config: isFields(config) ? { ...config, schema: new Code(schemaText(fieldsAt(config, 'schema'))) } : undefined,
    calls: each(calls, call => callText(call as Fields, module)),
    stores: each(stores, store => storeText(store as Fields)),
    secrets: each(secrets, secret => secretText(secret as Fields)),
    produces: topics(produces),
    consumes: topics(consumes),
    // What the fields do not say comes last.
    patches, objects,
  };
  const shown = Object.fromEntries(Object.entries(fields).filter(([field, value]) => value !== undefined && !(early.has(name) && ['name', 'ports', 'adopt'].includes(field))));
  const made = early.has(name) ? `platform.implement(${identifiers.of('contract', name)}, ${literalOf(shown)})` : `platform.microservice(${literalOf(shown)})`;
  return `export const ${identifiers.of('service', name)} = ${made};\n`;
}

/** Ports as calls of the functions that make them. */
export function portsOf(ports: unknown): Fields {
  return Object.fromEntries(Object.entries(isFields(ports) ? ports : {}).map(([name, port]) => {
    const { protocol, port: number, tls } = port as Fields;
    if (tls && protocol !== 'http') return [name, { protocol: new Code(`${textOf(String(protocol))} as const`), port: number, tls }];
    return [name, new Code(`${tls ? 'https' : String(protocol)}(${String(number)})`)];
  }));
}

function each(value: unknown, text: (item: unknown) => string): Fields | undefined {
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, new Code(text(item))])) : undefined;
}

const andOptions = (options: Fields) => (Object.keys(options).length ? `, ${literalOf(options)}` : '');

function callText({ service, port, ...terms }: Fields, { identifiers, early, externals }: Module): string {
  const name = String(service);
  const target = identifiers.of(early.has(name) ? 'contract' : externals.has(name) ? 'external' : 'service', name);
  return `platform.to(${target}, ${textOf(String(port))}${andOptions(terms)})`;
}

function storeText({ kind, ...options }: Fields): string {
  return `platform.${String(kind)}(${andOptions(options).slice(2)})`;
}

function secretText({ key, ...options }: Fields): string {
  return `secret(${textOf(String(key))}${andOptions(options)})`;
}

/** A JSON Schema, as far as the importer writes it, as zod. */
function schemaText(schema: Fields): string {
  switch (schema.type) {
    case 'object': {
      const required = Array.isArray(schema.required) ? schema.required as unknown[] : undefined;
      const optional = (key: string) => (required && !required.includes(key) ? '.optional()' : '');
      const fields = Object.entries(fieldsAt(schema, 'properties')).map(([key, item]) => [key, new Code(`${schemaText(item as Fields)}${optional(key)}`)]);
      return `z.object(${literalOf(Object.fromEntries(fields))})`;
    }
    case 'array': return `z.array(${schema.items === undefined ? 'z.unknown()' : schemaText(schema.items as Fields)})`;
    case 'integer': return 'z.int()';
    case 'number': case 'string': case 'boolean': return `z.${schema.type}()`;
    default: return 'z.unknown()';
  }
}
