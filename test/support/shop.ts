import { definePlatform } from '../../src/spec';
import { checkMicroservice } from '../../src/spec/define-microservice';
import type { Problem } from '../../src/errors';
import type { EnvironmentInput } from '../../src/spec';

/** Every fact that some service may need. */
export const allFacts = {
  kubernetes: '1.37',
  domain: 'shop.example',
  zones: 3,
  gateway: { name: 'public', namespace: 'gateways' },
  secretStore: { name: 'vault' },
  stores: { postgres: { at: { namespace: 'databases' } }, redis: { at: { host: 'redis.shop.example', cidrs: ['10.20.1.0/24'] } } },
  kafka: { at: { namespace: 'kafka' } },
} as const satisfies EnvironmentInput;

/** A small platform: one environment names every fact, the other nothing but what it must. */
export const shop = definePlatform({
  name: 'shop',
  environments: { dev: { kubernetes: '1.28', domain: 'dev.shop.example' }, production: allFacts },
});

/** As little as a service can say. */
export const minimal = { name: 'api', team: 'web', image: 'ghcr.io/shop/api' } as const;

/** The problems of the JSON form of a service that says little but these fields. */
export function problemsWith(fields: object): Problem[] {
  return checkMicroservice(shop, { ...minimal, ...fields }).problems;
}
