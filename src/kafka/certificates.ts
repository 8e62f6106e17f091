import { kafkaNames } from '../spec/kafka';
import { tellsLag } from '../spec/kafka-operator';
import { certificateNameOf, hostOf, metadataOf, principals, type KafkaCluster } from './cluster';
import { externalNamesOf } from './external';
import { lagName } from './lag-access';
import type { Certificate, Issuer } from '../imports/cert-manager';

const authority = 'kafka-ca';
const tenYears = '87600h';

/**
 * Who the nodes are to each other and to clients: certificates by cert-manager, signed by an authority of the Kafka's own unless the
 * environment names one. The keys are PKCS#8, the only form that Kafka reads.
 *
 * @see https://cert-manager.io/docs/configuration/selfsigned/#bootstrapping-ca-issuers
 */
export function certificatesOf(cluster: KafkaCluster): (Certificate | Issuer)[] {
  const { spec } = cluster;
  const issuer = spec.issuer ?? { name: authority, kind: 'Issuer' };
  const combined = spec.controllers === 'combined';
  const certificate = (part: keyof typeof principals | 'clients' | 'lag', commonName: string, dnsNames: readonly string[], usages: readonly Usage[]): Certificate => ({
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: metadataOf(cluster, certificateNameOf(part)),
    spec: {
      secretName: certificateNameOf(part),
      issuerRef: { group: 'cert-manager.io', kind: issuer.kind, name: issuer.name },
      commonName, dnsNames,
      usages: ['digital signature', ...usages],
      privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
    },
  });
  const both = ['server auth', 'client auth'] as const;
  const brokerNames = [`*.${hostOf(cluster, kafkaNames.broker)}`, hostOf(cluster, kafkaNames.bootstrap), ...externalNamesOf(spec)];
  return [
    ...(spec.issuer ? [] : authorityOf(cluster)),
    ...(combined ? [] : [certificate('controller', principals.controller, [`*.${hostOf(cluster, kafkaNames.controller)}`], both)]),
    certificate('broker', principals.broker, brokerNames, both),
    certificate('admin', principals.admin, [principals.admin], ['client auth']),
    // Clients log in by name and password; of this they only read whom to trust.
    certificate('clients', 'kafka-clients', ['kafka-clients'], ['client auth']),
    ...(tellsLag(spec, cluster.facts) ? [certificate('lag', lagName, [lagName], ['client auth'])] : []),
  ];
}

type Usage = 'server auth' | 'client auth';

function authorityOf(cluster: KafkaCluster): (Certificate | Issuer)[] {
  const issuer = (name: string, spec: Issuer['spec']): Issuer => ({ apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: metadataOf(cluster, name), spec });
  return [
    issuer('kafka-self-signed', { selfSigned: {} }),
    {
      apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: metadataOf(cluster, authority),
      spec: {
        isCA: true, commonName: `${authority} of ${cluster.platform} in ${cluster.environment}`.slice(0, 64), secretName: authority, duration: tenYears,
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'kafka-self-signed' },
        usages: ['cert sign', 'crl sign', 'digital signature'],
        privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Never' },
      },
    },
    issuer(authority, { ca: { secretName: authority } }),
  ];
}
