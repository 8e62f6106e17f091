/** Minor versions of Kubernetes whose objects are checked, oldest first. */
export const KUBERNETES_VERSIONS = [
  '1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37',
] as const;

/** Minor version of Kubernetes an object is meant for. */
export type KubernetesVersion = typeof KUBERNETES_VERSIONS[number];
