import { definePlatform, type EnvironmentInput } from '../../src/spec';
import { settleService } from '../../src/spec/settle';
import { kafkaClusterOf, type KafkaCluster } from '../../src/kafka/cluster';

type Written = Extract<NonNullable<EnvironmentInput['kafka']>, { version: string }>;

/** A platform with a Kafka, two services that send and receive, and one that does neither. */
export function kafkaPlatform(kafka: NonNullable<EnvironmentInput['kafka']>, facts: Partial<EnvironmentInput> = {}, topic: object = {}) {
  const platform = definePlatform({
    name: 'bank', environments: { production: { kubernetes: '1.37', domain: 'bank.example', secretStore: { name: 'vault' }, kafka, ...facts } },
  });
  const transfers = platform.topic('transfers', { message: { type: 'object', properties: { id: { type: 'string' } } } as never, key: 'id' as never, partitions: 6, ...topic });
  const usual = { team: 'money', image: 'ghcr.io/bank/any' } as const;
  const services = [
    platform.microservice({ ...usual, name: 'ledger', produces: { transfers } }),
    platform.microservice({ ...usual, name: 'fraud', consumes: { transfers } }),
    platform.microservice({ ...usual, name: 'web' }),
  ];
  return { platform, services };
}

/** A Kafka as its objects are made from it. */
export function kafkaCluster(kafka: Written, facts: Partial<EnvironmentInput> = {}, topic: object = {}): KafkaCluster {
  const { services } = kafkaPlatform(kafka, facts, topic);
  return kafkaClusterOf(services[0].platform, 'production', services.map(service => settleService(service, 'production')));
}

export const zoned = { version: '4.3.1', zones: ['a', 'b', 'c'], formed: true } as const;
