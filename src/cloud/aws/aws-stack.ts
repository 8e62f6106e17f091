import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct, IConstruct } from 'constructs';
import { z } from 'zod';
import { pathIn, propsOf } from './_props';
import { awsKnowledge } from './knowledge';
import { keyArnSchema, orExpression, regionSchema, roleArnPattern } from './syntax';
import { MartyError } from '../../errors';
import { awsAccountSchema, partitionOf } from '../../spec/aws';
import { bucketNameSchema } from '../../spec/buckets';
import { labelSchema } from '../../spec/syntax';
import { checkWhenSynthesized, takeChecked } from '../check';
import { S3Backend, TerraformStack, Token } from '../engine';
import type { InputOf } from '../../spec/input';

/** Where the state of a stack is kept: a bucket that exists, encrypted, and locked by S3 itself. */
const stateSchema = z.strictObject({
  bucket: bucketNameSchema,
  /** @default - the region of the stack */
  region: regionSchema.optional(),
  /** The name of the object. @default - `<name of the stack>.tfstate` */
  key: z.string().min(1).max(1024).optional(),
  /** The key that encrypts it. @default - the bucket's own */
  kmsKeyArn: keyArnSchema.optional(),
});

/** What every stack of AWS is made with. */
export const awsStackSchema = z.strictObject({
  /** The account that the stack is for; Terraform refuses credentials of any other. */
  account: awsAccountSchema,
  region: regionSchema,
  /** Where the state is kept, or `'local'` for a file beside the stack. */
  state: z.union([z.literal('local'), stateSchema], { error: 'expected { bucket: \'…\' }, or "local"' }),
  /** Tags of everything in the stack. @default {} */
  tags: z.record(z.string().min(1).max(128).regex(/^(?!aws:)/, { error: 'expected no tag that begins with aws:, which are those of AWS itself' }), z.string().max(256)).default({}),
  /** The role that Terraform takes. @default - that of the credentials it is run with */
  role: z.string().regex(roleArnPattern, { error: 'expected the ARN of a role' }).optional(),
  /**
   * The policy that bounds what roles of the stack may do: its name, with its path, in the account of the stack; or the ARN of one that AWS
   * publishes. Whoever deploys may then be let make bounded roles alone.
   *
   * @default - roles do what their own policies say
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  permissionsBoundary: orExpression(/^(arn:aws[\w-]*:iam::aws:policy\/)?([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/, 'the name of a policy in the account of the stack, such as boundaries/platform').optional(),
  /** What the stack belongs to, the tag `environment`. @default - nothing */
  environment: labelSchema(40).optional(),
});

export type AwsStackProps = InputOf<typeof awsStackSchema>;

/** A stack of one account and region of AWS. What cdktf writes for it is checked against the provider's schema, its rules and our policies. */
export class AwsStack extends TerraformStack {
  /** The stack that a construct is in. @throws PROPS_INVALID when it is in another one. */
  static override of(construct: IConstruct): AwsStack {
    const stack = TerraformStack.of(construct);
    if (stack instanceof AwsStack) return stack;
    throw new MartyError('PROPS_INVALID', `${construct.node.path}: stands in a stack that names no account; put it into an AwsStack`);
  }

  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The ARN of the policy that bounds what its roles may do. */
  readonly permissionsBoundary: string | undefined;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, props: AwsStackProps) {
    const { account, region, state, tags, role, environment, permissionsBoundary } = propsOf(awsStackSchema, props, pathIn(scope, id));
    super(scope, id);
    this.account = account;
    this.region = region;
    this.partition = partitionOf(region);
    const isName = permissionsBoundary !== undefined && !Token.isUnresolved(permissionsBoundary) && !permissionsBoundary.startsWith('arn:');
    this.permissionsBoundary = isName ? this.arn('iam', `policy/${permissionsBoundary}`) : permissionsBoundary;
    new AwsProvider(this, 'aws', {
      region,
      allowedAccountIds: [account],
      defaultTags: [{ tags: { ...environment && { environment }, 'managed-by': 'marty-msf', ...tags } }],
      ...role && { assumeRole: [{ roleArn: role, sessionName: 'marty-msf' }] },
    });
    if (state !== 'local') {
      const backend = new S3Backend(this, {
        bucket: state.bucket,
        key: state.key ?? `${id}.tfstate`,
        region: state.region ?? region,
        encrypt: true,
        ...state.kmsKeyArn && { kmsKeyId: state.kmsKeyArn },
      });
      // S3 locks by itself since Terraform 1.10; the engine's types are older.
      backend.addOverride('use_lockfile', true);
    }
    checkWhenSynthesized(this, [awsKnowledge()]);
  }

  /** What is written was checked: it need not be made twice. */
  override toTerraform(): unknown {
    return takeChecked(this) ?? super.toTerraform();
  }

  /** An ARN of this account and region: `arn('logs', 'log-group:/aws/eks/shop/cluster')`. */
  arn(service: string, resource: string, region = this.region): string {
    const global = service === 'iam' || service === 's3';
    return `arn:${this.partition}:${service}:${global ? '' : region}:${service === 's3' ? '' : this.account}:${resource}`;
  }
}
