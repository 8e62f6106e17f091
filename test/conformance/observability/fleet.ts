import { kafkaAlertsOf } from '../../../src/kafka/alerts';
import { kafkaCluster } from '../../support/kafka';
import { alertsOf, definePlatform, platformAlertsOf, settleService, type Alert, type MicroserviceSpec } from '../../../src/spec';

const shop = definePlatform({
  name: 'shop',
  environments: {
    production: { kubernetes: '1.37', domain: 'shop.example', namespace: 'shop-production', keda: true, quota: { pods: 100, cpu: 10 } },
  },
});
const image = 'ghcr.io/shop/any';

/** A service for every alert that there is. */
const services = [
  shop.microservice({ name: 'web', team: 'shop', image, scale: { min: 2, max: 5 }, migration: { command: ['/app/migrate'] } }),
  shop.microservice({ name: 'importer', team: 'shop', image, scale: { min: 0, max: 4, triggers: [{ type: 'cron', metadata: {} }] } }),
  shop.microservice({ name: 'nightly', team: 'shop', image, tier: 1, workload: { kind: 'schedule', cron: '0 * * * *', timeLimitSeconds: 1800 } }),
  shop.microservice({ name: 'backfill', team: 'shop', image, workload: { kind: 'job', timeLimitSeconds: 3600 } }),
];

/** An alert, and the service that it is about: `platform` for what all share. */
export interface OwnedAlert { readonly service: string; readonly alert: Alert }

/** Every alert of the fleet. */
export function fleetAlerts(): OwnedAlert[] {
  return [
    ...services.flatMap(service => alertsOf(settleService(service as unknown as MicroserviceSpec, 'production')).map(alert => ({ service: service.name, alert }))),
    ...platformAlertsOf(shop, 'production').map(alert => ({ service: 'platform', alert })),
  ];
}

/** Every alert of a Kafka of the platform's own. */
export function kafkaAlerts(operator: 'plain' | 'strimzi'): OwnedAlert[] {
  return kafkaAlertsOf(kafkaCluster({ version: '4.3.1', operator, connect: {} })).map(alert => ({ service: 'kafka', alert }));
}

/** The alerts as a rule file of Prometheus; JSON is YAML. */
export function ruleFileOf(alerts: readonly OwnedAlert[]): string {
  const rules = alerts.map(({ service, alert: { name, expr, forSeconds, severity, summary } }) => (
    { alert: name, expr, for: `${forSeconds}s`, labels: { severity, service }, annotations: { summary } }));
  return JSON.stringify({ groups: [{ name: 'fleet', rules }] }, undefined, 2);
}
