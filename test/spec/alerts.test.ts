import { alertsOf, definePlatform, platformAlertsOf, settleService, type MicroserviceSpec } from '../../src/spec';
import { allFacts, minimal } from '../support/shop';

const shop = definePlatform({ name: 'shop', environments: { production: { ...allFacts, keda: true }, elsewhere: { extends: 'production', namespace: 'other' } } });
const alerts = (input: object, options = {}) => alertsOf(settleService(shop.microservice({ ...minimal, ...input } as never) as unknown as MicroserviceSpec, 'production'), options);
const names = (input: object) => alerts(input).map(({ name }) => name);
const one = (input: object, name: string) => alerts(input).find(alert => alert.name === name);
const nightly = { workload: { kind: 'schedule', cron: '@daily' } };

describe('the alerts of a service', () => {
  test.each<[string, object, string[]]>([
    ['a fixed number of replicas', {}, ['DisruptionBlocked']],
    ['replicas by load', { scale: { min: 2, max: 4 } }, ['ReplicasAtMaximum', 'DisruptionBlocked']],
    ['replicas by events', { scale: { max: 4, triggers: [{ type: 'cron', metadata: {} }] } }, ['ReplicasAtMaximum', 'DisruptionBlocked']],
    ['a migration', { migration: { command: ['migrate'] } }, ['MigrationFailed', 'MigrationNearTimeLimit', 'DisruptionBlocked']],
    ['pods on every node', { workload: { kind: 'daemon' } }, []],
    ['a schedule', nightly, ['JobFailed', 'ScheduleMissed', 'JobNearTimeLimit']],
    ['a schedule that is not run', { workload: { ...nightly.workload, suspended: true } }, ['JobFailed', 'JobNearTimeLimit']],
    ['a job', { workload: { kind: 'job' } }, ['JobFailed', 'JobNearTimeLimit']],
    ['a job whose end is too near to be seen', { workload: { kind: 'job', timeLimitSeconds: 599 } }, ['JobFailed']],
  ])('with %s', (_, input, expected) => {
    expect(names(input)).toEqual(expected);
  });

  test.each([[1, 'critical'], [2, 'warning'], [3, 'warning']])('of tier %i that failed are %s', (tier, severity) => {
    expect(one({ ...nightly, tier }, 'JobFailed')?.severity).toBe(severity);
  });

  test('are about the objects as they are named', () => {
    const adopted = { ...nightly, adopt: { selector: { app: 'old' }, name: 'live' } };
    expect(one(adopted, 'ScheduleMissed')?.expr).toContain('cronjob="live"');
    expect(one({ scale: { max: 4, triggers: [{ type: 'cron', metadata: {} }] } }, 'ReplicasAtMaximum')?.expr).toContain('horizontalpodautoscaler="keda-hpa-api"');
    expect(one({ workload: { kind: 'job' } }, 'JobFailed')?.expr).toBe('max by (namespace, job_name) (kube_job_failed{namespace="shop",job_name=~"api-[0-9a-f]{8}",condition="true"}) > 0');
  });

  test('know the times of the service', () => {
    expect(one({ workload: { ...nightly.workload, startWithinSeconds: 120 } }, 'ScheduleMissed')?.expr).toContain('> 120 unless');
    expect(one({ workload: { kind: 'job', timeLimitSeconds: 1000 } }, 'JobNearTimeLimit')?.expr).toContain('> 900 and');
  });

  test('name a runbook where there are some', () => {
    expect(alerts({})[0]).not.toHaveProperty('runbook');
    expect(alerts({}, { runbooks: 'https://wiki.example/runbooks/' })[0].runbook).toBe('https://wiki.example/runbooks/DisruptionBlocked');
  });
});

describe('the alerts of a platform', () => {
  test('are about the quota of its namespace', () => {
    const found = platformAlertsOf(shop, 'elsewhere', { runbooks: 'https://wiki.example' });
    expect(found.map(({ name, severity, runbook }) => [name, severity, runbook])).toEqual([
      ['QuotaNearlyUsed', 'warning', 'https://wiki.example/QuotaNearlyUsed'], ['QuotaExhausted', 'critical', 'https://wiki.example/QuotaExhausted'],
    ]);
    expect(found.every(({ expr }) => expr.includes('namespace="other"'))).toBe(true);
  });

  test('are of environments that there are', () => {
    expect(() => platformAlertsOf(shop, 'nowhere')).toThrow('expected one of production, elsewhere');
  });
});
