import { z } from 'zod';
import type { Settled } from './varying';

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const;
const name = z.string().min(1).max(253).refine(text => text !== '*', { error: 'is "*", which allows everything; name what is needed' });

/**
 * What a service may do with the API of Kubernetes, in its own namespace. Nothing, unless it is said.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export const permissionSchema = z.strictObject({
  /** API group; empty for the core. @default '' */
  group: z.string().max(253).refine(text => text !== '*', { error: 'is "*", which allows everything; name what is needed' }).default(''),
  /** Kinds in the plural: `configmaps`, `pods/log`. */
  resources: z.array(name).min(1),
  /** Only objects of these names. @default - all */
  names: z.array(name).min(1).optional(),
  verbs: z.array(z.enum(verbs)).min(1),
});

export type Permission = z.input<typeof permissionSchema>;
export type PermissionSpec = Settled<z.output<typeof permissionSchema>>;

/** Who the service is for its cloud; each becomes the annotation that the cloud reads. */
export const cloudIdentitySchema = z.union([
  z.strictObject({ awsRoleArn: z.string().regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/, { error: 'expected the ARN of a role' }) }),
  z.strictObject({ azureClientId: z.guid({ error: 'expected the client id, a UUID' }) }),
  z.strictObject({ googleServiceAccount: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.:-]+\.iam\.gserviceaccount\.com$/, {
    error: 'expected a service account such as orders@acme.iam.gserviceaccount.com',
  }) }),
]);

export type CloudIdentity = z.output<typeof cloudIdentitySchema>;

/** The annotations of the ServiceAccount that carry the identity, and the labels of pods that a cloud asks for. */
export function cloudIdentityMarks(identity: CloudIdentity | undefined): { annotations: Record<string, string>; podLabels: Record<string, string> } {
  if (!identity) return { annotations: {}, podLabels: {} };
  if ('awsRoleArn' in identity) return { annotations: { 'eks.amazonaws.com/role-arn': identity.awsRoleArn }, podLabels: {} };
  if ('googleServiceAccount' in identity) return { annotations: { 'iam.gke.io/gcp-service-account': identity.googleServiceAccount }, podLabels: {} };
  return { annotations: { 'azure.workload.identity/client-id': identity.azureClientId }, podLabels: { 'azure.workload.identity/use': 'true' } };
}
