import { z } from 'zod';
import { propsOf } from './_props';
import { oidcProviderPattern, orExpression, securityGroupPattern } from './syntax';
import { kubernetesVersionSchema } from '../../spec/kubernetes-version';

/** A cluster of EKS that services run in, whether it was made here or exists. */
export interface AwsCluster {
  readonly name: string;
  /** Minor version of Kubernetes. */
  readonly version: string;
  readonly endpoint: string;
  /** The certificate of the authority that signs for the API server, base64. */
  readonly certificateAuthority: string;
  /** The group of the nodes, which databases let in. */
  readonly nodeSecurityGroupId: string;
  /** The cluster's issuer of tokens as IAM knows it, its ARN, where it is known there. */
  readonly oidcProviderArn?: string;
}

const existingClusterSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** Minor version of Kubernetes. */
  version: kubernetesVersionSchema,
  /** Where its API server is: https://… */
  endpoint: orExpression(/^https:\/\/\S+$/, 'an address such as https://ABC.gr7.eu-central-1.eks.amazonaws.com'),
  /** The certificate of the authority that signs for the API server, base64. */
  certificateAuthority: orExpression(/^[A-Za-z0-9+/]{4,}={0,2}$/, 'a certificate in base64'),
  /** The group of its nodes, which databases let in: that of the cluster, where nodes have none of their own. */
  nodeSecurityGroupId: orExpression(securityGroupPattern, 'the id of a security group, such as sg-0123456789abcdef0'),
  /** Its issuer of tokens as IAM knows it, an ARN. @default - IAM knows none */
  oidcProviderArn: orExpression(oidcProviderPattern, 'the ARN of an identity provider, such as arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC').optional(),
});

/** What is told of a cluster that exists, as `aws eks describe-cluster` says it. */
export type ExistingCluster = Readonly<z.input<typeof existingClusterSchema>>;

/**
 * A cluster that exists.
 *
 * @throws PROPS_INVALID with everything that cannot be so.
 */
export function existingCluster(cluster: ExistingCluster): AwsCluster {
  return propsOf(existingClusterSchema, cluster, `cluster ${JSON.stringify((cluster as Partial<ExistingCluster> | undefined)?.name ?? '')}`);
}
