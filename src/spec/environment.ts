import { z } from 'zod';
import { locationSchema } from './address';
import { bucketsSchema } from './buckets';
import { gatewaySchema, issuerSchema } from './gateway';
import { containerDefaultsSchema } from './container-defaults';
import { kafkaClusterSchema } from './kafka';
import { existingKafkaSchema } from './kafka-existing';
import { kubernetesVersionSchema } from './kubernetes-version';
import { meshSchema } from './mesh';
import { awsTopicsSchema } from './messaging';
import { quotaSchema } from './quota';
import { egressSchema, internetSchema } from './ranges';
import { hostSchema, labelSchema, labelsSchema, nameSchema, portNumberSchema, storePlaceSchema } from './syntax';

/** Servers that exist already and are referred to: one for all stores of a kind, or each with its own. */
const bindingSchema = (port: number) => z.strictObject({
  /** The server of every store that has none of its own. */
  at: locationSchema.optional(),
  /** @default - the port such servers usually listen on */
  port: portNumberSchema.default(port),
  /** Servers of single stores, by `<service>.<store>`, as a cloud's stack makes them. @default {} */
  servers: z.record(storePlaceSchema, z.strictObject({
    at: locationSchema,
    /** @default - the port such servers usually listen on */
    port: portNumberSchema.default(port),
    /** Where the secret store keeps `username` and `password`. @default - as the service's description says */
    secret: z.string().min(1).max(512).optional(),
  })).default({}),
}).refine(({ at, servers }) => at !== undefined || Object.keys(servers).length > 0, { error: 'names no server; expected at, or servers of single stores' });

/** A host name has at most 253 characters, and a service's name of 50 and a dot come before the domain. */
const longestDomain = 202;

const factsSchema = z.strictObject({
  /** Minor version of the API server. */
  kubernetes: kubernetesVersionSchema,
  /** The domain under which exposed services are reached: `<service>.<domain>` where a service names no host. */
  domain: hostSchema.max(longestDomain),
  /** The namespace of the platform's services. @default - the platform's name */
  namespace: labelSchema(55).optional(),
  /** The DNS suffix of the cluster. @default 'cluster.local' */
  clusterDomain: hostSchema.default('cluster.local'),
  /** Where the cluster's DNS server runs, for network policies. @default { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } */
  dns: z.strictObject({ namespace: labelSchema(), labels: labelsSchema })
    .default({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
  /**
   * Where Prometheus runs, and the labels by which it selects monitors; `'none'` where there is no Prometheus operator.
   * @default { namespace: 'monitoring', labels: {} }
   */
  monitoring: z.union([
    z.literal('none'),
    z.strictObject({
      namespace: labelSchema(),
      /** The labels that it asks monitors for. @default {} */
      labels: labelsSchema.default({}),
    }),
  ]).default({ namespace: 'monitoring', labels: {} }),
  /** What carries traffic from outside: a Gateway of the Gateway API, or a controller of Ingress objects. */
  gateway: gatewaySchema.optional(),
  /** Who signs the certificates of exposed services, by cert-manager. @default - nobody; the gateway brings its own */
  issuer: issuerSchema.optional(),
  /** The store of the External Secrets operator that secrets are read from. */
  secretStore: z.union([
    z.strictObject({
      name: labelSchema(),
      /** Whether the whole cluster may read from it, or one namespace. @default 'ClusterSecretStore' */
      kind: z.enum(['ClusterSecretStore', 'SecretStore']).default('ClusterSecretStore'),
    }),
    // Without the operator: Secrets that somebody else makes, sealed or encrypted ones among them, or the CSI driver's SecretProviderClasses.
    z.strictObject({ kind: z.enum(['existing', 'csi']) }),
  ]).optional(),
  /** Secrets of the namespace by which images are pulled. @default [] */
  pullSecrets: z.array(labelSchema()).default([]),
  /** A registry that images are fetched through, instead of their own: `mirror.acme.example/cache`. */
  registry: z.string().max(255).regex(/^[a-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._-]+)*$/, { error: 'expected a registry such as mirror.acme.example/cache' }).optional(),
  /** Whether KEDA scales by events. @default false */
  keda: z.boolean().default(false),
  /** Who assigns users to pods: the manifests, or the platform, as OpenShift does. @default 'restricted' */
  security: z.enum(['restricted', 'platform-assigned-uid']).default('restricted'),
  /** What enforces network policies; `cilium` can match host names. @default 'kubernetes' */
  networkPolicies: z.enum(['kubernetes', 'calico', 'cilium']).default('kubernetes'),
  /** The service mesh that the pods are in: a kind, or what is particular to one. @default - there is none */
  mesh: meshSchema.optional(),
  /** Whether the nodes can give pods a user namespace of their own. @default false */
  userNamespaces: z.boolean().default(false),
  /** Ranges that everything in the namespace may reach, such as a proxy or a DNS cache on the node. @default [] */
  egress: egressSchema.default([]),
  /** What `'internet'` means to network policies. @default {} */
  internet: internetSchema.prefault({}),
  /** What all pods of the namespace together may take. @default { pods: 200 } */
  quota: quotaSchema.default({ pods: 200 }),
  /** What a container of the namespace gets that says nothing itself. @default {} */
  containerDefaults: containerDefaultsSchema.prefault({}),
  /** Number of availability zones pods are spread over. @default 1 */
  zones: z.int().min(1).max(10).default(1),
  /** Where each kind of store lives. Servers that exist are referred to; making one is not translated yet. @default {} */
  stores: z.strictObject({
    /** The PostgreSQL server; its port is 5432 unless it says another. */
    postgres: bindingSchema(5432).optional(),
    /** The Redis, or Valkey; its port is 6379 unless it says another. */
    redis: bindingSchema(6379).optional(),
    /** Buckets: on S3, or on a server that speaks its protocol. */
    bucket: bucketsSchema.optional(),
  }).default({}),
  /** The Kafka that carries topics: one of the platform's own, or one that exists, referred to by address. */
  kafka: z.union([existingKafkaSchema, kafkaClusterSchema]).optional(),
  /** Where topics are instead, without a Kafka: in AWS, as topics of SNS and queues of SQS. */
  topics: awsTopicsSchema.optional(),
});

/** The facts of one cluster that manifests depend on. A fact that is needed and not named is an error that says so. */
export const environmentSchema = factsSchema.superRefine(({ kafka, topics }, context) => {
  if (kafka && topics) context.addIssue({ code: 'custom', path: ['topics'], message: 'says where topics are, and so does kafka; leave one of them out' });
});

/** What a user writes for one environment. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
/** One environment with every default filled. */
export type Environment = z.output<typeof environmentSchema>;

/** An environment that is like another one but for what is said here; facts are replaced whole. */
export const derivedEnvironmentSchema = factsSchema.partial().extend({ extends: labelSchema() });

export const environmentsSchema = z.record(nameSchema(40), z.union([environmentSchema, derivedEnvironmentSchema]))
  .refine(environments => Object.keys(environments).length > 0, { error: 'has no environment, expected at least one' })
  .refine(environments => !('default' in environments), { error: 'names an environment `default`, which stands for all others in per({…}); choose another name' });
