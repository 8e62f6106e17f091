import type { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import type { Construct } from 'constructs';

/** Lets IAM believe tokens that the cluster signs, for what cannot use Pod Identity. */
export function addOidcProvider(scope: Construct, cluster: EksCluster): string {
  return new IamOpenidConnectProvider(scope, 'oidc-provider', {
    url: cluster.identity.get(0).oidc.get(0).issuer, clientIdList: ['sts.amazonaws.com'],
  }).arn;
}
