import { connect } from 'node:net';
import { containerOf, type Pod } from './pods';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';

/** What a probe found. */
export interface Probed {
  readonly ok: boolean;
  /** The status of the answer; 0 without one. */
  readonly status: number;
  /** The answer, or why there is none. */
  readonly body: string;
}

const timeoutMs = 5_000;

/**
 * Asks a container's probe once, at the pod's address.
 *
 * @throws Error when it has no such probe, or one that is of no kind that is asked here
 */
export async function probe(pod: Pod & { readonly address: string }, kind: ProbeKind, name?: string): Promise<Probed> {
  const container = containerOf(pod, name);
  const probes = { startup: container.startupProbe, readiness: container.readinessProbe, liveness: container.livenessProbe };
  const { httpGet, tcpSocket } = probes[kind] ?? {};
  if (httpGet) return get(pod, httpGet.port, httpGet.path ?? '/', name);
  if (tcpSocket) return open(pod.address, portOf(pod, tcpSocket.port, name));
  throw new Error(`pod ${pod.name}: ${kind} probe of ${container.name} is neither httpGet nor tcpSocket, expected one of them`);
}

/** Gets a path over HTTP at the pod's address, whatever the answer is. */
export async function get(pod: Pod & { readonly address: string }, port: number | string, path: string, name?: string): Promise<Probed> {
  try {
    const answer = await fetch(`http://${pod.address}:${portOf(pod, port, name)}${path}`, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' });
    return { ok: answer.status >= 200 && answer.status < 400, status: answer.status, body: await answer.text() };
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    return { ok: false, status: 0, body: String(cause ?? error) };
  }
}

function portOf(pod: Pod, port: number | string, name?: string): number {
  if (typeof port === 'number') return port;
  const found = containerOf(pod, name).ports?.find(each => each.name === port);
  if (!found) throw new Error(`pod ${pod.name}: port is ${port}, expected one of its container`);
  return found.containerPort;
}

function open(host: string, port: number): Promise<Probed> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (ok: boolean, body: string) => {
      socket.destroy();
      resolve({ ok, status: 0, body });
    };
    socket.once('connect', () => end(true, 'open'));
    socket.once('timeout', () => end(false, 'no answer'));
    socket.once('error', error => end(false, error.message));
  });
}
