import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretPolicy } from '@cdktf/provider-aws/lib/secretsmanager-secret-policy';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { AwsStack } from './aws-stack';
import { policyOf, type Statement } from './documents';
import { EphemeralPassword } from './ephemeral-password';
import { secretNamePattern } from './syntax';
import { MartyError } from '../../errors';
import { reasonSchema } from '../../spec/syntax';
import { waivePolicy } from '../check';
import { TerraformVariable } from '../engine';
import type { InputOf } from '../../spec/input';

/** Who gives a secret a new value: a function of Lambda that exists, every so many days, 1 to 90; or nobody by itself, and why. */
export const rotationSchema = z.union([
  z.strictObject({
    functionArn: z.string().regex(/^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/, { error: 'expected the ARN of a function of Lambda' }),
    days: z.int().min(1).max(90).default(30),
  }),
  z.strictObject({ never: reasonSchema }),
], { error: 'expected { functionArn: \'arn:aws:lambda:…\' }, or { never: \'why\' }' });

/** Somebody may write the secret itself here: what is wrong is told without it. */
const valueSchema = z.union([z.literal('given'), z.strictObject({ length: z.int().min(8).max(4096) })], {
  error: 'does not say where the value comes from; expected "given", by the variable of Terraform that `cdktf synth` makes for it (TF_VAR_secret_…), or { length: 8 to 4096 }, made up by AWS',
});

export const secretSchema = z.strictObject({
  /** Its name in Secrets Manager: `shop/orders/token`. */
  name: z.string().regex(secretNamePattern, { error: 'expected at most 256 letters, digits and /_+=.@-' }),
  /** @default - its name */
  description: z.string().max(2048).optional(),
  /** The properties of its value, which is then an object as JSON. @default - a text as a whole */
  properties: z.array(z.string().min(1).max(253)).min(1).optional(),
  /** Whether its value is given when Terraform runs, by a variable, or made up by AWS, 8 to 4096 characters long. @default 'given' */
  value: valueSchema.default('given'),
  /** A number to raise when a new value is to be written. @default 1 */
  version: z.int().min(1).max(2_147_483_647).default(1),
  rotation: rotationSchema,
});

export interface SecretProps extends InputOf<typeof secretSchema> {
  /** The key that encrypts it. */
  readonly keyArn: string;
}

/** What whoever reads a secret does. */
export const readingSecrets = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] as const;

/** The variable by which Terraform is given a secret, or a property of it: `TF_VAR_` and this name. */
export function variableOf(name: string, property?: string): string {
  return ['secret', name, property].filter(part => part !== undefined).join('_').replace(/[^A-Za-z0-9]+/g, '_');
}

/**
 * A secret of Secrets Manager whose value is in no state, no plan and no file: it is written once for each version, from a variable that Terraform
 * forgets or from a password that AWS makes up. Terraform 1.11 or OpenTofu 1.11 is needed.
 *
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
export class Secret extends Construct {
  readonly arn: string;
  readonly secretName: string;
  /** The variables that give its value. */
  readonly variables: readonly string[];

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { keyArn, ...props }: SecretProps) {
    super(scope, id);
    const { name, description = name, properties, value, version, rotation } = propsOf(secretSchema, props, this.node.path);
    const stack = AwsStack.of(this);
    const secret = new SecretsmanagerSecret(this, 'secret', { name, description, kmsKeyId: keyArn, recoveryWindowInDays: 30, tags: { Name: name } });
    new SecretsmanagerSecretPolicy(this, 'policy', { secretArn: secret.arn, policy: policyOf(ownAccount(stack)), blockPublicPolicy: true });
    const wanted = (properties ?? [undefined]).map(property => ({ property, variable: variableOf(name, property) }));
    const valueOf = (property: string | undefined, variable: string) => (value === 'given'
      ? this.given(stack, variable, property === undefined ? name : `${property} of ${name}`)
      : new EphemeralPassword(this, property === undefined ? 'password' : `password-${property}`, value).value);
    const values = wanted.map(({ property, variable }) => [property, valueOf(property, variable)] as const);
    const written = new SecretsmanagerSecretVersion(this, 'value', {
      secretId: secret.id,
      secretStringWo: properties ? `\${jsonencode({${values.map(([property, text]) => `${JSON.stringify(property)} = ${text.replace(/^\$\{(.*)\}$/, '$1')}`).join(', ')}})}` : values[0][1],
      secretStringWoVersion: version,
    });
    if ('never' in rotation) {
      waivePolicy(secret, 'CKV2_AWS_57', rotation.never);
    } else {
      // The value that was given holds until its time is over.
      new SecretsmanagerSecretRotation(this, 'rotation', {
        secretId: secret.id, rotationLambdaArn: rotation.functionArn, rotateImmediately: false,
        rotationRules: { automaticallyAfterDays: rotation.days }, dependsOn: [written],
      });
    }
    this.arn = secret.arn;
    this.secretName = name;
    this.variables = value === 'given' ? wanted.map(({ variable }) => variable) : [];
  }

  /** @returns the expression of a variable whose value goes to the provider and nowhere else. */
  private given(stack: AwsStack, variable: string, what: string): string {
    if (stack.node.tryFindChild(variable)) throw new MartyError('PROPS_INVALID', `${this.node.path}: name makes the variable ${variable}, which the stack has already; choose another name`);
    new TerraformVariable(stack, variable, { type: 'string', sensitive: true, nullable: false, description: `The secret ${what}` }).addOverride('ephemeral', true);
    return `\${var.${variable}}`;
  }
}

/** What nobody may do, whatever else is allowed: come from another account, or without TLS. */
function ownAccount({ account }: AwsStack): Statement[] {
  const all = { Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*' } as const;
  return [
    { Sid: 'OwnAccountAlone', ...all, Condition: { StringNotEquals: { 'aws:PrincipalAccount': account }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Sid: 'TlsAlone', ...all, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ];
}
