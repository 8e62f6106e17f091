import { z } from 'zod';
import { labelSchema, notYet } from './syntax';
import { varying, type Names, type Varying } from './varying';
import type { Port, Ports } from './ports';

/** What a caller expects of a call. */
export interface Terms<N extends Names> {
  /** Milliseconds until a call is given up, 1 to 600,000. @default 10000 */
  timeoutMs?: Varying<N, number>;
  /** When calls are refused without being tried. Not translated yet: refused. */
  circuitBreaker?: Varying<N, { consecutiveFailures: number } | 'off'>;
  /** Whether the caller can do its work without it. @default false */
  optional?: boolean;
}

/** Retries are only possible on calls that may be repeated. Not translated yet: refused. */
type Repeatable<R> = { idempotent: true; retries?: R } | { idempotent?: false; retries?: never };

/** What may be said about a call, by the protocol of the port. */
export interface CallOptions<N extends Names> {
  http: Terms<N> & Repeatable<Varying<N, { attempts: number; onStatus?: readonly number[] }>>;
  grpc: Terms<N> & Repeatable<Varying<N, { attempts: number; onCode?: readonly ('unavailable' | 'deadline-exceeded' | 'resource-exhausted')[] }>>;
  tcp: Pick<Terms<N>, 'timeoutMs' | 'optional'>;
}

/** What others may know of a service: its name and ports. */
export interface Contract<P extends Ports = Ports> {
  readonly name: string;
  readonly ports: P;
  /** The live workload that the service takes over, in contracts of services that do. */
  readonly adopt?: unknown;
}

/** A call that a service makes. */
export interface Call<P extends Port = Port> {
  readonly target: Contract;
  readonly port: string;
  readonly terms: object;
  /** Types only: the port that is called. */
  readonly type?: P;
}

export const callSchema = z.strictObject({
  /** The service, contract or external thing that is called. */
  service: labelSchema(),
  /** The name of its port. */
  port: labelSchema(15),
  timeoutMs: varying(z.int().min(1).max(600_000)).default(10_000),
  optional: z.boolean().default(false),
  /** Whether a call may be made twice. @default false */
  idempotent: z.boolean().default(false),
  /** How often a call is tried. Not translated yet: refused. */
  retries: notYet('remove it, and retry in the caller until it is'),
  circuitBreaker: notYet('remove it'),
});

export type CallSpec = z.output<typeof callSchema>;
