import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createService } from '../../../src/runtime/service';
import { quotesV1 } from '../fleet';

// The first version of the service, started by the tests with the ConfigMap of this and of other versions.
void createService(quotesV1, async ({ config, environment }) => {
  if (process.env.START === 'slow') {
    await sleep(1500);
    process.stdout.write('started\n');
  }
  return parts(config, environment);
}, { host: '127.0.0.1' });

const parts = (config: { readonly maxItems: number }, environment: string) => ({
  serve: {
    http: async (request: IncomingMessage, response: ServerResponse) => {
      if (request.url === '/slow') await sleep(2500);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ maxItems: config.maxItems, environment, url: request.url }));
    },
  },
  stop: () => {
    process.stdout.write('stopped after the last answer\n');
    if (process.env.STOP === 'fails') throw new Error('the pool would not close');
    if (process.env.STOP === 'hangs') return new Promise(resolve => { createServer().listen(0, '127.0.0.1').once('close', resolve); });
    return undefined;
  },
});
