import { createService } from 'marty-msf/runtime/service';
import { web } from '../fleet';

void createService(web, ({ clients }) => ({
  serve: {
    http: async (request, response) => {
      const answer = await clients.greetings.fetch(request.url ?? '/');
      const { greeting } = await answer.json() as { greeting: string };
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<h1>${greeting.replace(/[<&]/g, character => `&#${character.charCodeAt(0)};`)}</h1>\n`);
    },
  },
}), { host: process.env.HOST });
