import { kafkaNames } from '../spec/kafka';
import { waiverAnnotations } from '../spec/waivers';
import { accessOf } from './access';
import { addressesOf } from './addresses';
import { besideObjectsOf } from './beside/objects';
import { certificatesOf } from './certificates';
import { metadataOf, type KafkaCluster } from './cluster';
import { externalOf } from './external';
import { filesOf } from './files';
import { identityOf } from './identity';
import { monitoringOf } from './monitoring';
import { disruptionsOf, nodeSetManifestsOf } from './node-sets';
import { provisioningOf } from './provisioning';
import { strimziObjectsOf } from './strimzi/objects';
import type { ServiceAccount } from '../imports/kubernetes';

/** An object as it is written, with the name by which patches know it. */
export interface KafkaObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>> };
}

/** Everything that makes a Kafka of its own on Kubernetes, and what stands beside it. */
export function objectsOf(cluster: KafkaCluster): KafkaObject[] {
  const beside = besideObjectsOf(cluster);
  const objects = cluster.spec.operator === 'strimzi'
    ? [...(beside.length ? [accountOf(cluster)] : []), ...strimziObjectsOf(cluster), ...beside]
    : [...plainObjectsOf(cluster), ...beside];
  return (objects as KafkaObject[]).map(object => waived(object, cluster));
}

/** A Kafka without an operator. */
function plainObjectsOf(cluster: KafkaCluster) {
  return [
    accountOf(cluster), identityOf(cluster), ...certificatesOf(cluster), ...filesOf(cluster), ...addressesOf(cluster), ...accessOf(cluster),
    ...nodeSetManifestsOf(cluster), ...disruptionsOf(cluster), ...externalOf(cluster), ...monitoringOf(cluster), ...provisioningOf(cluster),
  ];
}

/** What the rules say of Kafka that is meant. */
function waived(object: KafkaObject, { facts }: KafkaCluster): KafkaObject {
  const annotations = waiverAnnotations([
    { rule: 'container-cpu-limit', reason: 'Kafka needs a core for moments only, and being slowed down then looks like being gone' },
    ...(object.kind === 'Job' ? [{ rule: 'network-ungoverned-pod' as const, reason: 'nobody calls it, so that its policy has rules for what it calls alone' }] : []),
    ...(facts.security === 'restricted' ? [{ rule: 'container-low-user-id' as const, reason: 'it is the user to whom everything belongs in the image of Kafka' }] : []),
  ], object.kind);
  if (!Object.keys(annotations).length) return object;
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } } };
}

/** Nobody in the pods calls the API of the cluster, so the account has no permission and its token is given to nobody. */
function accountOf(cluster: KafkaCluster): ServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataOf(cluster, kafkaNames.bootstrap), automountServiceAccountToken: false };
}
