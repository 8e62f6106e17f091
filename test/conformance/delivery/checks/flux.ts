import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { execute, removeScratch } from '../../runner/processes';
import { together } from '../../runner/together';
import { servers } from '../../kubernetes/checks/api-server';
import { identityOf, type KubernetesObject } from '../../kubernetes/manifest';
import { branch, fleets, path, repositoryOf, type Fleet } from '../repository';
import { judgeTold, type Named } from '../told';
import type { FluxDelivery } from '../../../../src/synth';

const deliver: FluxDelivery = { tool: 'flux', repository: 'https://git.example/shop/deploy.git', path, branch, credentials: 'git', decryption: 'sops' };
const group = 'kustomize.toolkit.fluxcd.io/v1';

interface Spec {
  readonly path: string;
  readonly sourceRef: { readonly kind: string; readonly name: string };
  readonly dependsOn?: readonly { readonly name: string }[];
  readonly patches?: readonly object[];
}

/** What Flux is told is accepted by its definitions, and names only what is there; applied in steps, everything is applied once. */
export const fluxChecks: readonly Check[] = [
  ...servers.map(({ judge }): Check => ({ name: judge.replace('kube-apiserver', 'flux'), judges: ['etcd', judge], run: context => judgeTold(context, judge, [deliver], namedBy) })),
  { name: 'flux-steps', judges: ['kustomize'], run: judgeSteps },
];

function namedBy({ apiVersion, spec }: KubernetesObject): Named[] {
  if (apiVersion !== group) return [];
  const { path: at, sourceRef, dependsOn = [] } = spec as Spec;
  return [sourceRef, ...dependsOn.map(({ name }) => ({ kind: 'Kustomization', name })), { path: at, revision: branch }];
}

/** What kustomize makes of a folder with the patches of each step, together, is what it makes of the folder. */
async function* judgeSteps(context: CheckContext): AsyncIterable<Verdict> {
  const judge = context.judge('kustomize');
  const all = await together(fleets(40), fleet => inSteps(judge, fleet));
  const count = all.reduce((sum, each) => sum + each.count, 0);
  yield verdictOf(judge, 'folders that are applied in steps', count, all.flatMap(({ problems }) => problems).slice(0, 20));
}

/** The objects of a fleet that are applied in steps, and what is different then. */
async function inSteps(judge: FoundJudge, fleet: Fleet): Promise<{ readonly count: number; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  let count = 0;
  const { folder, manifests } = await repositoryOf(fleet, deliver);
  const stepped = manifests.filter(({ object }) => object.apiVersion === group && 'patches' in (object.spec as object)).map(({ object }) => object.spec as Spec);
  const build = async (at: string) => {
    const { code, stdout, stderr } = await execute(judge.path, ['build', '--load-restrictor', 'LoadRestrictionsNone', at], { cwd: folder });
    if (code !== 0) problems.push(`${fleet.title}: ${at}: ${stderr.trim()}`);
    return parseAllDocuments(stdout).map(document => document.toJS() as KubernetesObject | null).filter(object => object !== null).map(object => `${identityOf(object)} ${JSON.stringify(object)}`);
  };
  for (const at of new Set(stepped.map(spec => spec.path))) {
    const whole = await build(at);
    const steps: string[] = [];
    for (const [index, { patches }] of stepped.filter(spec => spec.path === at).entries()) {
      const step = join(folder, `step-${index}`);
      mkdirSync(step, { recursive: true });
      writeFileSync(join(step, 'kustomization.yaml'), stringify({ resources: [relative(step, join(folder, at))], patches }));
      steps.push(...await build(step));
    }
    count += whole.length;
    if (JSON.stringify(steps.sort()) !== JSON.stringify(whole.sort())) problems.push(`${fleet.title}: ${at}: in steps it is ${steps.length} objects, expected the ${whole.length} of the folder`);
  }
  removeScratch(folder);
  return { count, problems };
}
