import { createHash } from 'node:crypto';
import { certificateNameOf, metadataOf, paths, labelsOf, selectorOf, type KafkaCluster, type KafkaSurroundings } from './cluster';
import { desiredOf, type Desired } from './desired';
import { instanceLabel } from '../spec/names';
import { toolName } from './files';
import { lagAccessOf, lagPrincipal } from './lag-access';
import { containerOf, hardenedOf, outsideMeshOf, resourcesOf, toolCommand, type RunsKafkasImage } from './pods';
import { adminPropertiesOf, clientPropertiesOf, propertiesText } from './properties';
import type { ExternalSecret } from '../imports/external-secrets';
import type { KafkaConfig } from './config-keys';
import type { ConfigMap, Container, Job } from '../imports/kubernetes';

const name = 'kafka-provision';
/** The Secret with the password of every user, each under its name. */
export const usersName = 'kafka-users';

/** What a Job makes of a Kafka, one of our own or one that exists, and how it gets in. */
export interface Provisioning {
  /** What it makes; what is left out is somebody else's to say. */
  readonly desired: Pick<Desired, 'topics' | 'users'> & Partial<Pick<Desired, 'acls' | 'quotas'>> & {
    /** Whose permissions and quotas become exactly those. */
    readonly principals: readonly string[];
    /** Whether others look after the topics, too: what is not said of one stays. */
    readonly shared?: true;
  };
  /** The settings of the administrator. */
  readonly admin: KafkaConfig;
  /** The settings of users, but for name and password, where any are made. */
  readonly client?: KafkaConfig;
  /** The volume with what the settings refer to, its Secret, and where it is. */
  readonly credentials: { readonly volume: string; readonly secret: string; readonly path: string };
  readonly resources: Container['resources'];
}

/** The Job that makes topics, users and permissions of a cluster what they have to be. */
export function provisioningOf(cluster: KafkaCluster): (ConfigMap | ExternalSecret | Job)[] {
  const desired = desiredOf(cluster);
  // Named even where it does not run, so that what it may do is taken away then.
  const principals = [...desired.users.map(user => `User:${user.name}`), lagPrincipal];
  return provisioned(cluster, {
    desired: { ...desired, acls: [...desired.acls, ...lagAccessOf(cluster)], principals },
    admin: adminPropertiesOf(cluster, 'broker'), client: clientPropertiesOf(cluster),
    credentials: { volume: 'certificates', secret: certificateNameOf('admin'), path: paths.certificates },
    resources: resourcesOf(250, 256),
  });
}

type Surroundings = KafkaSurroundings & RunsKafkasImage;

/** A Job and what it reads. Its name changes with what it does, so that it runs again only then. */
export function provisioned(cluster: Surroundings, provisioning: Provisioning): (ConfigMap | ExternalSecret | Job)[] {
  const { desired, admin, client } = provisioning;
  const users = desired.users.map(user => ({ name: user.name, passwordFile: `${paths.users}/${user.name}/password` }));
  const files = {
    'desired.json': `${JSON.stringify({ ...desired, users }, null, 2)}\n`,
    'admin.properties': propertiesText(admin),
    ...(client ? { 'client.properties': propertiesText(client) } : {}),
  };
  const job = jobOf(cluster, provisioning);
  const digest = createHash('sha256').update(JSON.stringify([files, job])).digest('hex').slice(0, 8);
  const run = `${name}-${digest}`;
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(cluster, name), data: files },
    ...secretOf(cluster, desired.users),
    { apiVersion: 'batch/v1', kind: 'Job', metadata: metadataOf(cluster, run, { [instanceLabel]: run }), spec: job },
  ];
}

/** The passwords that the services log in with, once more, for whoever makes the users. */
export function secretOf(cluster: KafkaSurroundings, users: readonly { readonly name: string; readonly secret: string }[]): ExternalSecret[] {
  return externalSecretOf(cluster, usersName, users.map(user => ({ secretKey: user.name, remoteRef: { key: user.secret, property: 'password' } })));
}

/** A Secret from the environment's store; nothing where somebody else makes Secrets, or where there is nothing in it. */
export function externalSecretOf(cluster: KafkaSurroundings, secret: string, data: readonly ExternalSecretData[]): ExternalSecret[] {
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

function jobOf(cluster: Surroundings, { desired, credentials, resources }: Provisioning): NonNullable<Job['spec']> {
  const users = desired.users.map(user => user.name);
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
          resources,
          volumeMounts: [
            { name: 'tool', mountPath: paths.tool, readOnly: true },
            { name: 'desired', mountPath: paths.desired, readOnly: true },
            { name: 'desired', mountPath: paths.config, readOnly: true },
            { name: credentials.volume, mountPath: credentials.path, readOnly: true },
            ...(users.length ? [{ name: 'users', mountPath: paths.users, readOnly: true }] : []),
            { name: 'tmp', mountPath: '/tmp' },
          ],
        }],
        volumes: [
          { name: 'tool', configMap: { name: toolName } },
          { name: 'desired', configMap: { name } },
          { name: credentials.volume, secret: { secretName: credentials.secret, defaultMode: 0o440 } },
          ...(users.length ? [{ name: 'users', secret: { secretName: usersName, defaultMode: 0o440, items: users.map(user => ({ key: user, path: `${user}/password` })) } }] : []),
          { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
        ],
      },
    },
  };
}
