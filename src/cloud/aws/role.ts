import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { policyOf, trustOf, type Statement } from './documents';

export interface RoleProps {
  /** Its name, unique in the account, at most 64 characters. */
  readonly name: string;
  readonly description: string;
  /** The services of AWS that take it. */
  readonly services: readonly string[];
  /** What taking it is. @default ['sts:AssumeRole'] */
  readonly actions?: readonly string[];
  /** What the services have to say when they take it, by condition keys. @default {} */
  readonly equal?: Readonly<Record<string, string>>;
  /** Who takes it otherwise, as a whole trust policy. @default - the services, for this account */
  readonly trust?: string;
  /** What it may do. @default [] */
  readonly statements?: readonly Statement[];
  /** Policies that AWS publishes and keeps, by name. @default [] */
  readonly managed?: readonly string[];
}

/** A role that does one thing. */
export class Role extends Construct {
  readonly arn: string;
  readonly roleName: string;
  /** What must be there before somebody who takes the role can work. */
  readonly ready: (IamRolePolicy | IamRolePolicyAttachment)[];

  constructor(scope: Construct, id: string, { name, description, services, actions, equal, trust, statements = [], managed = [] }: RoleProps) {
    super(scope, id);
    const { account, partition, permissionsBoundary } = AwsStack.of(this);
    const role = new IamRole(this, 'role', {
      name, description, assumeRolePolicy: trust ?? trustOf(services, account, actions, equal), tags: { Name: name },
      ...permissionsBoundary !== undefined && { permissionsBoundary },
    });
    this.arn = role.arn;
    this.roleName = role.name;
    this.ready = [
      ...(statements.length ? [new IamRolePolicy(this, 'policy', { name: 'permissions', role: role.name, policy: policyOf(statements) })] : []),
      ...managed.map(policy => new IamRolePolicyAttachment(this, `managed-${policy.replace(/^.*\//, '')}`, {
        role: role.name, policyArn: `arn:${partition}:iam::aws:policy/${policy}`,
      })),
    ];
  }
}
