import { digest, madeUp, proofsOf, typeOf } from './made-up';
import { decode, encode, Extension, unknown, type Value, type ValueMap } from './message-pack';
import type { Schema } from './schema';
import { bytes, number, read, text, type Message } from './wire';
import type { AttributeSchema, BlockSchema } from '../../../../src/cloud/validate/knowledge';

/** Answers a call of the protocol: the bytes of a request to the bytes of a response. */
export type Handler = (request: Buffer) => Buffer;

/** What answers for a provider of some schema. */
export type Cloud = (schema: Schema) => Readonly<Record<string, Handler>>;

/** A cloud that takes nothing: what Terraform says then is what people see of errors. */
export const refusing: Cloud = schema => ({
  ...pretend(schema),
  PlanResourceChange: () => {
    throw new Error('the cloud refuses');
  },
});

/**
 * A cloud that takes everything: what it would decide is unknown in a plan and made up, always alike, when it is applied. So every provider plans,
 * applies and destroys here. It keeps nothing; what it told before comes back from Terraform's state.
 */
export function pretend(schema: Schema): Readonly<Record<string, Handler>> {
  const handlers: Readonly<Record<string, (request: Message, block: (section: Section) => BlockSchema, type: string) => Buffer>> = {
    ValidateResourceConfig: (request, block) => Buffer.concat(readOnly(valueOf(request.bytes(2)), block('resource_schemas')).map(diagnostic)),
    UpgradeResourceState: request => bytes(1, bytes(2, read(request.bytes(3)).bytes(1))),
    ReadResource: request => bytes(1, request.bytes(2)),
    PlanResourceChange: (request, block) => {
      const proposed = valueOf(request.bytes(3));
      return stateOf(proposed === null ? null : filled(proposed, block('resource_schemas'), () => unknown));
    },
    ApplyResourceChange: (request, block, type) => {
      const planned = valueOf(request.bytes(3));
      return stateOf(planned === null ? null : made(planned, block('resource_schemas'), type));
    },
    ReadDataSource: (request, block, type) => stateOf(made(valueOf(request.bytes(2)), block('data_source_schemas'), type)),
    OpenEphemeralResource: (request, block, type) => bytes(3, bytes(1, encode(made(valueOf(request.bytes(2)), block('ephemeral_resource_schemas'), type)))),
  };
  return Object.fromEntries(Object.entries(handlers).map(([call, handler]) => [call, request => {
    const message = read(request);
    const type = message.text(1);
    return handler(message, section => schema[section]?.[type]?.block ?? {}, type);
  }]));
}

type Section = 'resource_schemas' | 'data_source_schemas' | 'ephemeral_resource_schemas';
type Fill = (name: string, attribute: AttributeSchema) => Value;

const valueOf = (dynamic: Buffer): Value => decode(read(dynamic).bytes(1));
const stateOf = (value: Value): Buffer => bytes(1, bytes(1, encode(value)));

/** With a value for everything that the cloud decides. */
function made(value: Value, block: BlockSchema, type: string): Value {
  const seed = `${type} ${digest(encode(value).toString('latin1'))}`;
  return filled(value, block, (name, attribute) => (name === 'domain_validation_options' ? proofs(value) : madeUp(typeOf(attribute), name, seed, attribute.optional)));
}

/** The proofs of a certificate are about its own names. */
function proofs(certificate: Value): Value {
  const names = certificate instanceof Map ? [certificate.get('domain_name'), certificate.get('subject_alternative_names')].flat() : [];
  return proofsOf(names.filter((name): name is string => typeof name === 'string')).map(proof => new Map(Object.entries(proof)));
}

/** Fills in what the cloud decides: what is computed and not there, or not known. */
function filled(value: Value, block: BlockSchema, fill: Fill): Value {
  if (!(value instanceof Map)) return value;
  const out = filledAttributes(value, block.attributes ?? {}, fill);
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    out.set(name, eachOf(out.get(name) ?? null, nested.nesting_mode, member => filled(member, nested.block ?? {}, fill)));
  }
  return out;
}

function filledAttributes(value: ValueMap, attributes: Readonly<Record<string, AttributeSchema>>, fill: Fill): ValueMap {
  const out = new Map(value);
  for (const [name, attribute] of Object.entries(attributes)) {
    const given = value.get(name) ?? null;
    const nested = attribute.nested_type;
    // What is write-only is kept nowhere, not even in a plan.
    if (attribute.write_only) {
      out.set(name, null);
    } else if (given instanceof Extension || (given === null && attribute.computed)) {
      out.set(name, fill(name, attribute));
    } else if (nested) {
      const inside = (member: Value) => (member instanceof Map ? filledAttributes(member, nested.attributes, fill) : member);
      out.set(name, eachOf(given, nested.nesting_mode, inside));
    }
  }
  return out;
}

function eachOf(value: Value, nesting: string, change: (member: Value) => Value): Value {
  if (value === null || value instanceof Extension) return value;
  if (Array.isArray(value)) return value.map(change);
  return nesting === 'map' && value instanceof Map ? new Map([...value].map(([key, member]) => [key, change(member)])) : change(value);
}

/** What is set and cannot be: the one rule of a schema that Terraform leaves to providers. */
function readOnly(value: Value, block: BlockSchema): string[] {
  if (!(value instanceof Map)) return [];
  const decided = Object.entries(block.attributes ?? {}).filter(([, { computed, optional }]) => computed && !optional);
  const set = decided.map(([name]) => name).filter(name => (value.get(name) ?? null) !== null);
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, { nesting_mode: nesting, block: inner = {} }]) => {
    const there = value.get(name) ?? null;
    const members = nesting === 'map' && there instanceof Map ? [...there.values()] : [there].flat();
    return members.flatMap(member => readOnly(member, inner)).map(path => `${name}.${path}`);
  });
  return [...set, ...nested];
}

function diagnostic(path: string): Buffer {
  return bytes(1, [number(1, 1), text(2, 'Value for unconfigurable attribute'), text(3, `${path} is decided by the provider and cannot be set.`)]);
}
