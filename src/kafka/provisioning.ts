import { createHash } from 'node:crypto';
import { certificateNameOf, metadataOf, paths, labelsOf, selectorOf, type KafkaCluster } from './cluster';
import { desiredOf } from './desired';
import { instanceLabel } from '../spec/names';
import { toolName } from './files';
import { containerOf, hardenedOf, outsideMeshOf, resourcesOf, toolCommand } from './pods';
import { adminPropertiesOf, clientPropertiesOf, propertiesText } from './properties';
import type { ExternalSecret } from '../imports/external-secrets';
import type { ConfigMap, Job } from '../imports/kubernetes';

const name = 'kafka-provision';
/** The Secret with the password of every user, each under its name. */
export const usersName = 'kafka-users';

/** The Job that makes topics, users and permissions what they have to be. Its name changes with what it does, so that it runs again only then. */
export function provisioningOf(cluster: KafkaCluster): (ConfigMap | ExternalSecret | Job)[] {
  const desired = desiredOf(cluster);
  const users = desired.users.map(user => ({ name: user.name, passwordFile: `${paths.users}/${user.name}/password` }));
  const files = {
    'desired.json': `${JSON.stringify({ ...desired, users, principals: users.map(user => `User:${user.name}`) }, null, 2)}\n`,
    'admin.properties': propertiesText(adminPropertiesOf(cluster, 'broker')),
    'client.properties': propertiesText(clientPropertiesOf(cluster)),
  };
  const job = jobOf(cluster, users.map(user => user.name));
  const digest = createHash('sha256').update(JSON.stringify([files, job])).digest('hex').slice(0, 8);
  const run = `${name}-${digest}`;
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(cluster, name), data: files },
    ...secretOf(cluster, desired.users),
    { apiVersion: 'batch/v1', kind: 'Job', metadata: metadataOf(cluster, run, { [instanceLabel]: run }), spec: job },
  ];
}

/** The passwords that the services log in with, once more, for whoever makes the users. */
export function secretOf(cluster: KafkaCluster, users: readonly { readonly name: string; readonly secret: string }[]): ExternalSecret[] {
  return externalSecretOf(cluster, usersName, users.map(user => ({ secretKey: user.name, remoteRef: { key: user.secret, property: 'password' } })));
}

/** A Secret from the environment's store; nothing where somebody else makes Secrets, or where there is nothing in it. */
export function externalSecretOf(cluster: KafkaCluster, secret: string, data: readonly ExternalSecretData[]): ExternalSecret[] {
  const { secretStore } = cluster.facts;
  if (!data.length || !secretStore || !('name' in secretStore)) return [];
  return [{
    apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: metadataOf(cluster, secret),
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { name: secretStore.name, kind: secretStore.kind },
      target: { name: secret, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data,
    },
  }];
}

interface ExternalSecretData { readonly secretKey: string; readonly remoteRef: { readonly key: string; readonly property: string } }

function jobOf(cluster: KafkaCluster, users: readonly string[]): NonNullable<Job['spec']> {
  const marks = outsideMeshOf(cluster);
  const { fields, annotations } = hardenedOf(cluster, ['provision']);
  return {
    backoffLimit: 6,
    activeDeadlineSeconds: 3600,
    // Whoever applies manifests again and again makes it run anew then, which puts right what was changed by hand.
    ttlSecondsAfterFinished: 86_400,
    template: {
      metadata: {
        labels: { ...marks.labels, ...labelsOf(cluster), ...selectorOf('provisioning') },
        ...(Object.keys({ ...marks.annotations, ...annotations }).length ? { annotations: { ...marks.annotations, ...annotations } } : {}),
      },
      spec: {
        ...fields,
        restartPolicy: 'Never',
        containers: [{
          ...containerOf(cluster, 'provision', toolCommand('Provision', `${paths.desired}/desired.json`)),
          env: [{ name: 'WAIT_SECONDS', value: '600' }],
          resources: resourcesOf(250, 256),
          volumeMounts: [
            { name: 'tool', mountPath: paths.tool, readOnly: true },
            { name: 'desired', mountPath: paths.desired, readOnly: true },
            { name: 'desired', mountPath: paths.config, readOnly: true },
            { name: 'certificates', mountPath: paths.certificates, readOnly: true },
            ...(users.length ? [{ name: 'users', mountPath: paths.users, readOnly: true }] : []),
            { name: 'tmp', mountPath: '/tmp' },
          ],
        }],
        volumes: [
          { name: 'tool', configMap: { name: toolName } },
          { name: 'desired', configMap: { name } },
          { name: 'certificates', secret: { secretName: certificateNameOf('admin'), defaultMode: 0o440 } },
          ...(users.length ? [{ name: 'users', secret: { secretName: usersName, defaultMode: 0o440, items: users.map(user => ({ key: user, path: `${user}/password` })) } }] : []),
          { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
        ],
      },
    },
  };
}
