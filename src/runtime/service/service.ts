import { setTimeout as sleep } from 'node:timers/promises';
import { isMartyError, MartyError } from '../../errors';
import type { Declared, MicroserviceSpec } from '../../spec/microservice';
import { createLiveConfig, type LiveConfigOptions } from '../config/live';
import { clientsOf } from './clients';
import { managementServer, type Life } from './management';
import { checkAvailable, notAvailable } from './not-available';
import { listen, serversOf, type AnyParts } from './parts';
import { messageOf, report } from './report';
import { secretsOf } from './secrets';
import { managementPort, type PortServer } from './servers';
import { deadlineIn, doneWithin, stopOnSignals } from './shutdown';
import { connectionsOf } from './stores';
import type { Parts, Service } from './types';

export interface ServiceOptions extends LiveConfigOptions {
  /** The address to listen on. @default '0.0.0.0' */
  readonly host?: string;
  /**
   * Whether the process is the service's own: it ends on SIGTERM and SIGINT, and with code 1 when the service cannot start. Where not,
   * errors are thrown and `close()` stops the service.
   * @default true
   */
  readonly exit?: boolean;
}

/** A service that has started. */
export interface RunningService {
  /**
   * Stops: takes no more requests, waits for those under way, then runs `stop()`.
   * @throws STOP_FAILED when `stop()` fails or takes too long.
   */
  close(): Promise<void>;
}

/**
 * Starts a service as its ConfigMap says: reads configuration, runs `start`, listens on the declared ports, answers checks on the
 * management port, and stops on SIGTERM once every request is answered.
 *
 * @param start puts the service together and returns what serves its ports.
 * @throws CONFIG_INVALID when the ConfigMap and the code do not fit; only with `exit: false`.
 * @throws NOT_AVAILABLE when something declared has no library in this version; only with `exit: false`.
 * @throws START_FAILED when `start` fails or a port cannot be listened on; only with `exit: false`.
 */
export async function createService<D extends Declared>(
  description: MicroserviceSpec<D>, start: (service: Service<D>) => Parts<D> | Promise<Parts<D>>, options: ServiceOptions = {},
): Promise<RunningService> {
  try {
    return await started(description, start as (service: object) => AnyParts | Promise<AnyParts>, options);
  } catch (error) {
    if (options.exit === false) throw error;
    report(error);
    process.exit(1);
  }
}

async function started(
  description: MicroserviceSpec, start: (service: object) => AnyParts | Promise<AnyParts>, options: ServiceOptions,
): Promise<RunningService> {
  const { host = '0.0.0.0', exit = true } = options;
  const { values, close: stopFollowing } = createLiveConfig(description, options);
  const { service: name, shutdown: { drainSeconds, graceSeconds } } = values;
  const life: Life = { phase: 'starting' };
  const management = managementPort(`${name}: management port`, managementServer(values, life));
  let servers: Record<string, PortServer> = {};
  let starting: Promise<AnyParts> | undefined;

  const closeOnce = async () => {
    life.phase = 'stopping';
    stopFollowing();
    const seconds = Math.max(0, graceSeconds - drainSeconds - 1);
    const deadline = deadlineIn(seconds * 1000);
    try {
      await doneWithin(deadline.left(), Promise.resolve(starting).catch(() => undefined));
      await Promise.all(Object.values(servers).map(async server => server.close(deadline.signal)));
      if (deadline.signal.aborted) process.stderr.write(`${name}: not everything was answered within ${seconds} s, and what was not is cut off\n`);
      await stopped(name, starting, deadline.left());
    } finally {
      deadline.clear();
      stopListening();
      await management.close(AbortSignal.abort());
    }
  };
  let closing: Promise<void> | undefined;
  const close = async () => (closing ??= closeOnce());
  const stopListening = exit ? stopOnSignals(async () => {
    if (life.phase === 'serving') {
      life.phase = 'stopping';
      Object.values(servers).forEach(server => server.drain());
      await sleep(drainSeconds * 1000);
    }
    await close();
  }) : () => undefined;

  try {
    checkAvailable(description);
    await listen(name, host, [{ path: 'management.port', port: values.management.port, server: management }]);
    starting = startedParts(name, start, serviceOf(values));
    const parts = await starting;
    life.ready = parts?.ready;
    servers = serversOf(description, parts);
    // Asked to stop while it started, it never begins to serve.
    if (closing === undefined) {
      await listen(name, host, Object.entries(servers).map(([alias, server]) => ({ path: `ports.${alias}.port`, port: values.ports[alias].port, server })));
    }
    if (closing === undefined) life.phase = 'serving';
  } catch (error) {
    await close().catch((failure: unknown) => report(failure));
    throw error;
  }
  return { close };
}

async function startedParts(name: string, start: (service: object) => AnyParts | Promise<AnyParts>, service: object): Promise<AnyParts> {
  try {
    return await start(service);
  } catch (cause) {
    if (isMartyError(cause)) throw cause;
    throw new MartyError('START_FAILED', `${name}: its start function failed: ${messageOf(cause)}`, { cause });
  }
}

/** Lets the user's code give back what it opened; even when nothing is left of the time, it gets a moment. */
async function stopped(name: string, starting: Promise<AnyParts> | undefined, leftMs: number): Promise<void> {
  const ms = Math.max(leftMs, 800);
  const stop = async () => {
    const parts = await Promise.resolve(starting).catch(() => undefined);
    await parts?.stop?.();
  };
  let inTime: boolean;
  try {
    inTime = await doneWithin(ms, stop());
  } catch (cause) {
    throw new MartyError('STOP_FAILED', `${name}: stop() failed: ${messageOf(cause)}`, { cause });
  }
  if (!inTime) throw new MartyError('STOP_FAILED', `${name}: stop() did not end within ${ms / 1000} s, before the process would be killed; raise graceSeconds or stop faster`);
}

function serviceOf(values: ReturnType<typeof createLiveConfig>['values']): object {
  const { service: name, team, platform, environment, config } = values;
  return Object.freeze({
    name, team, platform, environment, config,
    clients: Object.freeze(clientsOf(name, values.calls)),
    stores: Object.freeze(connectionsOf(name, values.stores)),
    secrets: Object.freeze(secretsOf(name, values.secrets)),
    publish: async (topic: string) => Promise.reject(notAvailable(`${name}: publish to ${topic}`, 'messaging')),
  });
}
