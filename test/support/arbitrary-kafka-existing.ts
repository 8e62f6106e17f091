import type { EnvironmentInput } from '../../src/spec';
import type { Dice } from './dice';

type Provision = NonNullable<Extract<NonNullable<EnvironmentInput['kafka']>, { at: object }>['provision']>;

/** What may be made in a Kafka that exists. @param services those that send or receive messages. */
export function arbitraryProvision(dice: Dice, services: readonly string[]): Provision {
  const scram = dice.pick('provision-scram', [true, false]);
  const users = dice.pick('provision-users', [false, true]) && scram;
  return {
    ...(scram ? dice.maybe() ? { login: dice.pick('provision-login', ['scram-sha-512', 'scram-sha-256'] as const) } : {} : { login: dice.pick('provision-login', ['plain', 'certificate'] as const) }),
    ...(dice.maybe() ? { secret: 'kafka/admin' } : {}),
    ...(dice.maybe() ? { trust: dice.pick('provision-trust', ['public', 'secret'] as const) } : {}),
    ...(users || dice.maybe() ? { users } : {}),
    ...(dice.maybe() ? { acls: dice.pick('provision-acls', [true, false]) } : {}),
    ...(!users && dice.maybe() ? { principals: Object.fromEntries(services.slice(0, 2).map(name => [name, `CN=${name}`])) } : {}),
    ...(dice.maybe() ? { quotas: {
      ...(dice.maybe() ? { producerBytesPerSecond: dice.int(1, 2 ** 30) } : {}),
      ...(dice.maybe() ? { consumerBytesPerSecond: dice.int(1, 2 ** 30) } : {}),
    } } : {}),
    ...(dice.maybe() ? { topics: {
      ...(dice.maybe() ? { replication: dice.int(3, 9) } : {}), ...(dice.maybe() ? { minInsync: dice.int(1, 2) } : {}),
    } } : {}),
    ...(dice.maybe() ? { version: dice.pick('provision-version', ['4.3.1', '3.9.2'] as const) } : {}),
    ...(dice.maybe() ? { image: 'registry.acme.example/kafka' } : {}),
  };
}
