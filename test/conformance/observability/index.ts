import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundJudge } from '../judges/judge';
import { verdictOf, type Check, type CheckContext, type Verdict } from '../runner/check';
import { execute, removeScratch, scratchFolder } from '../runner/processes';
import { cases, type Case } from './cases';
import { kafkaCases } from './kafka-cases';
import { fleetAlerts, kafkaAlerts, ruleFileOf, type OwnedAlert } from './fleet';

/** Prometheus reads the alerts, and they fire when they should, and only then. */
export const checks: readonly Check[] = [
  { name: 'self-test/alerts', judges: ['promtool'], run: testJudge },
  { name: 'alerts', judges: ['promtool'], run: judgeAlerts },
];

async function* judgeAlerts(context: CheckContext): AsyncIterable<Verdict> {
  const judge = context.judge('promtool');
  const alerts = fleetAlerts();
  yield verdictOf(judge, 'rules', alerts.length, await refusals(judge, alerts));
  yield verdictOf(judge, 'series', cases.length * alerts.length, [...untold(alerts, cases), ...await failures(judge, alerts, cases)]);
  for (const operator of ['plain', 'strimzi'] as const) {
    const [ofKafka, told] = [kafkaAlerts(operator), kafkaCases(operator)];
    yield verdictOf(judge, `rules of a Kafka that is ${operator}`, ofKafka.length, await refusals(judge, ofKafka));
    yield verdictOf(judge, `series of a Kafka that is ${operator}`, told.length * ofKafka.length, [...untold(ofKafka, told), ...await failures(judge, ofKafka, told)]);
  }
}

/** A judge that lets everything pass is caught: a wrong expression, an alert that fires and should not, one that should and does not. */
async function* testJudge(context: CheckContext): AsyncIterable<Verdict> {
  const judge = context.judge('promtool');
  const alerts = fleetAlerts();
  const [first, ...others] = alerts;
  const firing = cases.filter(({ fires }) => fires.length);
  const silent = cases.filter(({ fires }) => !fires.length);
  const { service, alert: { name } } = first;
  const wrong: readonly (readonly [what: string, answers: readonly string[]])[] = [
    ['an expression that is none', await refusals(judge, [{ service, alert: { ...first.alert, expr: 'sum(' } }, ...others])],
    ['an alert that fires and should not', await failures(judge, alerts, [{ ...firing[0], fires: [] }])],
    ['an alert that should fire and does not', await failures(judge, alerts, [{ ...silent[0], fires: [[service, name]] }])],
  ];
  yield verdictOf(judge, 'self-test', wrong.length, wrong.filter(([, answers]) => !answers.length).map(([what]) => `${what}: it was accepted, expected a refusal`));
}

/** Alerts that no case makes fire. */
function untold(alerts: readonly OwnedAlert[], judged: readonly Case[]): string[] {
  const told = new Set(judged.flatMap(({ fires }) => fires.map(([service, alert]) => `${service}/${alert}`)));
  const kinds = new Map(alerts.map(({ service, alert }) => [`${service}/${alert.name}`, alert]));
  // One budget is as good as another.
  return [...kinds.keys()].filter(key => !told.has(key) && key !== 'importer/DisruptionBlocked').map(key => `${key}: no case makes it fire`);
}

async function refusals(judge: FoundJudge, alerts: readonly OwnedAlert[]): Promise<string[]> {
  const folder = scratchFolder('rules');
  const file = join(folder, 'rules.yaml');
  writeFileSync(file, ruleFileOf(alerts));
  const { code, stdout, stderr } = await execute(judge.path, ['check', 'rules', '--lint=all', '--lint-fatal', file]);
  removeScratch(folder);
  return code === 0 ? [] : linesOf(`${stdout}\n${stderr}`);
}

async function failures(judge: FoundJudge, alerts: readonly OwnedAlert[], told: readonly Case[]): Promise<string[]> {
  const folder = scratchFolder('rules');
  writeFileSync(join(folder, 'rules.yaml'), ruleFileOf(alerts));
  const file = join(folder, 'tests.yaml');
  writeFileSync(file, JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '30s', tests: told.map(each => testOf(each, alerts)) }));
  const { code, stdout, stderr } = await execute(judge.path, ['test', 'rules', file]);
  removeScratch(folder);
  return code === 0 ? [] : linesOf(`${stdout}\n${stderr}`);
}

const linesOf = (text: string) => text.split('\n').map(line => line.trim()).filter(line => line !== '');

/** A case as promtool reads it: by the names of alerts, of which each service has its own. */
function testOf({ name, series, minute, fires, labels: given }: Case, alerts: readonly OwnedAlert[]): object {
  const names = [...new Set(alerts.map(({ alert }) => alert.name))];
  return {
    name,
    interval: '1m',
    input_series: Object.entries(series).map(([metric, values]) => ({ series: metric, values })),
    alert_rule_test: names.map(alertname => ({
      eval_time: `${minute * 60}s`,
      alertname,
      exp_alerts: fires.filter(([, alert]) => alert === alertname).map(([service]) => {
        const found = alerts.find(each => each.service === service && each.alert.name === alertname);
        const labels = { severity: found?.alert.severity, service, ...given ?? labelsIn(alertname, series) };
        return { exp_labels: labels, exp_annotations: { summary: found?.alert.summary } };
      }),
    })),
  };
}

/** The labels by which the objects of an alert are told apart. */
const kept: Readonly<Record<string, readonly string[]>> = {
  JobFailed: ['job_name'], MigrationFailed: ['job_name'], JobNearTimeLimit: ['job_name'], MigrationNearTimeLimit: ['job_name'], ScheduleMissed: ['cronjob'],
  ReplicasAtMaximum: ['horizontalpodautoscaler'], DisruptionBlocked: ['poddisruptionbudget'], QuotaNearlyUsed: ['resource'], QuotaExhausted: ['resource'],
};

function labelsIn(alert: string, series: Case['series']): Record<string, string> {
  const [first = ''] = Object.keys(series);
  const scheduled = alert === 'JobFailed' && first.includes('nightly');
  const labels = ['namespace', ...(scheduled ? [] : kept[alert])];
  return Object.fromEntries(labels.map(label => [label, new RegExp(`[{,]${label}="([^"]*)"`).exec(first)?.[1] ?? '']));
}
