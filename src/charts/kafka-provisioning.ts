import { Construct } from 'constructs';
import { NetworkPolicy } from '../k8s';
import { RawObject } from '../k8s/raw-object';
import { existingKafkaOf, existingKafkaProblems, existingObjectsOf, kafkaPeersOf, provisioningPodsOf } from '../kafka';
import { MartyError } from '../errors';
import { dnsOf } from '../spec/access';
import type { KafkaClusterProps } from './kafka-cluster';
import type { RawObject as Manifest } from '../spec/patches';

/**
 * Defines what makes topics, permissions and users in a Kafka that exists already. A `PlatformChart` has one where its environment refers to
 * such a Kafka and says what is provisioned.
 *
 * @throws PLATFORM_INVALID when the environment says nothing of the kind, or it cannot be done.
 */
export class KafkaProvisioning extends Construct {
  constructor(scope: Construct, id: string, { platform, environment, services }: KafkaClusterProps) {
    const kafka = existingKafkaOf(platform, environment, services);
    const problems = existingKafkaProblems(kafka);
    if (problems.length) throw new MartyError('PLATFORM_INVALID', `the Kafka of ${environment} cannot be provisioned:`, { problems });
    super(scope, id);
    const { namespace, port, facts } = kafka;
    for (const manifest of existingObjectsOf(kafka)) {
      new RawObject(this, `${manifest.kind}-${manifest.metadata.name ?? ''}`, { manifest: manifest as Manifest, namespace });
    }
    const { name, labels, matchLabels } = provisioningPodsOf(kafka);
    new NetworkPolicy(this, 'NetworkPolicy', {
      target: { apiVersion: 'v1', kind: 'Pod', name, matchLabels, metadata: { namespace } }, labels, dns: facts.dns,
      ingress: [], egress: [dnsOf(kafka), ...kafkaPeersOf(kafka).map(peer => ({ peer, ports: [{ port, protocol: 'TCP' as const }] }))],
    });
  }
}
