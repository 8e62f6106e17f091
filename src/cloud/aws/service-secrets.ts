import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { EncryptionKey } from './encryption-key';
import { tagOwner } from './owner';
import { rotationSchema, Secret, secretSchema, variableOf } from './secret';
import { keyArnSchema, secretNamePattern } from './syntax';
import { MartyError, didYouMean, type Problem } from '../../errors';
import type { MicroserviceSpec } from '../../spec/microservice';
import type { InputOf } from '../../spec/input';

const { value, version } = secretSchema.shape;

const serviceSecretsSchema = z.strictObject({
  /** Who gives them new values, or why nobody does. */
  rotation: rotationSchema,
  /** A key that exists, and encrypts all of them. @default - one is made */
  keyArn: keyArnSchema.optional(),
  /** What differs for single ones, by their keys in the secret store. @default {} */
  each: z.record(z.string(), z.strictObject({
    /** Given by variables, or made up by AWS. @default 'given' */
    value: value.unwrap().optional(),
    /** A number to raise when a new value is to be written. @default 1 */
    version: version.unwrap().optional(),
    /** @default - that of all of them */
    rotation: rotationSchema.optional(),
  })).default({}),
});

export type ServiceSecretsInput = InputOf<typeof serviceSecretsSchema>;

export interface ServiceSecretsProps extends ServiceSecretsInput {
  /** The prefix of the name of their key. */
  readonly name: string;
  readonly services: readonly MicroserviceSpec[];
}

/** A secret as services declare it. */
interface Wanted {
  readonly key: string;
  /** Who reads it, by `<service>.secrets.<name>`. */
  readonly places: readonly string[];
  readonly readers: readonly string[];
  /** The properties that are read; nothing where it is read as a whole. */
  readonly properties: readonly string[];
  readonly whole: boolean;
}

/** The secrets that services declare, with one key of their own, under the very keys by which services refer to them. */
export class ServiceSecrets extends Construct {
  /** Their names in Secrets Manager. */
  readonly names: readonly string[];
  readonly arns: readonly string[];
  /** The key that encrypts them, where there are some. */
  readonly keyArn: string | undefined;
  /** The variables that Terraform is to be given when it runs. */
  readonly variables: readonly string[];

  /** @throws PROPS_INVALID with every secret that cannot be made. */
  constructor(scope: Construct, id: string, { name, services, ...props }: ServiceSecretsProps) {
    super(scope, id);
    const { rotation, each, keyArn: existing } = propsOf(serviceSecretsSchema, props, this.node.path);
    const wanted = wantedBy(services);
    const problems = [
      ...wanted.flatMap(secretProblems), ...variableProblems(wanted), ...unknownProblems(Object.keys(each), wanted.map(({ key }) => key)),
    ];
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: not every secret can be made:`, { problems });
    const keyArn = !wanted.length ? undefined : existing ?? new EncryptionKey(this, 'key', { name: `${name}/service-secrets`, description: `Secrets of the services of ${name}` }).arn;
    const made = keyArn === undefined ? [] : wanted.map(({ key, readers, whole, properties }) => {
      const secret = new Secret(this, key.replace(/\//g, '--'), {
        rotation, ...Object.hasOwn(each, key) ? each[key] : {}, name: key, description: `Read by ${readers.join(', ')}`, keyArn, ...!whole && { properties: [...properties] },
      });
      const [reader, ...others] = services.filter(service => readers.includes(service.name));
      if (others.length === 0) tagOwner(secret, reader);
      return secret;
    });
    this.keyArn = keyArn;
    this.arns = made.map(({ arn }) => arn);
    this.names = made.map(({ secretName }) => secretName);
    this.variables = made.flatMap(({ variables }) => variables);
  }
}

function wantedBy(services: readonly MicroserviceSpec[]): Wanted[] {
  const byKey = new Map<string, Wanted>();
  for (const { name, data } of services) {
    for (const [alias, { key, property }] of Object.entries(data.secrets)) {
      const before = byKey.get(key) ?? { key, places: [], readers: [], properties: [], whole: false };
      byKey.set(key, {
        key, places: [...before.places, `${name}.secrets.${alias}`], readers: [...new Set([...before.readers, name])],
        properties: [...new Set([...before.properties, ...property === undefined ? [] : [property]])].sort(),
        whole: before.whole || property === undefined,
      });
    }
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function secretProblems({ key, places, properties, whole }: Wanted): Problem[] {
  return [
    ...secretNamePattern.test(key) ? [] : [{ path: places[0], message: `has the key ${key}, expected at most 256 letters, digits and /_+=.@- as Secrets Manager takes them` }],
    ...whole && properties.length > 0 ? [{ path: places.join(', '), message: `read ${key} as a whole and by the property ${properties.join(', ')}, expected one way; choose another key for one of them` }] : [],
  ];
}

/** Names that differ by signs alone are one variable to Terraform. */
function variableProblems(wanted: readonly Wanted[]): Problem[] {
  const all = wanted.flatMap(({ key, places, properties, whole }) => (whole ? [undefined] : properties)
    .map(property => ({ path: places[0], what: property === undefined ? key : `${property} of ${key}`, variable: variableOf(key, property) })));
  return all.flatMap(({ path, what, variable }, index) => {
    const same = all.slice(0, index).find(other => other.variable === variable);
    return same ? [{ path, message: `makes the variable ${variable} for ${what}, which ${same.what} makes too; choose another key` }] : [];
  });
}

function unknownProblems(said: readonly string[], keys: readonly string[]): Problem[] {
  return said.filter(key => !keys.includes(key))
    .map(key => ({ path: `each.${key}`, message: `is no secret that the services declare, expected one of ${keys.join(', ') || 'them, of which there are none'}${didYouMean(key, keys)}` }));
}
