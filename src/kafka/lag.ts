import { createHash } from 'node:crypto';
import { kafkaPorts } from '../spec/kafka';
import { programResources, tellsLag } from '../spec/kafka-operator';
import { instanceLabel } from '../spec/names';
import { certificateNameOf, labelsOf, metadataOf, paths, selectorOf, type KafkaCluster } from './cluster';
import { toolName } from './files';
import { lagName } from './lag-access';
import { containerOf, hardenedOf, outsideMeshOf, resourcesOf, toolCommand } from './pods';
import { adminPropertiesOf, propertiesText } from './properties';
import type { ConfigMap, Deployment, PodTemplateSpec } from '../imports/kubernetes';

const file = 'client.properties';

/** The pod that tells Prometheus how far each group of consumers is behind, which no broker knows. It has a certificate of its own. */
export function lagObjectsOf(cluster: KafkaCluster): (ConfigMap | Deployment)[] {
  if (!tellsLag(cluster.spec, cluster.facts)) return [];
  const labels = { ...selectorOf('lag'), [instanceLabel]: lagName };
  const metadata = metadataOf(cluster, lagName, labels);
  const settings = propertiesText(adminPropertiesOf(cluster, 'broker'));
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [file]: settings } },
    {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata,
      spec: {
        replicas: 1,
        revisionHistoryLimit: 5,
        // Two at once would tell everything twice.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: podTemplateOf(cluster, labels, settings),
      },
    },
  ];
}

function podTemplateOf(cluster: KafkaCluster, labels: Readonly<Record<string, string>>, settings: string): PodTemplateSpec {
  const marks = outsideMeshOf(cluster);
  const { fields, annotations } = hardenedOf(cluster, ['lag']);
  const { cpuMillis, memoryMiB } = programResources.lag;
  const checksum = createHash('sha256').update(settings).digest('hex').slice(0, 16);
  const probe = (path: string) => ({ httpGet: { path, port: 'metrics' }, periodSeconds: 10, timeoutSeconds: 5 });
  return {
    metadata: { labels: { ...marks.labels, ...labelsOf(cluster), ...labels }, annotations: { ...marks.annotations, ...annotations, 'marty-msf/config-checksum': checksum } },
    spec: {
      ...fields,
      containers: [{
        ...containerOf(cluster, 'lag', toolCommand('Lag', `port=${kafkaPorts.metrics},config=${paths.config}/${file}`)),
        ports: [{ name: 'metrics', containerPort: kafkaPorts.metrics }],
        readinessProbe: { ...probe('/ready'), failureThreshold: 3 },
        livenessProbe: { ...probe('/live'), initialDelaySeconds: 30, failureThreshold: 6 },
        resources: resourcesOf(cpuMillis, memoryMiB),
        volumeMounts: [
          { name: 'tool', mountPath: paths.tool, readOnly: true },
          { name: 'config', mountPath: paths.config, readOnly: true },
          { name: 'certificates', mountPath: paths.certificates, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      }],
      volumes: [
        { name: 'tool', configMap: { name: toolName } },
        { name: 'config', configMap: { name: lagName } },
        { name: 'certificates', secret: { secretName: certificateNameOf('lag'), defaultMode: 0o440 } },
        { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      ],
    },
  };
}
