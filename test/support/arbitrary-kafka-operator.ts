import type { EnvironmentInput } from '../../src/spec';
import type { Dice } from './dice';

type Kafka = Extract<NonNullable<EnvironmentInput['kafka']>, { version: string }>;

/** What can be said of a Kafka that needs no operator. */
export function arbitraryPlain(dice: Dice): Partial<Kafka> {
  return {
    ...(dice.maybe() ? { operator: 'plain' } : {}),
    ...(dice.maybe() ? { issuer: { name: dice.label('kafka-issuer', 63), ...(dice.maybe() ? { kind: dice.pick('kafka-issuer-kind', ['ClusterIssuer', 'Issuer'] as const) } : {}) } } : {}),
    ...(dice.maybe() ? { formed: dice.pick('formed', [true, false]) } : {}),
    ...(dice.maybe() ? { image: 'registry.acme.example/kafka' } : {}),
    ...(dice.maybe() ? { clusterId: 'MkU3OEVBNTcwNTJENDM2Qg' } : {}),
    ...arbitraryWorkers(dice),
  };
}

/** What can be said of a Kafka that Strimzi runs. */
export function arbitraryStrimzi(dice: Dice): Partial<Kafka> {
  return {
    operator: 'strimzi',
    ...(dice.maybe() ? { apiServer: { ...(dice.maybe() ? { cidrs: ['10.96.0.1/32'] } : {}), ...(dice.maybe() ? { ports: [6443] } : {}) } } : {}),
    ...arbitraryWorkers(dice),
  };
}

function arbitraryWorkers(dice: Dice): Pick<Kafka, 'connect' | 'mirror'> {
  const mirrored = dice.pick('mirror', [true, false]);
  return { ...(dice.maybe() ? { connect: arbitraryConnect(dice, mirrored) } : {}), ...(mirrored ? { mirror: arbitraryMirror(dice) } : {}) };
}

const workers = (dice: Dice) => ({
  ...(dice.maybe() ? { replicas: dice.int(1, 20) } : {}), ...(dice.maybe() ? { memoryMiB: dice.int(512, 8192) } : {}),
  ...(dice.maybe() ? { cpuMillis: dice.int(50, 4000) } : {}),
});

/** Its topics are those of no service: what is copied brings them, or it has none. */
function arbitraryConnect(dice: Dice, mirrored: boolean): NonNullable<Kafka['connect']> {
  return {
    ...(dice.maybe() ? { image: { repository: 'ghcr.io/acme/connect', version: dice.pick('connect-version', ['1.0.0', `sha256:${'0a'.repeat(32)}`]) } } : {}),
    ...workers(dice),
    ...(dice.maybe() ? { reads: mirrored ? ['copied.orders'] : [] } : {}), ...(dice.maybe() ? { writes: mirrored ? ['copied.orders'] : [] } : {}),
    ...(dice.maybe() ? { config: dice.pick<Record<string, string | number | boolean>>('connect-config', [{ 'scheduled.rebalance.max.delay.ms': 60_000 }, { 'errors.log.enable': true }, { 'key.converter': 'org.apache.kafka.connect.storage.StringConverter' }]) } : {}),
  };
}

function arbitraryMirror(dice: Dice): NonNullable<Kafka['mirror']> {
  return {
    source: {
      alias: dice.label('mirror', 20),
      at: dice.pick('mirror-at', [
        { namespace: 'old-kafka', service: 'kafka', labels: { app: 'kafka' }, ownPolicy: true as const }, { host: 'kafka.old.example', cidrs: ['198.51.100.0/24'] }, { host: 'kafka.old.example', cidrs: 'internet' as const },
        { namespace: 'old-kafka' }, ...['a', 'b', 'c'].flatMap(name => [
          { host: `${name}.example`, cidrs: 'internet' as const }, { host: `${name}.example`, cidrs: ['203.0.113.0/24'] },
        ]),
      ]),
      ...(dice.maybe() ? { port: dice.int(1, 65_535) } : {}),
      user: 'mirror',
    },
    ...(dice.maybe() ? { topics: 'orders\\..*' } : {}), ...(dice.maybe() ? { groups: 'orders' } : {}),
    ...(dice.maybe() ? { keepNames: dice.pick('keep-names', [true, false]) } : {}),
    ...workers(dice),
    ...(dice.maybe() ? { tasks: dice.int(1, 1000) } : {}),
  };
}
