import { z } from 'zod';
import { definePlatform, http } from 'marty-msf/spec';

/**
 * The overlays of the old framework, as environments and services of one description. database-services/postgres is a platform of its own:
 * ../databases.
 */
const marty = definePlatform({
  name: 'marty',
  environments: {
    dev: { kubernetes: '1.37', domain: 'dev.marty.example', secretStore: { name: 'vault' }, stores: { postgres: { at: { namespace: 'databases' } } } },
    staging: { extends: 'dev', domain: 'staging.marty.example', zones: 2 },
    prod: { extends: 'staging', domain: 'marty.example', zones: 3, quota: { cpu: 60, memoryGiB: 120 } },
    // The mesh is a fact of the cluster: its labels, annotations and ways through the network follow from it.
    'service-mesh': { extends: 'prod', domain: 'mesh.marty.example', mesh: 'istio-sidecar' },
    'service-mesh-ambient': { extends: 'prod', domain: 'ambient.marty.example', mesh: 'istio-ambient' },
    'service-mesh-linkerd': { extends: 'prod', domain: 'linkerd.marty.example', mesh: 'linkerd' },
  },
});
const { per, to, postgres } = marty;

/** What dev, staging and prod changed in every service. */
const team = marty.with({
  team: 'marty',
  resources: per({ default: 'small', prod: { cpuMillis: 500, memoryMiB: 512 } }),
  scale: per({ default: { replicas: 1 }, staging: { replicas: 2 }, prod: { min: 3, max: 10 } }),
  variables: { LOG_LEVEL: per({ default: 'debug', staging: 'info', prod: 'warning' }) },
});

/** marty-services: a deployment with everything around it. */
export const accounts = team.microservice({
  name: 'accounts',
  image: 'ghcr.io/marty/accounts',
  ports: { http: http(8080) },
  // database-config
  stores: { db: postgres({ version: 17 }) },
  config: {
    schema: z.object({ pool: z.object({ size: z.int().min(1), idleSeconds: z.int().min(1) }) }),
    values: { default: { pool: { size: 5, idleSeconds: 60 } }, prod: { pool: { size: 40 } } },
  },
  // migration job
  migration: { command: ['/app/migrate', 'up'], timeLimitSeconds: 300 },
  // persistent volume claim
  volumes: { documents: { kind: 'claim', at: '/data/documents', sizeGiB: per({ default: 5, prod: 100 }), access: 'many', storageClass: 'shared' } },
  // complex deployment
  initContainers: { templates: { image: 'ghcr.io/marty/templates:2.1.0', command: ['unpack', '/data/documents'], volumes: ['documents'] } },
  sidecars: { scanner: { image: 'ghcr.io/marty/scanner:1.4.0', args: ['--watch', '/data/documents'], volumes: ['documents'] } },
  rollout: { maxSurge: 1, maxUnavailable: 0, minReadySeconds: 10 },
});

/** background-services: what nobody calls, for good and by the clock. */
export const mailer = team.microservice({ name: 'mailer', image: 'ghcr.io/marty/mailer', calls: { accounts: to(accounts, 'http') } });

export const cleanup = team.microservice({
  name: 'cleanup',
  image: 'ghcr.io/marty/cleanup',
  workload: { kind: 'schedule', cron: per({ default: '0 3 * * *', dev: '0 * * * *' }), timeZone: 'Etc/UTC' },
  scale: undefined,
  calls: { accounts: to(accounts, 'http', { timeoutMs: 30_000, idempotent: true }) },
});

export const services = [accounts, mailer, cleanup];
export const environments = marty.environmentNames;
