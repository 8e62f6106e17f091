import { z } from 'zod';
import { definePlatform, grpc, http, secret } from 'marty-msf/spec';

/** Every kind of workload and every field of how one runs, on the oldest and the newest Kubernetes. */
const depot = definePlatform({
  name: 'depot',
  environments: {
    old: {
      kubernetes: '1.28',
      domain: 'old.depot.example',
      gateway: { ingressClass: 'nginx', namespace: 'ingress-nginx', grpcAnnotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' } },
      issuer: { name: 'letsencrypt' },
      secretStore: { kind: 'csi' },
      // Its operator keeps the database in the namespace of the services, with a network policy that lets them in.
      stores: { postgres: { at: { namespace: 'depot', service: 'depot-rw', labels: { 'cnpg.io/cluster': 'depot' }, ownPolicy: true } } },
      quota: { cpuLimit: 100, pods: 60 },
      containerDefaults: { cpuMillis: 50, cpuLimitMillis: 200, memoryMiB: 64, memoryLimitMiB: 128, diskMiB: 64, diskLimitMiB: 128 },
    },
    new: {
      kubernetes: '1.37',
      domain: 'depot.example',
      zones: 3,
      keda: true,
      registry: 'mirror.depot.example/cache',
      pullSecrets: ['mirror'],
      gateway: { name: 'public', namespace: 'gateways', listeners: 'own' },
      issuer: { name: 'letsencrypt' },
      secretStore: { name: 'vault', kind: 'SecretStore' },
      stores: { postgres: { at: { namespace: 'databases' } } },
      quota: { cpu: 40, memoryGiB: 64, memoryLimitGiB: 96, pods: 100, claims: 20, storageGiB: 500 },
      egress: [{ cidr: '169.254.20.10/32', ports: [53], protocols: ['UDP', 'TCP'] }, { cidr: '10.9.0.4/32', ports: [3128] }],
      internet: { addresses: 'both', except: ['168.63.129.16/32', '2001:db8:9::/48'] },
    },
    openshift: { extends: 'new', domain: 'openshift.depot.example', security: 'platform-assigned-uid', secretStore: { kind: 'existing' } },
    // Their secrets are files beside this one, which whoever holds the private key can read.
    sealed: { extends: 'new', domain: 'sealed.depot.example', secretStore: { kind: 'existing' } },
    sops: { extends: 'new', domain: 'sops.depot.example', secretStore: { kind: 'existing' } },
  },
});
const { per, to, postgres } = depot;
const team = 'depot';

export const stock = depot.microservice({ name: 'stock', team, image: 'ghcr.io/depot/stock', ports: { http: http(8080) } });

export const shop = depot.microservice({
  name: 'shop',
  team,
  image: 'ghcr.io/depot/shop',
  ports: { http: http(8080), rpc: grpc(9000) },
  command: ['/app/shop'],
  args: ['--verbose'],
  variables: {
    LOG_LEVEL: per({ default: 'info', old: 'debug' }),
    POD: { field: 'metadata.name' },
    REGION: { configMap: 'cluster', key: 'region' },
    LICENCE: { secret: 'licence', key: 'text' },
  },
  files: { '/etc/shop/theme.yaml': per({ default: 'colour: blue\n', old: 'colour: grey\n' }) },
  volumes: {
    cache: { kind: 'scratch', at: '/var/cache/shop', sizeMiB: 100, memory: true },
    pictures: { kind: 'claim', at: '/data/pictures', sizeGiB: per({ default: 5, new: 50 }), access: 'many', storageClass: 'shared' },
    archive: { kind: 'existing-claim', at: '/data/archive', name: 'archive', readOnly: true },
    rules: { kind: 'config-map', at: '/etc/rules', name: 'rules' },
    keys: { kind: 'secret', at: '/etc/keys', name: 'keys' },
  },
  initContainers: { warm: { image: 'ghcr.io/depot/warm:1.2.0', command: ['warm', 'up'], volumes: ['cache'] } },
  scheduling: {
    nodes: { disk: 'ssd' }, tolerations: [{ key: 'dedicated', value: 'shop', effect: 'NoSchedule' }, { key: 'spot' }], zones: 'must', hosts: 'must',
  },
  rollout: { maxSurge: 1, maxUnavailable: 0, minReadySeconds: 5, progressSeconds: 300 },
  permissions: [{ group: 'coordination.k8s.io', resources: ['leases'], names: ['shop'], verbs: ['get', 'update'] }],
  cloudIdentity: per({
    default: { awsRoleArn: 'arn:aws:iam::123456789012:role/shop' }, new: { azureClientId: '6f1e8a50-4d1f-4c56-8d3c-1f0a6b6c6f6e' },
  }),
  security: { user: 20_001, writableRoot: { reason: 'writes its licence beside the program' }, lowPorts: { reason: 'old clients know port 443' } },
  labels: { 'depot.example/cost-centre': 'web' },
  annotations: { 'depot.example/owner': 'web@depot.example' },
  resources: per({ default: { cpuMillis: 250, memoryMiB: 256, cpuLimitMillis: 'none', devices: { 'nvidia.com/gpu': 1 } }, old: 'medium' }),
  health: { port: 'http', livePath: '/live', readyPath: '/ready', waitSeconds: 5 },
  scale: per({
    old: {
      min: 2, max: 5, cpuPercent: 60, memoryPercent: 80, perReplica: { metric: 'requests_per_second', value: 50 }, calmSeconds: 60,
      metrics: [
        { kind: 'pods', metric: 'open_carts', labels: { country: 'de' }, perReplica: 200 },
        { kind: 'object', metric: 'hits_per_second', of: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' }, value: 400 },
        { kind: 'external', metric: 'orders_waiting', labels: { queue: 'orders' }, perReplica: 30 },
      ],
      scaleUp: { policies: [{ pods: 2, periodSeconds: 60 }, { percent: 100, periodSeconds: 60 }], selectPolicy: 'max', calmSeconds: 15 },
      scaleDown: { policies: [{ pods: 1, periodSeconds: 120 }], selectPolicy: 'min' },
    },
    new: {
      min: 1, max: 10, idleReplicas: 0, pollingSeconds: 15, calmSeconds: 600, scaleDown: 'disabled',
      fallback: { failures: 3, replicas: 4, behavior: 'currentReplicasIfHigher' },
      triggers: [
        { type: 'cron', metadata: { timezone: 'Etc/UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '3' } },
        {
          type: 'rabbitmq', metadata: { queueName: 'orders', mode: 'QueueLength', value: '20' },
          authentication: { name: 'rabbitmq', kind: 'ClusterTriggerAuthentication' }, metricType: 'AverageValue',
        },
      ],
    },
  }),
  exposure: per({
    default: { port: 'rpc' },
    old: { host: ['old.depot.example', 'www.old.depot.example'], rules: [{ path: '/shop' }, { path: '/status', match: 'exact' }] },
    openshift: { port: 'http', tls: 'passthrough' },
  }),
  calls: { stock: to(stock, 'http') },
  stores: { db: postgres() },
  secrets: { signing: secret('depot/signing', { property: 'key' }) },
  migration: { command: ['/app/migrate', 'up'] },
});

/** A sidecar needs 1.29, so the oldest environment has none of this. */
export const edge = depot.microservice({
  name: 'edge', team, image: 'ghcr.io/depot/edge', ports: { raw: { protocol: 'tcp', port: 7000 } }, health: { port: 'raw' },
  sidecars: { proxy: { image: 'ghcr.io/depot/proxy:4.1.0', args: ['--listen', '3128'], variables: { MODE: 'strict' }, resources: 'medium' } },
});

export const ledger = depot.microservice({
  name: 'ledger', team, image: 'ghcr.io/depot/ledger', ports: { rpc: grpc(9000) }, health: { port: 'rpc' },
  workload: { kind: 'stateful', order: 'parallel' }, volumes: { data: { kind: 'claim', at: '/data', sizeGiB: 10 } }, scale: { replicas: 3 },
});

export const agent = depot.microservice({
  name: 'agent', team, image: 'ghcr.io/depot/agent', workload: { kind: 'daemon' }, scheduling: { tolerations: [{ key: 'spot' }] },
});

export const nightly = depot.microservice({
  name: 'nightly', team, image: 'ghcr.io/depot/nightly', calls: { stock: to(stock, 'http') },
  workload: { kind: 'schedule', cron: per({ default: '30 2 * * mon-fri', old: '@daily' }), timeZone: 'Europe/Berlin', concurrency: 'replace', suspended: per({ default: false, old: true }) },
  config: { schema: z.object({ days: z.int().min(1) }), values: { default: { days: 7 } } },
});

export const backfill = depot.microservice({ name: 'backfill', team, image: 'ghcr.io/depot/backfill', workload: { kind: 'job', retries: 1, keepSeconds: 3600 } });

export const services = [stock, shop, ledger, agent, nightly, backfill];
export const environments = depot.environmentNames;
/** What runs where sidecars exist. */
export const newer = [...services, edge];
