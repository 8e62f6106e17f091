import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer, type ServerResponse } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMartyError, type ErrorCode, type MartyError } from '../../../src/errors';
import { createService, type Parts, type RunningService, type Service } from '../../../src/runtime/service';
import type { MicroserviceSpec } from '../../../src/spec';
import { configFile, configOf, folder, freePorts, removeFolders } from '../config-file';
import { orders, unserved } from '../fleet';

type Orders = typeof orders extends MicroserviceSpec<infer D> ? D : never;

const open: RunningService[] = [];
const servers: (Server | HttpServer)[] = [];
let written: string;

beforeEach(() => {
  written = '';
  jest.spyOn(process.stderr, 'write').mockImplementation(text => {
    written += String(text);
    return true;
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(open.splice(0).map(async service => service.close()));
  servers.splice(0).forEach(server => server.close());
});
afterAll(removeFolders);

const serve: Parts<Orders>['serve'] = { http: (_, response) => response.end('ok'), line: socket => socket.end('ok') };
const nothing: Parts<Orders> = { serve };

/** The service under test in this process, with what its ConfigMap says of calls, stores and secrets changed. */
async function started(start: (service: Service<Orders>) => Parts<Orders> | Promise<Parts<Orders>>, change: object = {}) {
  const numbers = await freePorts('http', 'line', 'management');
  const content = configOf(orders);
  const file = configFile({
    ...content,
    ports: { http: { protocol: 'http', port: numbers.http }, line: { protocol: 'tcp', port: numbers.line } },
    management: { port: numbers.management },
    ...change,
  });
  const running = await createService(orders, start, { file, env: {}, host: '127.0.0.1', exit: false });
  open.push(running);
  return { running, numbers, http: `http://127.0.0.1:${numbers.http}`, management: `http://127.0.0.1:${numbers.management}` };
}

/** What the service under test has while it runs. */
async function inside(change: object = {}): Promise<Service<Orders>> {
  let service: Service<Orders> | undefined;
  await started(given => {
    service = given;
    return nothing;
  }, change);
  if (!service) throw new Error('it never started');
  return service;
}

async function listening<S extends Server | HttpServer>(server: S): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const callOf = (alias: 'web' | 'line', port: number, tls = false) => {
  const { calls } = configOf(orders);
  return { calls: { ...calls, [alias]: { ...calls[alias], host: '127.0.0.1', port, tls } } };
};

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<MartyError> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
  if (!isMartyError(error, code)) throw new Error(`expected ${code}`, { cause: error });
  return error;
}

const textFrom = async (socket: Socket) => {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
};

describe('a started service', () => {
  test('serves its HTTP and its TCP port, and stops serving them when closed', async () => {
    const stop = jest.fn();
    const { running, http, numbers } = await started(() => ({ ...nothing, stop }));
    expect(await (await fetch(http)).text()).toBe('ok');
    expect(await textFrom(connect(numbers.line, '127.0.0.1'))).toBe('ok');
    await Promise.all([running.close(), running.close()]);
    expect(stop).toHaveBeenCalledTimes(1);
    await expect(fetch(http)).rejects.toThrow('fetch failed');
  });

  test('knows who it is', async () => {
    const { name, team, platform, environment } = await inside();
    expect({ name, team, platform, environment }).toEqual({ name: 'orders', team: 'commerce', platform: 'shop', environment: 'local' });
  });

  test.each<[string, RequestListener]>([
    ['throws', () => { throw new Error('secret inside'); }],
    ['rejects', async () => Promise.reject(new Error('secret inside'))],
  ])('answers 500 without telling why when its handler %s, and goes on', async (_, handler) => {
    const { http } = await started(() => ({ serve: { ...serve, http: handler } }));
    for (const path of ['/a?token=1', '/b']) {
      const response = await fetch(http + path);
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([500, 'application/json', '{"error":"internal server error"}\n']);
    }
    expect(written).toMatch(/^orders: port http: GET \/a failed: Error: secret inside\n {4}at /);
    expect(written).not.toContain('token');
  });

  test('ends a response that fails half way', async () => {
    const { http } = await started(() => ({ serve: { ...serve, http: (_, response) => {
      response.write('half');
      throw new Error('broken');
    } } }));
    await expect(fetch(http).then(async response => response.text())).rejects.toThrow();
  });

  test('closes a TCP connection whose handler fails, and goes on', async () => {
    const { numbers } = await started(() => ({ serve: { ...serve, line: async () => Promise.reject(new Error('broken')) } }));
    for (const _ of [1, 2]) expect(await textFrom(connect(numbers.line, '127.0.0.1'))).toBe('');
    expect(written).toContain('orders: port line: a connection failed: Error: broken');
  });

  test('answers what is under way before it runs stop() and is closed', async () => {
    const events: string[] = [];
    let arrived: () => void = () => undefined;
    const request = new Promise<void>(resolve => { arrived = resolve; });
    const { running, http } = await started(() => ({
      serve: { ...serve, http: (_, response) => {
        arrived();
        setTimeout(() => {
          events.push('answered');
          response.end('late');
        }, 200);
      } },
      stop: () => { events.push('stopped'); },
    }));
    const answer = fetch(http);
    await request;
    await running.close();
    expect([await (await answer).text(), events]).toEqual(['late', ['answered', 'stopped']]);
  });

  test('fails to close when its stop() fails', async () => {
    const { running } = await started(() => ({ ...nothing, stop: async () => Promise.reject(new Error('no')) }));
    open.splice(0);
    expect((await refusal(running.close(), 'STOP_FAILED')).message).toBe('orders: stop() failed: no');
  });
});

describe('the management port', () => {
  test('says that the process is alive, and whether it is ready', async () => {
    let state: boolean | Error = true;
    const { management } = await started(() => ({
      ...nothing,
      ready: () => {
        if (state instanceof Error) throw state;
        return state;
      },
    }));
    const ask = async (path: string) => {
      const response = await fetch(management + path);
      return [response.status, await response.json()];
    };
    expect(await ask('/health/live')).toEqual([200, { status: 'alive' }]);
    expect(await ask('/health/ready?probe')).toEqual([200, { status: 'ready', reasons: [] }]);
    state = false;
    expect(await ask('/health/ready')).toEqual([503, { status: 'not ready', reasons: ['ready() is false'] }]);
    state = new Error('no connection');
    expect(await ask('/health/ready')).toEqual([503, { status: 'not ready', reasons: ['ready() failed: no connection'] }]);
    expect(await ask('/health/live')).toEqual([200, { status: 'alive' }]);
  });

  test('answers before the service has started', async () => {
    const asked: unknown[] = [];
    const { management } = await freePorts('management');
    await started(async () => {
      for (const path of ['live', 'ready']) {
        const response = await fetch(`http://127.0.0.1:${management}/health/${path}`);
        asked.push(response.status, await response.json());
      }
      return nothing;
    }, { management: { port: management } });
    expect(asked).toEqual([200, { status: 'alive' }, 503, { status: 'not ready', reasons: ['starting'] }]);
  });

  test('shows metrics in the text format of Prometheus', async () => {
    const { management } = await started(() => nothing, { team: 'com"mer\\ce' });
    const response = await fetch(`${management}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const samples = text.split('\n').filter(line => line && !line.startsWith('#'));
    samples.forEach(line => expect(line).toMatch(/^[a-z_]+(\{([a-z]+="([^"\\\n]|\\["\\n])*",?)+\})? [0-9.e+-]+$/));
    const names = samples.map(line => line.split(/[{ ]/)[0]);
    expect(names).toEqual(['marty_service_info', 'process_start_time_seconds', 'process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_utilization']);
    names.forEach(name => expect(text).toMatch(new RegExp(`^# HELP ${name} .+\n# TYPE ${name} (gauge|counter)\n${name}[{ ]`, 'm')));
    expect(samples[0]).toBe('marty_service_info{service="orders",environment="local",team="com\\"mer\\\\ce",platform="shop"} 1');
    expect(Number(samples[1].split(' ')[1])).toBeCloseTo(Date.now() / 1000 - process.uptime(), -1);
  });

  test('has nothing else, and is only read', async () => {
    const { management } = await started(() => nothing);
    expect((await fetch(`${management}/`)).status).toBe(404);
    expect((await fetch(`${management}/constructor`)).status).toBe(404);
    const posted = await fetch(`${management}/health/live`, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const head = await fetch(`${management}/health/live`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '19', '']);
  });
});

describe('a client', () => {
  test('of an HTTP port is fetch, at the address of the call', async () => {
    const port = await listening(createHttpServer((request, response) => response.end(`${request.method} ${request.url} ${request.headers['x-trace']}`)));
    const { clients: { web } } = await inside(callOf('web', port));
    expect(web.origin).toBe(`http://127.0.0.1:${port}`);
    expect(await (await web.fetch('/pets?limit=2', { method: 'PUT', headers: { 'x-trace': 't' } })).text()).toBe('PUT /pets?limit=2 t');
  });

  test.each(['//127.0.0.2/x', '@127.0.0.2/x', 'http://127.0.0.2/x'])('of an HTTP port never leaves its host: %s', async path => {
    const port = await listening(createHttpServer((request, response) => response.end(request.headers.host)));
    const { clients: { web } } = await inside(callOf('web', port));
    expect(await (await web.fetch(path)).text()).toBe(`127.0.0.1:${port}`);
  });

  test('speaks TLS where the description says so', async () => {
    const { clients: { web } } = await inside(callOf('web', 8443, true));
    expect(web.origin).toBe('https://127.0.0.1:8443');
  });

  test('of an HTTP port gives up after the declared time, and says so', async () => {
    const port = await listening(createHttpServer((_, response) => { setTimeout(() => response.end(), 1500).unref(); }));
    const { clients: { web } } = await inside(callOf('web', port));
    const began = Date.now();
    const { message, cause } = await refusal(web.fetch('/slow', { signal: new AbortController().signal }), 'CALL_TIMEOUT');
    expect(message).toBe(`orders: clients.web: no answer from 127.0.0.1:${port} within 300 ms; raise timeoutMs of the call, or find out what keeps it`);
    expect((cause as Error).name).toBe('TimeoutError');
    expect(Date.now() - began).toBeLessThan(1400);
  });

  test('of an HTTP port gives up on a body that does not end, whatever the garbage collector does', async () => {
    const halfway: ServerResponse[] = [];
    const port = await listening(createHttpServer((_, response) => {
      response.write('half');
      halfway.push(response);
    }));
    const { calls } = callOf('web', port);
    const { clients: { web } } = await inside({ calls: { ...calls, web: { ...calls.web, timeoutMs: 1200 } } });
    const caller = new AbortController();
    const responses = await Promise.all(Array.from({ length: 20 }, () => web.fetch('/', { signal: caller.signal })));
    setFlagsFromString('--expose-gc');
    const collect = setInterval(runInNewContext('gc') as () => void, 50);
    const bodies = responses.map(response => response.text().catch((error: unknown) => (error as Error).name));
    const outcomes = await Promise.race([Promise.all(bodies), sleep(4000, ['still waiting'])]);
    clearInterval(collect);
    halfway.forEach(unfinished => unfinished.destroy());
    expect([...new Set(outcomes)]).toEqual(['TimeoutError']);
    expect(caller.signal.aborted).toBe(false);
  });

  test('of an HTTP port leaves the caller’s own abort and a refused connection as they are', async () => {
    const { web: closed } = await freePorts('web');
    const { clients: { web } } = await inside(callOf('web', closed));
    const abort = new AbortController();
    const reason = new Error('changed my mind');
    abort.abort(reason);
    await expect(web.fetch('/', { signal: abort.signal })).rejects.toBe(reason);
    await expect(web.fetch('/')).rejects.toThrow('fetch failed');
  });

  test('of a TCP port connects', async () => {
    const port = await listening(createServer(socket => socket.end('hello')));
    const { clients: { line } } = await inside(callOf('line', port));
    expect(await textFrom(await line.connect())).toBe('hello');
    const { line: closed } = await freePorts('line');
    await expect((await inside(callOf('line', closed))).clients.line.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('of a gRPC port can be handed around, and says when used that it is not there yet', async () => {
    const { clients } = await inside();
    const payments = await Promise.resolve(clients.payments);
    expect((await refusal(payments.charge({ cents: 1 }), 'NOT_AVAILABLE')).message)
      .toBe('orders: clients.payments.charge needs gRPC, which is not part of this version of marty-msf; offer an http port until it is');
  });
});

describe('what else is declared', () => {
  test('publish says that it is not there yet', async () => {
    const { publish } = await inside();
    expect((await refusal(publish('placed', { orderId: 'o-1' }), 'NOT_AVAILABLE')).message).toContain('orders: publish to placed needs messaging');
  });

  test('stores tell how to connect, and read their credentials anew', async () => {
    const at = folder();
    const files = { usernameFile: join(at, 'username'), passwordFile: join(at, 'password') };
    const { db, cache } = configOf(orders).stores;
    const { stores } = await inside({ stores: { db: { ...db, ...files }, cache } });
    const { credentials, ...address } = stores.db;
    expect(address).toEqual({ kind: 'postgres', host: 'localhost', port: 5432, database: 'orders_db', version: 17 });
    expect(stores.cache).toMatchObject({ kind: 'redis', host: 'localhost', port: 6379 });
    writeFileSync(files.usernameFile, 'ann');
    expect((await refusal(credentials(), 'CONFIG_INVALID')).message)
      .toBe(`orders: stores.db.passwordFile is ${files.passwordFile}, which cannot be read (ENOENT); mount the Secret orders-secrets there`);
    writeFileSync(files.passwordFile, 'first\n');
    expect(await credentials()).toEqual({ username: 'ann', password: 'first' });
    writeFileSync(files.passwordFile, 'second');
    expect((await credentials()).password).toBe('second');
  });

  test('secrets are read from their file, without the line break at the end', async () => {
    const file = join(folder(), 'stripe');
    const { secrets } = await inside({ secrets: { stripe: { file } } });
    expect((await refusal(secrets.stripe(), 'CONFIG_INVALID')).message).toContain(`secrets.stripe.file is ${file}`);
    writeFileSync(file, ' sk_1 \n\n');
    expect(await secrets.stripe()).toBe(' sk_1 \n');
  });
});

describe('a service that cannot start', () => {
  test('names everything that has no library yet', async () => {
    const { management } = await freePorts('management');
    const file = configFile({ ...configOf(unserved), management: { port: management } });
    const start = jest.fn();
    const error = await refusal(createService(unserved, start, { file, env: {}, exit: false }), 'NOT_AVAILABLE');
    expect(error.problems.map(({ path }) => path)).toEqual(['ports.grpc', 'consumes.placed']);
    expect(start).not.toHaveBeenCalled();
  });

  test('names the ports that are in use, gives back what it opened, and leaves nothing open', async () => {
    const [http, line] = await Promise.all([listening(createHttpServer()), listening(createServer())]);
    const { management } = await freePorts('management');
    const stop = jest.fn();
    const error = await refusal(started(() => ({ ...nothing, stop }), {
      ports: { http: { protocol: 'http', port: http }, line: { protocol: 'tcp', port: line } }, management: { port: management },
    }), 'START_FAILED');
    expect([...error.problems].sort((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'ports.http.port', message: `is ${http}, which is in use; stop what listens there, or choose another number` },
      { path: 'ports.line.port', message: `is ${line}, which is in use; stop what listens there, or choose another number` },
    ]);
    expect(stop).toHaveBeenCalledTimes(1);
    await expect(fetch(`http://127.0.0.1:${management}/health/live`)).rejects.toThrow('fetch failed');
  });

  test('names the management port when that is in use', async () => {
    const port = await listening(createHttpServer());
    const { problems } = await refusal(started(() => nothing, { management: { port } }), 'START_FAILED');
    expect(problems[0].path).toBe('management.port');
  });

  test('says what its start function threw', async () => {
    const cause = new Error('no database');
    const error = await refusal(started(async () => Promise.reject(cause)), 'START_FAILED');
    expect([error.message, error.cause]).toEqual(['orders: its start function failed: no database', cause]);
  });

  test('names the ports without handler and the handlers without port', async () => {
    const error = await refusal(started((() => ({ serve: { htpp: () => undefined, line: 'x' } })) as never), 'START_FAILED');
    expect(error.problems).toEqual([
      { path: 'serve.http', message: 'is missing, expected a function that serves the port http' },
      { path: 'serve.line', message: 'is string, expected a function that serves the port line' },
      { path: 'serve.htpp', message: 'serves no port of the description, expected http, line' },
    ]);
    await refusal(started((() => undefined) as never), 'START_FAILED');
  });
});
