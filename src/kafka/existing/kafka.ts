import { MartyError } from '../../errors';
import { isOwnKafka } from '../../spec/kafka';
import { hostOf } from '../../spec/names';
import { clusterPeersOf, type Peer } from '../../spec/peers';
import { surroundingsOf, type KafkaSurroundings } from '../cluster';
import type { PlatformSpec } from '../../spec/environments';
import type { ExistingKafkaSpec, KafkaProvisionSpec } from '../../spec/kafka-existing';
import type { SettledService } from '../../spec/settle';

/** A Kafka that exists already, with what is made in it and for whom. */
export interface ExistingKafka extends KafkaSurroundings {
  readonly spec: KafkaProvisionSpec;
  readonly at: ExistingKafkaSpec['at'];
  readonly port: number;
}

/**
 * The Kafka that an environment refers to, with the services that use it.
 *
 * @throws PLATFORM_INVALID when it refers to none, or nothing is made in it.
 */
export function existingKafkaOf(platform: PlatformSpec, environment: string, services: readonly SettledService[]): ExistingKafka {
  const surroundings = surroundingsOf(platform, environment, services);
  const { kafka } = surroundings.facts;
  if (!kafka || isOwnKafka(kafka) || !kafka.provision) {
    throw new MartyError('PLATFORM_INVALID', `environments.${environment}.kafka: is ${kafka ? 'none that is provisioned' : 'not named'}, expected one that exists: { at: …, provision: { … } }`);
  }
  return { ...surroundings, spec: kafka.provision, at: kafka.at, port: kafka.port };
}

/** Where clients begin. */
export function addressOf({ at, port, facts }: ExistingKafka): string {
  return `${'host' in at ? at.host : hostOf(at.service ?? 'kafka', at.namespace, facts.clusterDomain)}:${port}`;
}

/** How network policies name it; in no way where they have none. */
export const kafkaPeersOf = ({ at, facts }: ExistingKafka): Peer[] => clusterPeersOf(at, facts);
