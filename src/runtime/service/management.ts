import { createServer, type Server } from 'node:http';
import { management } from '../../spec/ports';
import type { RuntimeConfig } from '../../spec/runtime-config';
import { metricsOf } from './metrics';
import { messageOf } from './report';

/** Where a service is in its life, as its checks tell it. */
export interface Life {
  phase: 'starting' | 'serving' | 'stopping';
  /** What the service says of itself. */
  ready?: () => boolean | Promise<boolean>;
}

interface Answer { readonly status: number; readonly type: string; readonly body: string }

/** The server of the management port: liveness, readiness, metrics. */
export function managementServer(service: RuntimeConfig, life: Life): Server {
  const pages: Readonly<Record<string, () => Answer | Promise<Answer>>> = {
    [management.live]: () => json(200, { status: 'alive' }),
    [management.ready]: async () => {
      const reasons = await unreadiness(life);
      return json(reasons.length ? 503 : 200, { status: reasons.length ? 'not ready' : 'ready', reasons });
    },
    [management.metrics]: () => ({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: metricsOf(service) }),
  };
  const answerTo = async (method: string | undefined, path: string): Promise<Answer> => {
    if (!Object.hasOwn(pages, path)) return json(404, { error: `nothing here; there is ${Object.keys(pages).join(', ')}` });
    return method === 'GET' || method === 'HEAD' ? pages[path]() : json(405, { error: 'expected GET or HEAD' });
  };
  return createServer((request, response) => {
    request.resume();
    void answerTo(request.method, (request.url ?? '').split('?')[0]).then(({ status, type, body }) => {
      response.writeHead(status, {
        'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  });
}

async function unreadiness({ phase, ready }: Life): Promise<string[]> {
  if (phase !== 'serving') return [phase];
  try {
    return await ready?.() === false ? ['ready() is false'] : [];
  } catch (error) {
    return [`ready() failed: ${messageOf(error)}`];
  }
}

const json = (status: number, body: object): Answer => ({ status, type: 'application/json', body: `${JSON.stringify(body)}\n` });
