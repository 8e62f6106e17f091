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
import { waiversOf } from './waivers';
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

function waived(object: KafkaObject, cluster: KafkaCluster): KafkaObject {
  const annotations = waiverAnnotations(waiversOf(object, cluster), object.kind);
  if (!Object.keys(annotations).length) return object;
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } } };
}

/** Nobody in the pods calls the API of the cluster, so the account has no permission and its token is given to nobody. */
function accountOf(cluster: KafkaCluster): ServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataOf(cluster, kafkaNames.bootstrap), automountServiceAccountToken: false };
}
