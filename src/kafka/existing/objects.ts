import { metadataOf, paths, selectorOf } from '../cluster';
import { toolOf } from '../files';
import { accountOf, waived, type KafkaObject } from '../objects';
import { resourcesOf } from '../pods';
import { externalSecretOf, provisioned } from '../provisioning';
import { provisioningWaiversOf } from '../waivers';
import { programResources } from '../../spec/kafka-operator';
import { provisioningCpuLimitMillis } from '../../spec/kafka-existing';
import { existingDesiredOf } from './desired';
import { addressOf, type ExistingKafka } from './kafka';
import type { KafkaConfig } from '../config-keys';

/** The Secret with what the administrator logs in with. */
export const adminSecretName = 'kafka-admin';

/** What makes topics and permissions in a Kafka that exists, but for the network policy. */
export function existingObjectsOf(kafka: ExistingKafka): KafkaObject[] {
  const { cpuMillis, memoryMiB } = programResources.provisioning;
  const { requests, limits } = resourcesOf(cpuMillis, memoryMiB) ?? {};
  const objects = [
    accountOf(kafka), toolOf(kafka),
    ...adminSecretOf(kafka),
    ...provisioned(kafka, {
      desired: existingDesiredOf(kafka),
      admin: adminOf(kafka),
      ...(kafka.spec.users ? { client: passwordsOf(kafka) } : {}),
      credentials: { volume: 'admin', secret: adminSecretName, path: paths.admin },
      resources: { requests, limits: { ...limits, cpu: `${provisioningCpuLimitMillis}m` } },
    }),
  ] as KafkaObject[];
  return objects.map(object => waived(object, provisioningWaiversOf(kafka.facts)));
}

/** The pods that provision, as a network policy knows them. */
export const provisioningPodsOf = (kafka: ExistingKafka) => ({ ...metadataOf(kafka, 'kafka-provision', selectorOf('provisioning')), matchLabels: selectorOf('provisioning') });

function adminSecretOf(kafka: ExistingKafka) {
  const { login, trust, secret: key = `${kafka.platform}/kafka/admin` } = kafka.spec;
  const properties = [...(login === 'certificate' ? ['certificate', 'key'] : ['username', 'password']), ...(trust === 'secret' ? ['ca'] : [])];
  return externalSecretOf(kafka, adminSecretName, properties.map(property => ({ secretKey: property, remoteRef: { key, property } })));
}

const file = (name: string) => `\${dir:${paths.admin}:${name}}`;

/** The settings of the administrator. The tool reads name and password from the files that are named here. */
function adminOf(kafka: ExistingKafka): KafkaConfig {
  if (kafka.spec.login !== 'certificate') return { ...passwordsOf(kafka), 'username.file': `${paths.admin}/username`, 'password.file': `${paths.admin}/password` };
  return {
    ...serversOf(kafka), 'security.protocol': 'SSL', 'ssl.keystore.type': 'PEM', 'ssl.keystore.certificate.chain': file('certificate'), 'ssl.keystore.key': file('key'),
  };
}

/** The settings of whoever logs in by name and password, but for these. */
const passwordsOf = (kafka: ExistingKafka): KafkaConfig => (
  { ...serversOf(kafka), 'security.protocol': 'SASL_SSL', 'sasl.mechanism': kafka.spec.login.toUpperCase() });

function serversOf(kafka: ExistingKafka): KafkaConfig {
  const { login, trust } = kafka.spec;
  return {
    'bootstrap.servers': addressOf(kafka),
    'ssl.endpoint.identification.algorithm': 'https',
    ...(login === 'certificate' || trust === 'secret' ? {
      'config.providers': 'dir',
      'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'config.providers.dir.param.allowed.paths': paths.admin,
    } : {}),
    ...(trust === 'secret' ? { 'ssl.truststore.type': 'PEM', 'ssl.truststore.certificates': file('ca') } : {}),
  };
}
