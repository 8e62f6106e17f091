import { connect, type Socket } from 'node:net';
import { MartyError } from '../../errors';
import type { Port } from '../../spec/ports';
import type { RuntimeConfig } from '../../spec/runtime-config';
import { notAvailable } from './not-available';

type Call = RuntimeConfig['calls'][string];

/** Calls the HTTP port of a service. */
export interface HttpClient {
  /** Where it is: `http://payments.petstore.svc.cluster.local:8080`, with `https` where the description says so. */
  readonly origin: string;
  /**
   * The platform's `fetch`, given up after the declared time, the body included.
   * @param path beginning with `/`, with the query.
   * @throws CALL_TIMEOUT when nothing answers within the declared time.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** Calls the TCP port of a service. */
export interface TcpClient {
  /**
   * Opens a connection.
   * @throws CALL_TIMEOUT when none is made within the declared time.
   */
  connect(): Promise<Socket>;
}

/** What a call is made with: by the protocol of the port, and for gRPC by its API. */
export type Client<P> = P extends Port<'http'> ? HttpClient
  : P extends Port<'tcp'> ? TcpClient
    : P extends Port<'grpc', infer A> ? { readonly [M in keyof A]: A[M] } : never;

/** A client for each call of a ConfigMap. */
export function clientsOf(service: string, calls: RuntimeConfig['calls']): Record<string, object> {
  const make = { http: httpClient, tcp: tcpClient, grpc: grpcClient };
  return Object.fromEntries(Object.entries(calls).map(([alias, call]) => [alias, make[call.protocol](`${service}: clients.${alias}`, call)]));
}

function httpClient(subject: string, call: Call): HttpClient {
  const host = call.host.includes(':') ? `[${call.host}]` : call.host;
  const origin = `${call.tls ? 'https' : 'http'}://${host}:${call.port}`;
  return Object.freeze({
    origin,
    fetch: async (path: string, init: RequestInit = {}): Promise<Response> => {
      const timeout = timeoutSignal(call.timeoutMs);
      try {
        // Appended, never resolved: a path such as //elsewhere.example must not lead to another host.
        return await fetch(`${origin}${path.startsWith('/') ? '' : '/'}${path}`, {
          ...init, signal: init.signal ? AbortSignal.any([timeout, init.signal]) : timeout,
        });
      } catch (error) {
        throw error === timeout.reason ? timedOut(subject, call, error) : error;
      }
    },
  });
}

/**
 * Aborts after some milliseconds. The timer keeps the signal, which that of `AbortSignal.timeout` does not: on Node 20 such a signal,
 * combined with another, is lost to garbage collection while a body is read, and never aborts.
 */
function timeoutSignal(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException(`no answer within ${ms} ms`, 'TimeoutError')), ms).unref();
  return controller.signal;
}

function tcpClient(subject: string, call: Call): TcpClient {
  return Object.freeze({
    connect: async () => new Promise<Socket>((resolve, reject) => {
      const socket = connect({ host: call.host, port: call.port });
      const timer = setTimeout(() => socket.destroy(timedOut(subject, call)), call.timeoutMs);
      socket.once('error', error => {
        clearTimeout(timer);
        reject(error);
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeAllListeners('error');
        resolve(socket);
      });
    }),
  });
}

/** Whatever method is called, the promise it returns says what is missing; asking for a method does no harm. */
function grpcClient(subject: string): object {
  return new Proxy(Object.freeze({}), {
    // A promise that resolves to a client asks it for `then`.
    get: (_, method) => (typeof method === 'symbol' || method === 'then' ? undefined
      : async () => Promise.reject(notAvailable(`${subject}.${method}`, 'grpc'))),
  });
}

function timedOut(subject: string, { host, port, timeoutMs }: Call, cause?: unknown): MartyError {
  return new MartyError('CALL_TIMEOUT', `${subject}: no answer from ${host}:${port} within ${timeoutMs} ms; raise timeoutMs of the call, or find out what keeps it`, { cause });
}
