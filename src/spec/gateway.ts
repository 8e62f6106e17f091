import { z } from 'zod';
import { isAtLeast, type KubernetesVersion } from './kubernetes-version';
import { annotationsSchema, labelSchema } from './syntax';
import type { Problem } from '../errors';
import type { RouteSpec } from './exposure';

/** A Gateway of the Gateway API. */
const gatewayApiSchema = z.strictObject({
  name: labelSchema(),
  namespace: labelSchema(),
  /**
   * Whether services hang their routes below the listeners that the Gateway has, or bring listeners of their own with a certificate, as a
   * ListenerSet; the Gateway has to allow that, and the environment to name an issuer.
   * @default 'shared'
   */
  listeners: z.enum(['shared', 'own']).default('shared'),
});

/** A controller of Ingress objects. */
const ingressSchema = z.strictObject({
  /** The IngressClass. */
  ingressClass: labelSchema(),
  /** Where the pods of the controller run, for network policies. */
  namespace: labelSchema(),
  /** Annotations that the controller wants of every Ingress. @default {} */
  annotations: annotationsSchema.default({}),
  /** Annotations that it wants besides where the service speaks gRPC. @default - gRPC is refused */
  grpcAnnotations: annotationsSchema.optional(),
});

/** What carries traffic from outside into a cluster. */
export const gatewaySchema = z.union([gatewayApiSchema, ingressSchema]);

/** Who signs certificates, as cert-manager knows it. */
export const issuerSchema = z.strictObject({
  name: labelSchema(),
  /** Whether the whole cluster may ask it, or one namespace. @default 'ClusterIssuer' */
  kind: z.enum(['ClusterIssuer', 'Issuer']).default('ClusterIssuer'),
  /** How hosts are proved to be ours; for `http01` what answers in our namespace is let through. @default 'dns01' */
  challenge: z.enum(['dns01', 'http01']).default('dns01'),
});

export type Gateway = z.output<typeof gatewaySchema>;
export type Issuer = z.output<typeof issuerSchema>;

interface Facts { readonly gateway?: Gateway; readonly issuer?: Issuer; readonly kubernetes: KubernetesVersion }

/** What keeps a route out of an environment. */
export function gatewayProblems(name: string, { kind }: RouteSpec, { gateway, issuer, kubernetes }: Facts, at: string): Problem[] {
  if (!gateway) return [];
  if (kind === 'tls' && !isAtLeast(kubernetes, '1.30')) {
    return [{ path: `${at}.kubernetes`, message: `is "${kubernetes}", but TLS passes through to ${name}, which takes a TLSRoute, whose definition no server before 1.30 takes; let TLS end at the edge` }];
  }
  if (!('ingressClass' in gateway)) {
    return gateway.listeners === 'own' && !issuer ? [{ path: `${at}.issuer`, message: `is not named, but ${name} brings listeners of its own, which need a certificate` }] : [];
  }
  if (kind === 'tls') return [{ path: `${at}.gateway`, message: `is an Ingress, which ends TLS, but that of ${name} passes through; use a Gateway, or let TLS end at the edge` }];
  if (kind === 'grpc' && !gateway.grpcAnnotations) {
    return [{ path: `${at}.gateway.grpcAnnotations`, message: `is not named, but ${name} speaks gRPC; say what the controller wants on such an Ingress, such as nginx.ingress.kubernetes.io/backend-protocol: GRPC` }];
  }
  return [];
}

/** Whether a service has a certificate of its own: where an Ingress or its own listeners end TLS with it, or it does so itself. */
export function hasCertificate({ kind }: RouteSpec, { gateway, issuer }: Pick<Facts, 'gateway' | 'issuer'>): boolean {
  return issuer !== undefined && gateway !== undefined && (kind === 'tls' || 'ingressClass' in gateway || gateway.listeners === 'own');
}
