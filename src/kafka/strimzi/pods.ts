import { hardenedOf, outsideMeshOf, restricted } from '../pods';
import type { KafkaCluster } from '../cluster';
import type { KafkaSpecEntityOperatorTemplatePod, KafkaSpecKafkaTemplateKafkaContainerSecurityContext } from '../../imports/strimzi';

/** The user of Strimzi's images. */
const user = 1001;

/** Containers of Strimzi may do as little as ours. */
export const containerTemplate: { readonly securityContext: KafkaSpecKafkaTemplateKafkaContainerSecurityContext } = {
  securityContext: restricted,
};

/** Pods as restricted as those of our own; their account is Strimzi's, which gives them a token for the Secrets that they read. */
export function podTemplateOf(cluster: KafkaCluster, labels: Readonly<Record<string, string>> = {}): KafkaSpecEntityOperatorTemplatePod {
  const { serviceAccountName: _account, automountServiceAccountToken: _token, securityContext, ...fields } = hardenedOf(cluster, []).fields;
  const marks = outsideMeshOf(cluster);
  const all = { ...marks.labels, ...labels };
  const metadata = {
    ...(Object.keys(all).length ? { labels: all } : {}),
    ...(Object.keys(marks.annotations).length ? { annotations: marks.annotations } : {}),
  };
  const { runAsUser: _user, runAsGroup: _group, fsGroup: _fsGroup, ...rest } = securityContext ?? {};
  return {
    ...(Object.keys(metadata).length ? { metadata } : {}),
    ...(fields as Pick<KafkaSpecEntityOperatorTemplatePod, 'enableServiceLinks' | 'hostUsers' | 'imagePullSecrets' | 'priorityClassName'>),
    securityContext: { ...rest, ...(cluster.facts.security === 'restricted' ? { runAsUser: user, fsGroup: user } : {}) },
  } as KafkaSpecEntityOperatorTemplatePod;
}
