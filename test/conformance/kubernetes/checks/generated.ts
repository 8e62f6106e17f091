import { Yaml } from 'cdk8s';
import type { Check, CheckContext, Verdict } from '../../runner/check';
import { verdictOf } from '../../runner/check';
import { fullFleet, fleetsOf } from '../../../support/arbitrary-fleet';
import { releasesOf, renderPlatform } from '../../../support/manifests';
import { parseDescription } from '../../../../src/spec/description';
import { factsOf } from '../../../../src/spec/environments';
import { createApiServer } from '../api-server';
import { batchesOf, byNamespace } from '../batches';
import { crdsFor, installCrds } from '../crds';
import type { KubernetesObject, Manifest } from '../manifest';
import { judgeManifests, servers } from './api-server';

const seed = Number(process.env.MARTY_SEED ?? 20_260_101);
/** How many environments of generated fleets each server judges. */
const wanted = 30;

/** The fleet that says everything, and generated ones: a server accepts all that they become, in the version it is. */
export const generatedFleetChecks: readonly Check[] = servers.map(({ judge }) => ({
  name: judge.replace('kube-apiserver', 'generated-fleets'),
  judges: ['etcd', judge],
  run: context => judgeGenerated(context, judge),
}));

async function* judgeGenerated(context: CheckContext, judgeName: string): AsyncIterable<Verdict> {
  const judge = context.judge(judgeName);
  const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
  const kubernetes = judgeName.endsWith('1.28') ? '1.28' : '1.37';
  try {
    const chosen = renderings(kubernetes);
    const all = chosen.flatMap(({ manifests }) => manifests.map(({ object }) => object));
    const crds = await installCrds(server.client, crdsFor(all), Number(kubernetes.slice(2)));
    const problems = [...crds.problems];
    const remarks = [...crds.remarks];
    for (const batch of batchesOf(chosen, byNamespace)) {
      const titles = batch.map(({ title }) => title).join(', ');
      const found = await judgeManifests(server.client, batch.flatMap(({ manifests }) => manifests));
      remarks.push(...found.remarks.filter(remark => remark.includes('anew')).map(remark => `${titles}: ${remark}`));
      problems.push(...found.problems.filter(problem => !isLiveName(problem)).map(problem => `${titles}: ${problem}`));
    }
    yield verdictOf({ ...judge, version: server.version }, `${chosen.length} environments of generated fleets, MARTY_SEED=${seed}`, all.length, problems.slice(0, 40), remarks.join('; '));
  } finally {
    await server.close();
  }
}

/** A workload that is taken over keeps a name with a dot, of which the server warns. */
const isLiveName = (problem: string) => /^\w+ \S+\.live: warning: metadata\.name: this is used in Pod names/.test(problem);

interface Rendering { readonly title: string; readonly manifests: readonly Manifest[] }

/** Environments of that version, each rendered; what nobody can judge, objects of a kind of nobody's, is left out. */
export function renderings(kubernetes: string, most = wanted): Rendering[] {
  const found: Rendering[] = [];
  for (const [index, document] of [fullFleet(), ...fleetsOf(seed, 600)].entries()) {
    const services = parseDescription(document);
    for (const environment of Object.keys(document.platform.environments)) {
      if (found.length >= most || factsOf(services[0].platform, environment).kubernetes !== kubernetes) continue;
      const objects = renderPlatform(services, environment, releasesOf(services)).manifests as unknown as readonly KubernetesObject[];
      const manifests = objects.filter(({ kind }) => kind !== 'Widget').map(object => ({ object, file: '', text: Yaml.stringify(object) }));
      found.push({ title: `fleet ${index} in ${environment}`, manifests });
    }
  }
  return found;
}
