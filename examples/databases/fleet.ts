import { definePlatform, secret, tcp } from 'marty-msf/spec';

/** Servers that run in the cluster: a platform of its own, in the namespace where others look for their stores. */
const databases = definePlatform({
  name: 'databases',
  environments: {
    dev: { kubernetes: '1.28', domain: 'dev.petstore.example', secretStore: { name: 'vault' } },
    staging: { kubernetes: '1.37', domain: 'staging.petstore.example', secretStore: { name: 'vault' }, zones: 2 },
  },
});
const { per } = databases;

/** PostgreSQL, reached by services of the petstore that declare a store of it: `stores.postgres: { at: { namespace: 'databases' } }`. */
export const postgres = databases.microservice({
  name: 'postgres',
  team: 'platform',
  tier: 1,
  image: 'docker.io/library/postgres',
  ports: { sql: tcp(5432) },
  workload: { kind: 'stateful' },
  scale: { replicas: 1 },
  disruption: { maxUnavailable: 1 },
  callers: ['orders', 'payments', 'pets', 'users', 'users-migrate'].map(name => ({ name, namespace: 'petstore', ports: ['sql'] as const })),
  variables: { PGDATA: '/var/lib/postgresql/data/cluster', POSTGRES_PASSWORD_FILE: '/etc/marty/secrets/secrets.superuser' },
  secrets: { superuser: secret('databases/postgres/superuser') },
  volumes: {
    data: { kind: 'claim', at: '/var/lib/postgresql/data', sizeGiB: per({ default: 10, staging: 50 }) },
    sockets: { kind: 'scratch', at: '/var/run/postgresql', sizeMiB: 16 },
  },
  files: { '/etc/postgresql/tuning.conf': per({ default: 'max_connections = 100\n', staging: 'max_connections = 400\n' }) },
  security: { user: 999 },
  metrics: 'none',
  health: { port: 'sql', startSeconds: 300, graceSeconds: 120 },
  resources: per({ default: 'medium', staging: { cpuMillis: 2000, memoryMiB: 4096 } }),
});

export const services = [postgres];
export const environments = databases.environmentNames;
