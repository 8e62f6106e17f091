import { MartyError, type Problem } from '../../errors';
import { isPlain } from '../../spec/configuration';
import type { MicroserviceSpec } from '../../spec/microservice';
import { reasonOf } from '../config/reason';
import { httpPort, tcpPort, type PortServer } from './servers';
import type { HttpHandler, TcpHandler } from './types';

/** What the user's function returns, before it is known to be what its type says: JavaScript and casts say nothing. */
export interface AnyParts {
  readonly serve?: Readonly<Record<string, unknown>>;
  readonly ready?: () => boolean | Promise<boolean>;
  readonly stop?: () => unknown;
}

/**
 * A server for each port that a service declares.
 *
 * @throws START_FAILED with every port that has no handler and every handler that has no port.
 */
export function serversOf({ name, data }: MicroserviceSpec, parts: AnyParts | undefined): Record<string, PortServer> {
  const serve = isPlain(parts?.serve) ? parts.serve : {};
  const ports = Object.keys(data.ports);
  const problems: Problem[] = [
    ...ports.filter(port => typeof serve[port] !== 'function').map(port => ({
      path: `serve.${port}`, message: `is ${serve[port] === undefined ? 'missing' : typeof serve[port]}, expected a function that serves the port ${port}`,
    })),
    ...Object.keys(serve).filter(port => !ports.includes(port)).map(port => ({
      path: `serve.${port}`, message: `serves no port of the description, expected ${ports.join(', ') || 'none, for it has none'}`,
    })),
  ];
  if (problems.length) throw new MartyError('START_FAILED', `${name}: what its start function returned cannot be served:`, { problems });
  return Object.fromEntries(ports.map(port => [port, data.ports[port].protocol === 'http'
    ? httpPort(`${name}: port ${port}`, serve[port] as HttpHandler)
    : tcpPort(`${name}: port ${port}`, serve[port] as TcpHandler)]));
}

/** One server with the number it listens on, and where that number stands. */
export interface Listening { readonly path: string; readonly port: number; readonly server: PortServer }

/**
 * Opens ports, all at once.
 *
 * @throws START_FAILED with every port that cannot be opened.
 */
export async function listen(service: string, host: string, servers: readonly Listening[]): Promise<void> {
  const problems: Problem[] = [];
  await Promise.all(servers.map(async ({ path, port, server }) => {
    try {
      await server.listen(port, host);
    } catch (error) {
      const reason = reasonOf(error);
      problems.push({ path, message: reason === 'EADDRINUSE'
        ? `is ${port}, which is in use; stop what listens there, or choose another number`
        : `is ${port}, which cannot be listened on (${reason})` });
    }
  }));
  if (problems.length) throw new MartyError('START_FAILED', `${service} cannot listen:`, { problems });
}
