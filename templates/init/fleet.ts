import { z } from 'zod';
import { definePlatform, http } from 'marty-msf/spec';

/** The environments, named once: everything below is checked against these names. */
const platform = definePlatform({
  name: '__name__',
  environments: {
    dev: { kubernetes: '1.37', domain: 'dev.__name__.example' },
    production: { kubernetes: '1.37', domain: '__name__.example', zones: 3 },
  },
});
const { per, to } = platform;

export const greetings = platform.microservice({
  name: 'greetings',
  team: 'hello',
  image: 'ghcr.io/__name__/greetings',
  ports: { http: http(8080) },
  config: {
    schema: z.object({ greeting: z.string(), languages: z.array(z.string()).min(1) }),
    values: {
      default: { greeting: 'Hello', languages: ['en'] },
      production: { greeting: 'Welcome' },
    },
    reloadable: ['greeting'],
  },
  scale: per({ dev: { replicas: 1 }, production: { min: 3, max: 9 } }),
});

export const web = platform.microservice({
  name: 'web',
  team: 'hello',
  image: 'ghcr.io/__name__/web',
  ports: { http: http(8080) },
  calls: { greetings: to(greetings, 'http', { timeoutMs: per({ default: 2000, production: 500 }), idempotent: true }) },
  scale: per({ dev: { replicas: 1 }, production: { min: 3, max: 9 } }),
});

export const services = [greetings, web];
export const environments = platform.environmentNames;
