import { z } from 'zod';
import { definePlatform } from 'marty-msf/spec';

/** A Kafka of the platform's own: one node to develop with, three controllers and a broker in each zone where it counts; or one that is there. */
const bank = definePlatform({
  name: 'bank',
  environments: {
    dev: {
      kubernetes: '1.28', domain: 'dev.bank.example', secretStore: { name: 'vault' },
      kafka: { version: '4.3.1', controllers: 'combined', storage: { brokerGiB: 5 }, broker: { memoryMiB: 1024, cpuMillis: 250 } },
    },
    staging: {
      kubernetes: '1.37', domain: 'staging.bank.example', secretStore: { name: 'vault' }, zones: 2,
      kafka: {
        version: '3.9.2', brokersPerZone: 3, quotas: { producerBytesPerSecond: 10_000_000 },
        connect: { reads: ['transfers'], replicas: 1 },
        mirror: { source: { alias: 'old', at: { namespace: 'kafka', service: 'kafka' }, user: 'mirror' }, topics: 'audit\\..*' },
      },
    },
    production: {
      kubernetes: '1.37', domain: 'bank.example', secretStore: { name: 'vault' }, zones: 3,
      monitoring: { namespace: 'monitoring', labels: { release: 'prometheus' } },
      gateway: { name: 'public', namespace: 'gateways' },
      kafka: {
        version: '4.3.1',
        zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
        storage: { brokerGiB: 500, class: 'gp3' },
        broker: { memoryMiB: 8192, cpuMillis: 2000 },
        config: { 'num.replica.fetchers': 2 },
        external: { kind: 'tls-route', domain: 'kafka.bank.example' },
      },
    },
    // One that somebody else runs: topics and permissions are made in it.
    managed: {
      extends: 'production', namespace: 'bank-managed', domain: 'managed.bank.example',
      kafka: { at: { host: 'kafka.cloud.example', cidrs: ['10.20.2.0/24'] }, port: 9096, provision: { topics: { replication: 3 } } },
    },
    // As production, run by the Strimzi operator, with workers of Connect and a copy of the Kafka before it.
    strimzi: {
      extends: 'production', namespace: 'bank-strimzi', domain: 'strimzi.bank.example',
      kafka: {
        operator: 'strimzi', version: '4.3.1',
        zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
        storage: { brokerGiB: 500, class: 'gp3' },
        external: { kind: 'load-balancer', domain: 'kafka.strimzi.bank.example' },
        apiServer: { cidrs: ['10.0.0.1/32'], ports: [443] },
        beside: { schemaRegistry: true, ui: true },
        connect: { reads: ['transfers'] },
        mirror: { source: { alias: 'old', at: { namespace: 'kafka', service: 'kafka' }, user: 'mirror' }, topics: 'audit\\..*', groups: 'archive' },
      },
    },
  },
});
const { per } = bank;

export const transfers = bank.topic('transfers', {
  message: z.object({ transferId: z.string(), from: z.string(), to: z.string(), cents: z.int() }),
  key: 'from',
  partitions: per({ default: 3, production: 24 }),
});

/** The last known balance of each account: older messages of an account go. */
export const balances = bank.topic('balances', {
  message: z.object({ account: z.string(), cents: z.int() }), key: 'account', cleanup: 'compact', retentionMs: -1,
});

export const ledger = bank.microservice({
  name: 'ledger', team: 'money', tier: 1, image: 'ghcr.io/bank/ledger', produces: { transfers, balances }, scale: { replicas: 2 },
});
export const fraud = bank.microservice({
  name: 'fraud', team: 'risk', image: 'ghcr.io/bank/fraud', consumes: { transfers }, scale: { replicas: 2 },
});
export const statements = bank.microservice({
  name: 'statements', team: 'money', image: 'ghcr.io/bank/statements', consumes: { transfers, balances }, scale: { replicas: 2 },
});

export const services = [ledger, fraud, statements];
export const environments = bank.environmentNames;
