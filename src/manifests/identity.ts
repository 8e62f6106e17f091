/** What tells Kubernetes objects apart, as far as a manifest says it. */
export interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

/** The group of an `apiVersion`: empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * One object in the cluster, whatever API version it is written in: `apps/Deployment/shop/api`, `/Namespace//shop`.
 *
 * No part can contain a slash, so equal keys mean the same object.
 */
export function keyOf({ apiVersion, kind, metadata }: Identified): string {
  return `${groupOf(apiVersion)}/${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}
