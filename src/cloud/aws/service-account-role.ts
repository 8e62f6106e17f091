import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Construct } from 'constructs';
import { policyOf, type Statement } from './documents';
import { Role } from './role';
import { Fn, Token } from '../engine';

export interface ServiceAccountRoleProps {
  /** The cluster's name, as an expression or as it is. */
  readonly clusterName: string;
  /** The name of the role, unique in the account, at most 64 characters. */
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /**
   * The cluster's issuer of tokens as IAM knows it, its ARN. Pods then take the role by tokens, which their service account asks for by
   * `cloudIdentity: { awsRoleArn }` of their description.
   * @default - EKS gives them the role, by Pod Identity
   */
  readonly oidcProviderArn?: string;
  /** What its pods may do. */
  readonly statements?: readonly Statement[];
  /** Policies that AWS publishes and keeps, by name. */
  readonly managed?: readonly string[];
}

/** Lets EKS give a role to pods. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
export const takenByPods = { services: ['pods.eks.amazonaws.com'], actions: ['sts:AssumeRole', 'sts:TagSession'] } as const;

/** Lets pods take a role by tokens of their service account. @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
function trustOfTokens(oidcProviderArn: string, { namespace, serviceAccount }: Pick<ServiceAccountRoleProps, 'namespace' | 'serviceAccount'>): string {
  const mark = ':oidc-provider/';
  const issuer = Token.isUnresolved(oidcProviderArn) ? Fn.element(Fn.split(mark, oidcProviderArn), 1) as string : oidcProviderArn.split(mark)[1];
  return policyOf([{
    Principal: { Federated: oidcProviderArn },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}` } },
  }]);
}

/** A role that the pods of one service account have, by Pod Identity or by their tokens: no key, no other pod. */
export class ServiceAccountRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { clusterName, namespace, serviceAccount, oidcProviderArn, ...props }: ServiceAccountRoleProps) {
    super(scope, id);
    const trust = oidcProviderArn === undefined ? undefined : trustOfTokens(oidcProviderArn, { namespace, serviceAccount });
    const role = new Role(this, 'role', { ...props, ...takenByPods, ...trust !== undefined && { trust } });
    if (trust === undefined) new EksPodIdentityAssociation(this, 'association', { clusterName, namespace, serviceAccount, roleArn: role.arn, dependsOn: role.ready });
    this.arn = role.arn;
  }
}
