import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Construct } from 'constructs';
import type { Statement } from './documents';
import { Role } from './role';

export interface ServiceAccountRoleProps {
  /** The cluster's name, as an expression or as it is. */
  readonly clusterName: string;
  /** The name of the role, unique in the account, at most 64 characters. */
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What its pods may do. */
  readonly statements?: readonly Statement[];
  /** Policies that AWS publishes and keeps, by name. */
  readonly managed?: readonly string[];
}

/** Lets EKS give a role to pods. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
export const takenByPods = { services: ['pods.eks.amazonaws.com'], actions: ['sts:AssumeRole', 'sts:TagSession'] } as const;

/** A role that the pods of one service account have, by Pod Identity: no key, no annotation, no other pod. */
export class ServiceAccountRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { clusterName, namespace, serviceAccount, ...props }: ServiceAccountRoleProps) {
    super(scope, id);
    const role = new Role(this, 'role', { ...props, ...takenByPods });
    new EksPodIdentityAssociation(this, 'association', { clusterName, namespace, serviceAccount, roleArn: role.arn, dependsOn: role.ready });
    this.arn = role.arn;
  }
}
