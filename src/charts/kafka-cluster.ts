import { Construct } from 'constructs';
import { RawObject } from '../k8s/raw-object';
import { kafkaClusterOf, kafkaProblems, objectsOf } from '../kafka';
import { MartyError } from '../errors';
import type { KafkaClusterSpec } from '../spec/kafka';
import type { RawObject as Manifest } from '../spec/patches';
import type { SettledService } from '../spec/settle';
import type { PlatformSpec } from '../spec/environments';

export interface KafkaClusterProps {
  /** The platform, whose environment says what the Kafka is like. */
  readonly platform: PlatformSpec;
  /** The environment. */
  readonly environment: string;
  /** The services of the platform, as they are there; those that send or receive messages become users. */
  readonly services: readonly SettledService[];
}

/**
 * Defines the Kafka of a platform in KRaft mode: its nodes, certificates, topics, users and permissions. A `PlatformChart` has one where its
 * environment describes one.
 *
 * @throws PLATFORM_INVALID when the environment describes none, or the services cannot use it.
 * @see https://kafka.apache.org/43/operations/kraft/
 */
export class KafkaCluster extends Construct {
  /** What the Kafka is like. */
  readonly spec: KafkaClusterSpec;

  constructor(scope: Construct, id: string, { platform, environment, services }: KafkaClusterProps) {
    const cluster = kafkaClusterOf(platform, environment, services);
    const problems = kafkaProblems(cluster);
    if (problems.length) throw new MartyError('PLATFORM_INVALID', `the Kafka cannot run in ${environment}:`, { problems });
    super(scope, id);
    this.spec = cluster.spec;
    for (const manifest of objectsOf(cluster)) {
      new RawObject(this, `${manifest.kind}-${manifest.metadata.name ?? ''}`, { manifest: manifest as Manifest, namespace: cluster.namespace });
    }
  }
}
