import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { policyOf, type Statement } from './documents';
import { Role } from './role';
import { oidcProviderArnSchema } from './syntax';
import { Fn, Token } from '../engine';
import { labelSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

const serviceAccountRoleSchema = z.strictObject({
  /** The cluster's name, as an expression or as it is. */
  clusterName: z.string().min(1),
  /** The name of the role, unique in the account, at most 64 characters. */
  name: z.string().regex(/^[\w+=,.@-]{1,64}$/, { error: 'expected at most 64 letters, digits and +=,.@_-' }),
  description: z.string().max(1000),
  namespace: labelSchema(),
  serviceAccount: z.string().max(253).regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, { error: 'expected the name of a service account' }),
  /**
   * The cluster's issuer of tokens as IAM knows it, its ARN. Pods then take the role by tokens, which their service account asks for by
   * `cloudIdentity: { awsRoleArn }` of their description.
   * @default - EKS gives them the role, by Pod Identity
   */
  oidcProviderArn: oidcProviderArnSchema.optional(),
});

export interface ServiceAccountRoleProps extends InputOf<typeof serviceAccountRoleSchema> {
  /** What its pods may do. */
  readonly statements?: readonly Statement[];
  /** Policies that AWS publishes and keeps, by name. */
  readonly managed?: readonly string[];
}

/** Lets EKS give a role to pods. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
const byPodIdentity = { services: ['pods.eks.amazonaws.com'], actions: ['sts:AssumeRole', 'sts:TagSession'] } as const;

interface Pods {
  readonly clusterName: string;
  /** @default - that which an add-on of EKS has its pods in */
  readonly namespace?: string;
  readonly serviceAccount: string;
}

/** Lets EKS give a role to the pods of one service account of one cluster. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
export const takenByPods = ({ clusterName, namespace, serviceAccount }: Pods) => ({
  ...byPodIdentity,
  equal: {
    'aws:RequestTag/eks-cluster-name': clusterName, ...namespace !== undefined && { 'aws:RequestTag/kubernetes-namespace': namespace },
    'aws:RequestTag/kubernetes-service-account': serviceAccount,
  },
});

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

  readonly roleName: string;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { statements, managed, ...props }: ServiceAccountRoleProps) {
    super(scope, id);
    const { name, description, oidcProviderArn, ...pods } = propsOf(serviceAccountRoleSchema, props, this.node.path);
    const trust = oidcProviderArn === undefined ? undefined : trustOfTokens(oidcProviderArn, pods);
    const role = new Role(this, 'role', { name, description, statements, managed, ...takenByPods(pods), ...trust !== undefined && { trust } });
    if (trust === undefined) new EksPodIdentityAssociation(this, 'association', { ...pods, roleArn: role.arn, dependsOn: role.ready });
    this.arn = role.arn;
    this.roleName = role.roleName;
  }
}
