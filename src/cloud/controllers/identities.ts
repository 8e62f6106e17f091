/** Where the pods of controllers run and as whom: their roles are made for these, and their charts put them there. */
export const identities = {
  'aws-load-balancer-controller': { namespace: 'kube-system', serviceAccount: 'aws-load-balancer-controller' },
  'cluster-autoscaler': { namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' },
  'external-secrets': { namespace: 'external-secrets', serviceAccount: 'external-secrets' },
  'karpenter': { namespace: 'kube-system', serviceAccount: 'karpenter' },
} as const;

/** The tag by which Karpenter finds subnets and security groups of a cluster. */
export const discoveryTag = (cluster: string): Readonly<Record<string, string>> => ({ [`karpenter.sh/discovery/${cluster}`]: cluster });
