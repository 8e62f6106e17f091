import { kafkaNames } from '../spec/kafka';
import { waiverAnnotations } from '../spec/waivers';
import { accessOf } from './access';
import { addressesOf } from './addresses';
import { besideObjectsOf } from './beside/objects';
import { certificatesOf } from './certificates';
import { workerObjectsOf } from './connect/objects';
import { metadataOf, type KafkaCluster, type KafkaSurroundings } from './cluster';
import { externalOf } from './external';
import { filesOf } from './files';
import { identityOf } from './identity';
import { lagObjectsOf } from './lag';
import { monitoringOf } from './monitoring';
import { disruptionsOf, nodeSetManifestsOf } from './node-sets';
import { provisioningOf } from './provisioning';
import { strimziObjectsOf } from './strimzi/objects';
import { waiversOf } from './waivers';
import type { ServiceAccount } from '../imports/kubernetes';
import type { Waiver } from '../spec/waivers';

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
  return (objects as KafkaObject[]).map(object => waived(object, waiversOf(object, cluster)));
}

/** A Kafka without an operator. */
function plainObjectsOf(cluster: KafkaCluster) {
  return [
    accountOf(cluster), identityOf(cluster), ...certificatesOf(cluster), ...filesOf(cluster), ...addressesOf(cluster), ...accessOf(cluster),
    ...nodeSetManifestsOf(cluster), ...disruptionsOf(cluster), ...externalOf(cluster), ...monitoringOf(cluster), ...provisioningOf(cluster),
    ...lagObjectsOf(cluster), ...workerObjectsOf(cluster),
  ];
}

/** An object with what it says about rules that it does not keep. */
export function waived(object: KafkaObject, waivers: readonly Waiver[]): KafkaObject {
  const annotations = waiverAnnotations(waivers, object.kind);
  if (!Object.keys(annotations).length) return object;
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } } };
}

/** Nobody in the pods calls the API of the cluster, so the account has no permission and its token is given to nobody. */
export function accountOf(cluster: KafkaSurroundings): ServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataOf(cluster, kafkaNames.bootstrap), automountServiceAccountToken: false };
}
