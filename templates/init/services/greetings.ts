import { createService } from 'marty-msf/runtime/service';
import { greetings } from '../fleet';

void createService(greetings, ({ config }) => ({
  serve: {
    http: (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://greetings');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ greeting: `${config.greeting}, ${decodeURIComponent(pathname.slice(1)) || 'world'}` }));
    },
  },
}), { host: process.env.HOST });
