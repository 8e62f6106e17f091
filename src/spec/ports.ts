import { z } from 'zod';
import { labelSchema, portNumberSchema } from './syntax';

export type Protocol = 'http' | 'grpc' | 'tcp';

/**
 * The port of every service, workers too, on which health and metrics are served.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export const management = {
  name: 'management', port: 9090, live: '/health/live', ready: '/health/ready', metrics: '/metrics',
} as const;

/** A port of a service: what is spoken there, and by its type what can be asked for. */
export interface Port<P extends Protocol = Protocol, A = unknown> {
  readonly protocol: P;
  /** Number, 1024 to 65535: a process without privileges cannot listen below. */
  readonly port: number;
  /** Whether what is spoken is encrypted with TLS by the other side. @default false */
  readonly tls?: boolean;
  /** Types only: what can be called here. */
  readonly api?: A;
}

export type Ports = Readonly<Record<string, Port>>;

/** A port that speaks HTTP. `api` carries generated client types. */
export function http<A = unknown>(port: number, _api?: A): Port<'http', A> {
  return { protocol: 'http', port };
}

/** A port of something outside that speaks HTTP over TLS. `api` carries generated client types. */
export function https<A = unknown>(port = 443, _api?: A): Port<'http', A> {
  return { protocol: 'http', port, tls: true };
}

/** A port that speaks gRPC. `api` carries generated client types. */
export function grpc<A = unknown>(port: number, _api?: A): Port<'grpc', A> {
  return { protocol: 'grpc', port };
}

/** A port of which only is known that it speaks TCP. */
export function tcp(port: number): Port<'tcp'> {
  return { protocol: 'tcp', port };
}

/** Names of container ports have at most 15 characters. @see https://www.rfc-editor.org/rfc/rfc6335 */
const portNameSchema = labelSchema(15)
  .refine(name => !name.includes('--'), { error: 'has two hyphens in a row, which no port of a container may have' })
  .refine(name => name !== management.name, { error: 'is the name of the port every service has for health and metrics; choose another' });

const protocolSchema = z.enum(['http', 'grpc', 'tcp']);

/** Ports somewhere else, which may have any number. */
export const foreignPortsSchema = z.record(portNameSchema, z.strictObject({
  protocol: protocolSchema,
  port: portNumberSchema,
  /** Whether the other side encrypts with TLS. @default false */
  tls: z.boolean().default(false),
}));

/** Ports of a service of this platform. */
export const portsSchema = z.record(portNameSchema, z.strictObject({
  protocol: protocolSchema,
  port: z.int().min(1024).max(65535)
    .refine(port => port !== management.port, { error: `is the port every service has for health and metrics, expected another number` }),
})).superRefine((ports, context) => {
  const taken = new Map<number, string>();
  for (const [name, { port }] of Object.entries(ports)) {
    const other = taken.get(port);
    if (other !== undefined) context.addIssue({ code: 'custom', path: [name, 'port'], message: `is the number of ${other} too, expected one of its own` });
    taken.set(port, name);
  }
});
