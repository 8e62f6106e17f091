import { z } from 'zod';
import { definePlatform, type MicroserviceSpec } from '../../src/spec';
import { explain } from '../../src/spec/explain';

const platform = definePlatform({
  name: 'shop',
  environments: {
    'dev': { kubernetes: '1.37', domain: 'dev.example' },
    'production': { kubernetes: '1.37', domain: 'shop.example', zones: 3 },
    'production-eu': { extends: 'production', domain: 'eu.example' },
  },
});
const services = [platform.with({ tier: 1 }).microservice({
  name: 'api', team: 'web', image: 'api',
  scale: platform.per({ default: { replicas: 2 }, production: { min: 2, max: 4 } }),
  config: { schema: z.object({ deep: z.object({ a: z.int(), b: z.int() }) }), values: { 'default': { deep: { a: 1, b: 1 } }, 'production': { deep: { b: 2 } }, 'production-eu': { deep: { b: 3 } } } },
}) as unknown as MicroserviceSpec];

const told = (environment: string, path: string) => explain(services, environment, path).layers.map(({ name, value, wins }) => `${wins ? '* ' : ''}${name}: ${JSON.stringify(value)}`);

describe('who set a value', () => {
  test.each([
    ['a built-in default', 'dev', 'api.health.periodSeconds', ['* built-in default: 10']],
    ['the service', 'dev', 'api.team', ['* the service: "web"']],
    ["the team's defaults", 'dev', 'api.tier', ["* the team's defaults: 1"]],
    ['an environment', 'production', 'api.scale.max', ['* production, said by the service: 4']],
    ['the default for environments', 'dev', 'api.scale.replicas', ['* default, said by the service: 2']],
    ['the environment that is extended', 'production-eu', 'api.scale.min', ['* production, said by the service: 2']],
    ['layers of configuration, the one that counts last', 'production-eu', 'api.config.deep.b', ['default: 1', 'production: 2', '* production-eu: 3']],
    ['the layer of configuration that says it', 'production-eu', 'api.config.deep.a', ['* default: 1']],
    ['facts of environments', 'production-eu', 'environment.domain', ['production: "shop.example"', '* production-eu: "eu.example"']],
    ['facts that nobody names', 'dev', 'environment.zones', ['* built-in default: 1']],
  ])('is told: %s', (_, environment, path, lines) => {
    expect(told(environment, path)).toEqual(lines);
  });

  test('comes with the value that counts', () => {
    expect(explain(services, 'production-eu', 'api.config.deep.b').value).toBe(3);
    expect(explain(services, 'production', 'api.scale').value).toEqual({ min: 2, max: 4 });
  });

  test.each([
    ['a service that is none', 'dev', 'apo.scale', 'path: begins with "apo", expected environment or one of api; did you mean api?'],
    ['a field that is none', 'dev', 'api.scael', 'path: nothing is said at "api.scael"'],
    ['a field that is nearly one', 'dev', 'api.scael', 'did you mean scale?'],
    ['a fact that is none', 'dev', 'environment.region', 'path: the environment dev names no fact "region"'],
    ['an environment that is none', 'test', 'api.scale', 'environment: is "test", expected one of dev, production, production-eu'],
  ])('is refused for %s', (_, environment, path, message) => {
    expect(() => explain(services, environment, path)).toThrow(message);
  });
});
