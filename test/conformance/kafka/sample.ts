import type { KubernetesObject } from '../kubernetes/manifest';

/** What a sample is made of. */
export interface SampleOptions {
  /** Kafka's version. */
  readonly version: string;
  /** The node tool. */
  readonly tool: Buffer;
}

const namespace = 'shop';
const zones = ['a', 'b', 'c'];
const controllers = [100, 101, 102].map((id, ordinal) => `${id}@kafka-controller-${ordinal}.${domain('kafka-controller')}:9093:${Buffer.from(`controller-disk${ordinal}`).toString('base64url')}`);
const restricted = ['tool', 'config', 'identity', 'certificates', 'data', 'run', 'tmp'];
const paths: Readonly<Record<string, string>> = {
  tool: '/etc/kafka/node', config: '/etc/kafka/config', identity: '/etc/kafka/identity', certificates: '/etc/kafka/certs', data: '/var/lib/kafka', run: '/run/kafka', tmp: '/tmp',
};

/** Three controllers and three brokers in three zones, written by hand: what the harness itself is tested with. */
export function sampleObjects(options: SampleOptions): KubernetesObject[] {
  return [
    ...['kafka-controller', 'kafka-broker'].map(name => object('v1', 'Service', name, { spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: { role: name } } })),
    object('v1', 'Service', 'kafka', { spec: { selector: { role: 'kafka-broker' }, ports: [{ port: 9092 }] } }),
    object('v1', 'ConfigMap', 'kafka-identity', { data: { 'cluster.id': Buffer.from('sample-of-kafka!').toString('base64url'), 'initial-controllers': controllers.join(','), 'formed': 'false' } }),
    object('v1', 'ConfigMap', 'kafka-node-tool', { binaryData: { 'marty-kafka.jar': options.tool.toString('base64') } }),
    ...(['controller', 'broker'] as const).flatMap(role => [
      object('v1', 'ConfigMap', `kafka-${role}-config`, { data: { 'server.properties': serverProperties(role, options), 'admin.properties': adminProperties(role), ...logging(options) } }),
      certificate(`kafka-${role}`, [`*.${domain(`kafka-${role}`)}`, ...(role === 'broker' ? [domain('kafka')] : [])]),
    ]),
    certificate('kafka-admin', ['kafka-admin']),
    object('cert-manager.io/v1', 'Issuer', 'kafka-self-signed', { spec: { selfSigned: {} } }),
    object('cert-manager.io/v1', 'Certificate', 'kafka-ca', {
      spec: { secretName: 'kafka-ca', commonName: 'kafka-ca', isCA: true, issuerRef: { name: 'kafka-self-signed' }, privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8' } },
    }),
    object('cert-manager.io/v1', 'Issuer', 'kafka-ca', { spec: { ca: { secretName: 'kafka-ca' } } }),
    object('external-secrets.io/v1', 'ExternalSecret', 'orders', { spec: { target: { name: 'orders' }, data: [{ secretKey: 'password', remoteRef: { key: 'kafka/orders' } }] } }),
    nodes(options, 'controller', 'kafka-controller', 3, 100, 1),
    ...zones.map((zone, index) => nodes(options, 'broker', `kafka-broker-${zone}`, 1, index, 10, zone)),
    topicJob(options),
  ];
}

function domain(service: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

function object(apiVersion: string, kind: string, name: string, rest: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace }, ...rest };
}

function certificate(name: string, dnsNames: readonly string[]): KubernetesObject {
  return object('cert-manager.io/v1', 'Certificate', `${name}-tls`, {
    spec: {
      secretName: `${name}-tls`, commonName: name, dnsNames, usages: ['digital signature', 'server auth', 'client auth'],
      issuerRef: { name: 'kafka-ca', kind: 'Issuer' }, privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8' },
    },
  });
}

function nodes({ version }: SampleOptions, role: 'controller' | 'broker', name: string, replicas: number, base: number, step: number, rack?: string): KubernetesObject {
  const image = `apache/kafka:${version}`;
  const volumeMounts = restricted.map(volume => ({ name: volume, mountPath: paths[volume] }));
  const logFlag = version.startsWith('3.') ? '-Dlog4j.configuration=file:/etc/kafka/config/log4j.properties' : '-Dlog4j2.configurationFile=/etc/kafka/config/log4j2.xml';
  const probe = (path: string) => ({ httpGet: { path, port: 'metrics' } });
  return object('apps/v1', 'StatefulSet', name, {
    spec: {
      replicas, serviceName: `kafka-${role}`, podManagementPolicy: 'Parallel',
      template: {
        metadata: { labels: { role: `kafka-${role}` } },
        spec: {
          terminationGracePeriodSeconds: 60,
          initContainers: [{
            name: 'prepare', image, volumeMounts,
            command: ['java', '-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', '/opt/kafka/libs/*:/etc/kafka/node/marty-kafka.jar', 'martymsf.kafka.Prepare'],
            env: [
              { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
              { name: 'NODE_ID_BASE', value: String(base) }, { name: 'NODE_ID_STEP', value: String(step) },
              ...(rack === undefined ? [] : [{ name: 'RACK', value: rack }]),
            ],
          }],
          containers: [{
            name: 'kafka', image, volumeMounts, ports: [{ name: 'metrics', containerPort: 9404 }],
            command: [
              'java', '-Xms512m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError', logFlag, '-javaagent:/etc/kafka/node/marty-kafka.jar=port=9404',
              '-cp', '/opt/kafka/libs/*', 'kafka.Kafka', '/run/kafka/server.properties',
            ],
            readinessProbe: probe('/ready'), livenessProbe: probe('/live'),
          }],
          volumes: [
            { name: 'tool', configMap: { name: 'kafka-node-tool' } }, { name: 'config', configMap: { name: `kafka-${role}-config` } },
            { name: 'identity', configMap: { name: 'kafka-identity' } }, { name: 'certificates', secret: { secretName: `kafka-${role}-tls` } },
            { name: 'run', emptyDir: {} }, { name: 'tmp', emptyDir: {} },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    },
  });
}

function topicJob({ version }: SampleOptions): KubernetesObject {
  return object('batch/v1', 'Job', 'topics', {
    spec: {
      template: {
        spec: {
          containers: [{
            name: 'topics', image: `apache/kafka:${version}`,
            command: ['java', '-cp', '/opt/kafka/libs/*', 'org.apache.kafka.tools.TopicCommand'],
            args: ['--bootstrap-server', '$(BOOTSTRAP)', '--command-config', '/etc/kafka/config/admin.properties', '--create', '--if-not-exists', '--topic', 'orders', '--partitions', '6', '--replication-factor', '3'],
            env: [{ name: 'BOOTSTRAP', value: `kafka-broker-a-0.${domain('kafka-broker')}:9094` }],
            volumeMounts: [{ name: 'config', mountPath: '/etc/kafka/config' }, { name: 'certificates', mountPath: '/etc/kafka/certs' }],
          }],
          volumes: [{ name: 'config', configMap: { name: 'kafka-broker-config' } }, { name: 'certificates', secret: { secretName: 'kafka-admin-tls' } }],
        },
      },
    },
  });
}

const tls = [
  'config.providers=dir', 'config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider', 'config.providers.dir.param.allowed.paths=/etc/kafka/certs',
  'ssl.keystore.type=PEM', 'ssl.keystore.certificate.chain=${dir:/etc/kafka/certs:tls.crt}', 'ssl.keystore.key=${dir:/etc/kafka/certs:tls.key}',
  'ssl.truststore.type=PEM', 'ssl.truststore.certificates=${dir:/etc/kafka/certs:ca.crt}',
];

function serverProperties(role: 'controller' | 'broker', { version }: SampleOptions): string {
  const of = (...names: readonly string[]) => ({
    bound: names.map(name => `${name}://:${ports[name]}`).join(','), advertised: names.map(name => `${name}://{pod}.${domain(`kafka-${role}`)}:${ports[name]}`).join(','),
  });
  const { bound, advertised } = role === 'controller' ? of('CONTROLLER') : of('CLIENT', 'REPLICATION');
  return lines([
    `process.roles=${role}`, 'node.id={id}', 'log.dirs=/var/lib/kafka/data', `listeners=${bound}`, `advertised.listeners=${advertised}`,
    `controller.quorum.bootstrap.servers=${quorum}`, 'controller.listener.names=CONTROLLER', ...tls,
    'ssl.principal.mapping.rules=RULE:^CN=([^,]+).*$/$1/,DEFAULT', 'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users=User:kafka-controller;User:kafka-broker;User:kafka-admin', 'min.insync.replicas=2', 'default.replication.factor=3',
    ...(role === 'controller' ? [
      'listener.security.protocol.map=CONTROLLER:SSL', 'listener.name.controller.ssl.client.auth=required',
      ...(version.startsWith('3.') ? [] : ['controller.quorum.auto.join.enable=true']),
    ] : [
      'listener.security.protocol.map=CONTROLLER:SSL,REPLICATION:SSL,CLIENT:SASL_SSL', 'inter.broker.listener.name=REPLICATION', 'broker.rack={rack}',
      'listener.name.replication.ssl.client.auth=required', 'listener.name.client.sasl.enabled.mechanisms=SCRAM-SHA-512',
      'listener.name.client.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;', 'auto.create.topics.enable=false',
    ]),
  ]);
}

const ports: Readonly<Record<string, number>> = { CONTROLLER: 9093, CLIENT: 9092, REPLICATION: 9094 };
const quorum = [0, 1, 2].map(ordinal => `kafka-controller-${ordinal}.${domain('kafka-controller')}:9093`).join(',');
const servers = zones.map(zone => `kafka-broker-${zone}-0.${domain('kafka-broker')}:9094`).join(',');

function adminProperties(role: 'controller' | 'broker'): string {
  return lines([role === 'controller' ? `bootstrap.controllers=${quorum}` : `bootstrap.servers=${servers}`, 'security.protocol=SSL', ...tls]);
}

function logging({ version }: SampleOptions): Record<string, string> {
  if (version.startsWith('3.')) {
    return { 'log4j.properties': lines(['log4j.rootLogger=INFO, C', 'log4j.appender.C=org.apache.log4j.ConsoleAppender', 'log4j.appender.C.layout=org.apache.log4j.PatternLayout', 'log4j.appender.C.layout.ConversionPattern=%d{ISO8601} %p %c{1}: %m%n']) };
  }
  return { 'log4j2.xml': '<Configuration><Appenders><Console name="C"><PatternLayout pattern="%d{ISO8601} %p %c{1}: %m%n"/></Console></Appenders><Loggers><Root level="INFO"><AppenderRef ref="C"/></Root></Loggers></Configuration>\n' };
}

const lines = (each: readonly string[]): string => `${each.join('\n')}\n`;
