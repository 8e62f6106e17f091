import { z } from 'zod';
import { propsOf } from './_props';
import { oidcProviderArnSchema, orExpression, securityGroupPattern } from './syntax';
import { kubernetesVersionSchema } from '../../spec/kubernetes-version';
import type { InputOf } from '../../spec/input';

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
  /** The name of the role by which External Secrets reads secrets, where there is one. */
  readonly secretsReader?: string;
  /** The account that it is in, where it is known. */
  readonly account?: string;
  /** The region that it is in, where it is known. */
  readonly region?: string;
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
  oidcProviderArn: oidcProviderArnSchema.optional(),
  /** The name of the role by which External Secrets reads secrets: it is let read those that are made for services. @default - others let it */
  secretsReader: orExpression(/^[\w+=,.@-]{1,64}$/, 'the name of a role').optional(),
});

/** What is told of a cluster that exists, as `aws eks describe-cluster` says it. */
export type ExistingCluster = InputOf<typeof existingClusterSchema>;

/**
 * A cluster that exists.
 *
 * @throws PROPS_INVALID with everything that cannot be so.
 */
export function existingCluster(cluster: ExistingCluster): AwsCluster {
  const told = propsOf(existingClusterSchema, cluster, `cluster ${JSON.stringify((cluster as Partial<ExistingCluster> | undefined)?.name ?? '')}`);
  return { ...told, region: /\.([a-z0-9-]+)\.eks\.amazonaws\.com/.exec(told.endpoint)?.[1], account: /::(\d{12}):oidc-provider\/oidc\.eks\./.exec(told.oidcProviderArn ?? '')?.[1] };
}
