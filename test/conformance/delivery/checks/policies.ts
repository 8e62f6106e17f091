import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { App, Chart } from 'cdk8s';
import { AdmissionPolicy, hasAdmissionPolicies } from '../../../../src/k8s/admission-policy';
import { admittedOf } from '../../../../src/manifests/admitted';
import { isWaived, type Policy } from '../../../../src/spec/policy';
import { fleetsOf, fullFleet } from '../../../support/arbitrary-fleet';
import { releasesOf, renderPlatform } from '../../../support/manifests';
import { parseDescription } from '../../../../src/spec/description';
import type { FoundJudge } from '../../judges/judge';
import { createApiServer, type ApiServer } from '../../kubernetes/api-server';
import type { ApiClient } from '../../kubernetes/client';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { Check, CheckContext, Verdict } from '../../runner/check';
import { verdictOf } from '../../runner/check';
import { differenceOf, withoutUnknown } from '../policies/admitted';
import { drawnPolicies } from '../policies/drawn';
import { trials, type Trial } from '../policies/pairs';
import * as objects from '../policies/objects';

const seed = Number(process.env.MARTY_SEED ?? 20_260_101);
const activeWithinMs = 30_000;

/** What a policy says of manifests is what a server says of requests; and both look at the same objects. */
export const policyChecks: readonly Check[] = [
  { name: 'policies', judges: ['etcd', 'kube-apiserver'], run: context => judged(context, 'kube-apiserver') },
  { name: 'policies-1.28', judges: ['etcd', 'kube-apiserver-1.28'], run: context => judged(context, 'kube-apiserver-1.28') },
];

async function* judged(context: CheckContext, name: string): AsyncIterable<Verdict> {
  const found = context.judge(name);
  const server = await createApiServer({ etcd: context.judge('etcd'), server: found });
  const judge = { ...found, version: server.version };
  try {
    if (hasAdmissionPolicies(server.version.replace(/^v/, ''))) yield* judgedBy(server, judge);
    else yield await unserved(server, judge);
  } finally {
    await server.close();
  }
}

async function* judgedBy({ client }: ApiServer, judge: FoundJudge): AsyncIterable<Verdict> {
  yield await admitted(client, judge);
  const drawn = drawnPolicies(seed);
  const problems: string[] = [];
  const refused = new Set<Policy>();
  for (const policy of [...trials.map(trial => trial.policy), ...drawn]) {
    const found = await install(client, policy);
    if (found.length) refused.add(policy);
    problems.push(...found);
  }
  yield verdictOf(judge, `the policies are accepted, MARTY_SEED=${seed}`, trials.length + drawn.length, problems);
  const pairs = trials.flatMap(casesOf);
  const answers: string[] = [];
  for (const each of pairs) answers.push(...await disagreement(client, each));
  yield verdictOf(judge, 'refuses and accepts what the check does', pairs.length, answers, `${trials.length} policies`);
  yield await drawnVerdict(client, judge, drawn.filter(policy => !refused.has(policy)));
}

/** A version without policies gets none: it has no such kind, and the construct does not make one. */
async function unserved({ client, version }: ApiServer, judge: FoundJudge): Promise<Verdict> {
  const serves = await client.serves({ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' });
  return verdictOf(judge, 'has no policies', 1, serves ? [`${version} serves ValidatingAdmissionPolicy, expected none`] : []);
}

interface Case {
  readonly trial: Trial;
  readonly title: string;
  readonly object: KubernetesObject;
  readonly isGood: boolean;
  readonly isFirst: boolean;
}

function casesOf(trial: Trial): Case[] {
  const place = (object: objects.Subject) => ({ ...object, metadata: { ...object.metadata, namespace: namespaceOf(trial.policy) } });
  // The bad ones first: as soon as one is refused, the policy is in force.
  const titled = (isGood: boolean, set: Trial['good']) => Object.entries(set).map(each => [isGood, ...each] as const);
  const list = [...titled(false, trial.bad), ...titled(true, trial.good)];
  return list.map(([isGood, title, object], index) => ({ trial, title, object: place(object), isGood, isFirst: index === 0 }));
}

const namespaceOf = ({ id }: Policy) => `of-${id}`;

async function install(client: ApiClient, policy: Policy): Promise<string[]> {
  const namespace = namespaceOf(policy);
  const chart = new Chart(new App(), policy.id);
  new AdmissionPolicy(chart, 'Policy', { policy, namespaces: [namespace] });
  const made = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, ...chart.toJson() as KubernetesObject[]];
  const problems: string[] = [];
  for (const object of made) {
    const { accepted, message, warnings } = await client.apply(object);
    const named = [...message.matchAll(/validations\[(\d+)\]/g)].map(([, index]) => policy.validations[Number(index)].expression);
    if (!accepted || warnings.length) problems.push(`${object.kind} ${object.metadata.name}: ${message} ${[...named, ...warnings].join('; ')}`);
  }
  return problems;
}

async function disagreement(client: ApiClient, { trial: { policy }, title, object, isGood, isFirst }: Case): Promise<string[]> {
  const told = isWaived(policy, object.metadata.annotations as Record<string, unknown> ?? {}) ? [] : policy.judge(object) ?? [];
  const by = `ValidatingAdmissionPolicy '${policy.id}'`;
  const deadline = Date.now() + activeWithinMs;
  let answer = await client.apply(object, { dryRun: true });
  for (; isFirst && answer.accepted && Date.now() < deadline; answer = await client.apply(object, { dryRun: true })) await sleep(250);
  const problems: string[] = [];
  if ((told.length === 0) !== isGood) problems.push(`the check ${told.length ? `refuses it: ${told[0].message}` : 'accepts it'}, expected the contrary`);
  if (answer.accepted !== isGood) problems.push(`the server ${answer.accepted ? 'accepts it' : `refuses it: ${answer.message}`}, expected the contrary`);
  if (!answer.accepted && !answer.message.includes(by)) problems.push(`the server refuses it for another reason: ${answer.message}`);
  return problems.map(problem => `${policy.id}, ${title}: ${problem}`);
}

/** The server says by warnings which expressions are not true of an object: one request asks for all. */
async function drawnVerdict(client: ApiClient, judge: FoundJudge, policies: readonly Policy[]): Promise<Verdict> {
  const problems: string[] = [];
  let count = 0;
  for (const policy of policies) {
    for (const [index, subject] of drawnSubjects.entries()) {
      const object = { ...subject, metadata: { ...subject.metadata, namespace: namespaceOf(policy) } };
      const ours = new Set((policy.judge(object) ?? []).map(({ validation }) => validation));
      const theirs = await warned(client, object, policy, index === 0);
      policy.validations.forEach(({ expression }, number) => {
        count += 1;
        if (ours.has(number) !== theirs.has(number)) problems.push(`${expression} of object ${index}: the check ${ours.has(number) ? `refuses it (${policy.judge(object)?.find(({ validation }) => validation === number)?.message})` : 'accepts it'}, the server does not`);
      });
    }
  }
  return verdictOf(judge, `agrees on drawn expressions, MARTY_SEED=${seed}`, count, problems.slice(0, 40));
}

async function warned(client: ApiClient, object: KubernetesObject, policy: Policy, waits: boolean): Promise<ReadonlySet<number>> {
  const deadline = Date.now() + activeWithinMs;
  for (;;) {
    const answer = await client.apply(object, { dryRun: true });
    // Headers are read as one byte per character.
    const warnings = answer.warnings.map(warning => Buffer.from(warning, 'latin1').toString('utf8'));
    const isTold = (expression: string, index: number) => warnings.some(warning => warning.includes(`: validation ${index} is not kept`) || warning.includes(`expression '${expression}' resulted in error`));
    const numbers = policy.validations.flatMap(({ expression }, index) => (isTold(expression, index) ? [index] : []));
    // The first expression of each is false of every object, which tells that the policy is in force.
    if (numbers.includes(0) || !waits) return new Set(numbers);
    if (Date.now() > deadline) throw new Error(`${policy.id} is not in force after ${activeWithinMs} ms: ${warnings.join('; ').slice(0, 300)}`);
    await sleep(250);
  }
}

const drawnSubjects: readonly objects.Subject[] = [
  objects.deployment({ spec: { replicas: 3 }, metadata: { labels: { team: 'shop', tier: '1' }, annotations: { note: 'Grüße 😀' } } }),
  objects.deployment({ containers: [objects.container({ resources: { limits: { cpu: '1500m', memory: '1Gi' } }, env: [{ name: 'A', value: '7' }] }), objects.container({ name: 'second', command: ['a', 'b'] })] }),
];

/** Defaults and all: what policies look at here is what the server shows them. */
async function admitted(client: ApiClient, judge: FoundJudge): Promise<Verdict> {
  const problems: string[] = [];
  let count = 0;
  const seen = new Set<string>();
  const rendered = [fullFleet(), ...fleetsOf(seed, 40)].flatMap(document => {
    const services = parseDescription(document);
    const render = (environment: string) => renderPlatform(services, environment, releasesOf(services)).manifests;
    return Object.keys(document.platform.environments).flatMap(environment => render(environment) as unknown as KubernetesObject[]);
  });
  const subjects = [...trials.flatMap(({ good, bad }) => [...Object.values(good), ...Object.values(bad)]) as KubernetesObject[], ...rendered];
  for (const object of subjects) {
    if (!(await client.serves(object)) || object.kind === 'Pod') continue;
    if (object.metadata.namespace !== undefined && !seen.has(object.metadata.namespace)) {
      await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: object.metadata.namespace } });
      seen.add(object.metadata.namespace);
    }
    const { accepted, body } = await client.apply(object, { dryRun: true });
    if (!accepted) continue;
    count += 1;
    const [ours, theirs] = [withoutUnknown(admittedOf(object)), withoutUnknown(body as KubernetesObject)];
    if (!isDeepStrictEqual(ours, theirs)) problems.push(`${object.kind} ${object.metadata.name}: ${differenceOf(ours, theirs)}`);
  }
  return verdictOf(judge, 'shows policies the objects that are looked at here', count, [...new Set(problems)].slice(0, 40));
}
