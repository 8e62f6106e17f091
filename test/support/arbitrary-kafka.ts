import { factsOf, type PlatformSpec } from '../../src/spec/environments';
import { arbitraryPlain, arbitraryStrimzi } from './arbitrary-kafka-operator';
import { isOwnKafka } from '../../src/spec/kafka';
import type { EnvironmentInput } from '../../src/spec';
import type { Description } from '../../src/spec/description';
import type { Dice } from './dice';

type Kafka = Extract<NonNullable<EnvironmentInput['kafka']>, { version: string }>;

/** A Kafka of the platform's own, alone with what an environment has to say for it. */
export function arbitraryKafka(dice: Dice): Kafka {
  const version = dice.pick('kafka-version', ['4.3.1', '3.9.2'] as const);
  const controllers = dice.pick('kafka-controllers', [3, 'combined', 5] as const);
  const nodes = controllers !== 'combined';
  const zones = nodes && dice.pick('kafka-zones', [true, false]) ? Array.from({ length: dice.count(3, 5) }, () => dice.label('kafka-zone', 24)) : undefined;
  const sizes = (least: number) => ({
    ...(dice.maybe() ? { memoryMiB: dice.int(least, 32_768) } : {}), ...(dice.maybe() ? { cpuMillis: dice.int(50, 4000) } : {}),
  });
  return {
    version,
    ...(dice.maybe() ? { metadataVersion: version === '3.9.2' ? '3.9' as const : dice.pick('kafka-metadata', ['4.3', '3.9'] as const) } : {}),
    ...(controllers === 3 && dice.pick('kafka-usual', [false, true]) ? {} : { controllers }),
    ...(zones ? { zones } : {}),
    ...(dice.maybe() ? { brokersPerZone: nodes ? dice.int(zones ? 1 : 3, 10) : 1 } : {}),
    ...(dice.maybe() ? { storage: { ...(dice.maybe() ? { brokerGiB: dice.int(1, 100) } : {}), ...(dice.maybe() ? { controllerGiB: dice.int(1, 100) } : {}), ...(dice.maybe() ? { class: 'fast' } : {}) } } : {}),
    ...(dice.maybe() ? { broker: sizes(1024) } : {}),
    ...(dice.maybe() ? { controller: sizes(512) } : {}),
    ...(dice.maybe() ? { topics: {
      ...(dice.maybe() ? { replication: nodes ? 3 : 1 } : {}), ...(dice.maybe() ? { minInsync: nodes ? dice.int(1, 2) : 1 } : {}), ...(dice.maybe() ? { retentionMs: dice.pick('kafka-retention', [-1, 86_400_000]) } : {}),
    } } : {}),
    ...(dice.maybe() ? { quotas: {
      ...(dice.maybe() ? { producerBytesPerSecond: dice.int(1, 2 ** 30) } : {}),
      ...(dice.maybe() ? { consumerBytesPerSecond: dice.int(1, 2 ** 30) } : {}),
    } } : {}),
    ...(dice.maybe() ? { config: dice.pick<NonNullable<Kafka['config']>>('kafka-config', [{ 'num.replica.fetchers': 2 }, { 'log.cleaner.threads': 2, 'delete.topic.enable': false }, { 'compression.type': 'zstd' }]) } : {}),
    ...(nodes && dice.maybe() ? { external: arbitraryExternal(dice) } : {}),
    ...(version === '4.3.1' && dice.pick('kafka-operator', ['strimzi', 'plain']) === 'strimzi' ? arbitraryStrimzi(dice) : arbitraryPlain(dice)),
    ...(dice.maybe() ? { beside: { ...(dice.maybe() ? { schemaRegistry: dice.pick('registry-beside', [true, false]) } : {}), ...(dice.maybe() ? { ui: dice.pick('ui-beside', [true, false]) } : {}), ...(dice.maybe() ? { lag: dice.pick('lag-beside', [false, true]) } : {}) } } : {}),
  };
}

function arbitraryExternal(dice: Dice): NonNullable<Kafka['external']> {
  const kind = dice.pick('kafka-external', ['load-balancer', 'node-port', 'tls-route'] as const);
  const domain = 'kafka.acme.example';
  switch (kind) {
    case 'load-balancer': return { kind, domain, ...(dice.maybe() ? { annotations: { 'acme.example/balancer': 'network' } } : {}) };
    case 'node-port': return { kind, domain, ...(dice.maybe() ? { port: dice.int(30_000, 32_600) } : {}) };
    case 'tls-route': return { kind, domain, ...(dice.pick('kafka-route-port', [true, true, false]) ? { port: dice.int(1, 65_535) } : {}) };
  }
}

/** The same fleet with facts that its Kafkas can run with, wherever they come from an environment that another one extends. */
export function withFittingKafka(document: Description): Description {
  let environments = document.platform.environments as PlatformSpec['environments'];
  let own = false;
  for (const name of Object.keys(environments)) {
    const facts = factsOf({ name: 'any', environments }, name);
    if (!facts.kafka || !(isOwnKafka(facts.kafka) || facts.kafka.provision)) continue;
    own = true;
    const store = !facts.secretStore || facts.secretStore.kind === 'csi' ? { secretStore: { kind: 'existing' as const } } : {};
    if (!isOwnKafka(facts.kafka)) {
      environments = { ...environments, [name]: { ...environments[name], ...store } };
      continue;
    }
    const { cpuLimit: _cpuLimit, ...quota } = facts.quota;
    const routed = facts.kafka.external?.kind === 'tls-route';
    const fitting = {
      quota,
      containerDefaults: { ...facts.containerDefaults, cpuLimitMillis: 'none' as const },
      ...store,
      ...(facts.kubernetes < '1.30' && (routed || facts.kafka.operator === 'strimzi') ? { kubernetes: '1.30' as const } : {}),
      ...(routed && !(facts.gateway && 'name' in facts.gateway) ? { gateway: { name: 'edge', namespace: 'gateways' } } : {}),
    };
    environments = { ...environments, [name]: { ...environments[name], ...fitting } };
  }
  const sent = new Set(document.services.flatMap(({ produces = {} }) => Object.values(produces)));
  // One copy is too few where there are several brokers.
  const topics = document.topics?.map(({ replication: _replication, ...topic }) => ({ ...topic, producedElsewhere: !sent.has(topic.name) }));
  return own ? { ...document, platform: { ...document.platform, environments: environments as Description['platform']['environments'] }, ...(topics ? { topics } : {}) } : document;
}
