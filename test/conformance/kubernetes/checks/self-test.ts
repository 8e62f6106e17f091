import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundJudge } from '../../judges/judge';
import type { Check, CheckContext, Verdict } from '../../runner/check';
import { verdictOf } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { createApiServer } from '../api-server';
import type { Manifest } from '../manifest';
import type { Spoiled } from '../self-test/cases';
import { acceptedManifests, spoiled, spoiledManifests, writeManifests } from '../self-test/cases';
import type { KubernetesVersion } from '../subjects';
import { judgeWithCrds, servers } from './api-server';
import { kubeScore } from './kube-score';
import { kubeconform } from './kubeconform';
import { kubesec } from './kubesec';
import { kustomize } from './kustomize';

/** The oldest and the newest version: the schemas of both must close their objects. */
const versions: readonly KubernetesVersion[] = ['1.28', '1.37'];

/** Puts manifests to a judge and returns what it has against them. */
type Ask = (manifests: readonly Manifest[]) => Promise<readonly string[]>;

/** Each judge accepts a right service and refuses a wrong one: a judge that lets all pass is caught in every run. */
export const selfTestChecks: readonly Check[] = [
  ...servers.map(({ judge }): Check => ({
    name: `self-test/${judge}`,
    judges: ['etcd', judge],
    run: context => testServer(context, judge),
  })),
  fileTest('kubeconform', async (judge, file, _, version) => (await kubeconform(judge, [file], version)).problems),
  fileTest('kube-score', async (judge, file, _, version) => (await kubeScore(judge, [file], version)).problems),
  fileTest('kubesec', async (judge, _, manifests, version) => {
    const workloads = manifests.filter(({ object }) => object.kind === 'Deployment');
    return (await kubesec(judge, workloads, version)).problems;
  }),
  { name: 'self-test/kustomize', judges: ['kustomize'], run: testKustomize },
];

async function* testServer(context: CheckContext, judgeName: string): AsyncIterable<Verdict> {
  const judge = context.judge(judgeName);
  const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
  try {
    const { remarks = [] } = await judgeWithCrds(server, acceptedManifests());
    const problems = await problemsWith(
      'api-server',
      async manifests => (await judgeWithCrds(server, manifests)).problems,
    );
    yield verdictOf(
      { ...judge, version: server.version },
      'self-test',
      countFor('api-server'),
      problems,
      remarks.join('; '),
    );
  } finally {
    await server.close();
  }
}

function fileTest(
  name: 'kubeconform' | 'kube-score' | 'kubesec',
  ask: (
    judge: FoundJudge,
    file: string,
    manifests: readonly Manifest[],
    version: KubernetesVersion,
  ) => Promise<readonly string[]>,
): Check {
  return {
    name: `self-test/${name}`,
    judges: [name],
    async *run(context) {
      const judge = context.judge(name);
      const folder = scratchFolder('self-test');
      for (const version of versions) {
        const problems = await problemsWith(name, manifests =>
          ask(judge, writeManifests(manifests, folder), manifests, version),
        );
        yield verdictOf(judge, `self-test (${version})`, countFor(name), problems);
      }
      removeScratch(folder);
    },
  };
}

/** The build must equal the files; one that renames an object or leaves one out must not. */
async function* testKustomize(context: CheckContext): AsyncIterable<Verdict> {
  const judge = context.judge('kustomize');
  const folder = scratchFolder('self-test');
  const manifests = acceptedManifests();
  writeManifests(manifests, folder);
  const build = (kustomization: string, expected: readonly Manifest[]) => {
    writeFileSync(join(folder, 'kustomization.yaml'), kustomization);
    return kustomize(judge, ['build', folder], expected);
  };
  const plain = 'resources: [objects.yaml]\n';
  const different: readonly [name: string, kustomization: string, expected: readonly Manifest[]][] = [
    ['renamed objects', `${plain}namePrefix: other-\n`, manifests],
    ['changed objects', `${plain}commonAnnotations: { team: other }\n`, manifests],
    ['an object too many', plain, manifests.slice(1)],
    ['a build that fails', 'resources: [absent.yaml]\n', manifests],
  ];
  const problems = await build(plain, manifests);
  for (const [name, kustomization, expected] of different) {
    if ((await build(kustomization, expected)).length === 0) problems.push(`${name}: the difference was not seen`);
  }
  removeScratch(folder);
  yield verdictOf(judge, 'self-test', 1 + different.length, problems);
}

/** What the judge has against the right service, and which wrong ones it let pass or did not name. */
async function problemsWith(judge: Spoiled['refusedBy'][number], ask: Ask): Promise<string[]> {
  const problems = (await ask(acceptedManifests())).map(problem => `the right service was refused: ${problem}`);
  for (const wrong of spoiled.filter(({ refusedBy }) => refusedBy.includes(judge))) {
    const manifests = spoiledManifests(wrong);
    const name = manifests.find(({ object }) => object.kind === wrong.kind)?.object.metadata.name ?? '';
    const answers = await ask(manifests);
    const isNamed = answers.some(answer => answer.includes(wrong.kind) && answer.includes(name));
    if (answers.length === 0) problems.push(`${wrong.name}: it was accepted, expected a refusal`);
    else if (!isNamed) problems.push(`${wrong.name}: ${wrong.kind} ${name} is not named in ${answers.join('; ')}`);
  }
  return problems;
}

function countFor(judge: Spoiled['refusedBy'][number]): number {
  return 1 + spoiled.filter(({ refusedBy }) => refusedBy.includes(judge)).length;
}
