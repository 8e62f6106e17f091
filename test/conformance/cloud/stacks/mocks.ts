import { madeUp, proofsOf, typeOf } from '../provider/made-up';
import type { Value } from '../provider/message-pack';
import { requiredProviders } from '../provider/required';
import { loadSchema, type Schema } from '../provider/schema';
import type { Arguments, TerraformJson } from '../../../../src/cloud/validate/stack';

/** A file of tests for `terraform test`, and how many things it asserts. */
export interface MockedTest {
  readonly json: object;
  readonly assertions: number;
}

/**
 * Plans and applies a stack with its providers mocked. What they decide is the same as on the pretend cloud, by the kind of resource; so what an
 * output has to be is known beforehand where it names one attribute.
 *
 * @see https://developer.hashicorp.com/terraform/language/tests/mocking
 */
export function testOf(stack: TerraformJson): MockedTest {
  const schemas = requiredProviders(stack).map(({ local, name, version }) => ({ local, schema: loadSchema(name, version) }));
  const known = schemas.map(({ schema }) => schema);
  const assertions = Object.entries(stack.output ?? {}).map(([name, output]) => assertionOf(name, output, stack, known));
  const mocks = schemas.map(({ local, schema }) => [local, [stack.provider?.[local] ?? [{}]].flat().map(({ alias }) => ({
    ...alias !== undefined && { alias },
    ...mocked('mock_resource', stack.resource, schema.resource_schemas),
    ...mocked('mock_data', stack.data, schema.data_source_schemas),
  }))]);
  const certificates = Object.entries(stack.resource?.aws_acm_certificate ?? {}).map(([name, body]) => ({
    target: `aws_acm_certificate.${name}`, values: { ...mockedOf('aws_acm_certificate', known[0].resource_schemas), domain_validation_options: proofsOf(namesOf(body)) },
  }));
  return {
    assertions: assertions.length + 2,
    json: {
      mock_provider: Object.fromEntries(mocks),
      ...certificates.length > 0 && { override_resource: certificates },
      run: [{ planned: { command: 'plan' } }, { applied: { command: 'apply', ...assertions.length > 0 && { assert: assertions } } }],
    },
  };
}

/**
 * A stack without ephemeral resources, which Terraform mocks none of: variables that are as ephemeral take their place.
 *
 * @see https://developer.hashicorp.com/terraform/language/tests/mocking
 */
export function mockable({ ephemeral, ...stack }: TerraformJson): TerraformJson {
  const all = Object.entries((ephemeral ?? {}) as Readonly<Record<string, object>>).flatMap(([type, named]) => Object.keys(named).map(name => `${type}.${name}`));
  if (all.length === 0) return stack;
  const variableOf = (address: string) => address.replace(/\W/g, '_');
  const text = all.reduce((whole, address) => whole.replace(new RegExp(`ephemeral\\.${address}\\.\\w+`, 'g'), `var.${variableOf(address)}`), JSON.stringify(stack));
  const taken = JSON.parse(text) as TerraformJson;
  const variables = all.map(address => [variableOf(address), { type: 'string', sensitive: true, ephemeral: true }]);
  return { ...taken, variable: { ...taken.variable, ...Object.fromEntries(variables) as TerraformJson['variable'] } };
}

const namesOf = ({ domain_name: name, subject_alternative_names: others }: Arguments) => [name, others].flat().filter((each): each is string => typeof each === 'string');

type Types = Schema['resource_schemas'];

/** What every resource of a type answers: all of it is mocked where it is not set. */
function mocked(block: string, used: Readonly<Record<string, unknown>> = {}, types: Types): object {
  const mocks = Object.keys(used).filter(type => types[type]).map(type => [type, { defaults: mockedOf(type, types) }]);
  return mocks.length > 0 ? { [block]: Object.fromEntries(mocks) } : {};
}

function mockedOf(type: string, types: Types): Readonly<Record<string, unknown>> {
  const decided = Object.entries(types[type].block?.attributes ?? {}).filter(([, attribute]) => attribute.computed);
  return Object.fromEntries(decided.map(([name, attribute]) => [name, plain(madeUp(typeOf(attribute), name, type, attribute.optional))]));
}

function plain(value: Value): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

/** An output that is an attribute which the provider alone decides is what was mocked; every other one has to be there. */
function assertionOf(name: string, { value }: Arguments, stack: TerraformJson, schemas: readonly Schema[]): object {
  const [, type, resource, attribute] = /^\$\{(\w+)\.([\w-]+)\.(\w+)\}$/.exec(String(value)) ?? [];
  const types = schemas.map(schema => schema.resource_schemas).find(each => type !== undefined && each[type]);
  const schema = types?.[type].block?.attributes?.[attribute];
  const given = stack.resource?.[type]?.[resource]?.[attribute];
  const output = `output.${name}`;
  if (!types || !schema?.computed || given !== undefined) return { condition: `\${${output} != null}`, error_message: `${output} is not there` };
  const expected = `jsondecode(${JSON.stringify(JSON.stringify(mockedOf(type, types)[attribute]))})`;
  return { condition: `\${jsonencode(${output}) == jsonencode(${expected})}`, error_message: `${output} is not ${attribute} of ${type}` };
}
