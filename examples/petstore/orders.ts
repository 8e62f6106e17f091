import { createService } from 'marty-msf/runtime/service';
import { orders } from './fleet';

/** The process of orders: it has what its description declares, typed, and nothing else. */
void createService(orders, ({ config, environment }) => ({
  serve: {
    http: (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://orders');
      const items = Number(searchParams.get('items') ?? 1);
      const answer = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (pathname !== '/orders') answer(404, { error: 'not found' });
      else if (items > config.maxItems) answer(422, { error: `at most ${config.maxItems} items` });
      else answer(200, { environment, currency: config.currency, limits: config.limits });
    },
  },
}));
