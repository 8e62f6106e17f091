import type { FoundJudge } from '../judges/judge';
import type { CheckContext, Verdict } from '../runner/check';
import { verdictOf } from '../runner/check';
import { createApiServer, type ApiServer } from '../kubernetes/api-server';
import { batchesOf, byIdentity } from '../kubernetes/batches';
import { judgeWithCrds } from '../kubernetes/checks/api-server';
import type { KubernetesObject } from '../kubernetes/manifest';
import { removeScratch } from '../runner/processes';
import { together } from '../runner/together';
import { branch, fleets, repositoryOf, type Repository } from './repository';
import type { DeliveryOptions } from '../../../src/synth';

/** Something that an object names: a folder of a revision, or another object by its kind and name. */
export type Named = { readonly path: string; readonly revision: string } | { readonly kind: string; readonly name: string };

type NamedBy = (object: KubernetesObject) => Named[];

/** How many generated fleets each server is told of. */
const generated = 6;

/** A real API server takes what tells a tool of an output, in each form, and everything that it names is in the repository. */
export async function* judgeTold(
  context: CheckContext, judgeName: string, forms: readonly DeliveryOptions[], namedBy: NamedBy,
): AsyncIterable<Verdict> {
  const judge = context.judge(judgeName);
  const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
  try {
    for (const form of forms) yield await told(server, judge, form, namedBy);
  } finally {
    await server.close();
  }
}

async function told(server: ApiServer, judge: FoundJudge, deliver: DeliveryOptions, namedBy: NamedBy): Promise<Verdict> {
  const all = await together(fleets(generated), async fleet => {
    const { manifests, folders, folder } = await repositoryOf(fleet, deliver);
    removeScratch(folder);
    return { manifests, missing: missingIn({ manifests, folders }, namedBy).map(problem => `${fleet.title}: ${problem}`) };
  });
  const problems = all.flatMap(({ missing }) => missing);
  const remarks = new Set<string>();
  for (const batch of batchesOf(all, byIdentity)) {
    const findings = await judgeWithCrds(server, batch.flatMap(({ manifests }) => manifests));
    problems.push(...findings.problems);
    // That a server keeps its books anew on a kind that it has just learned is its own affair, and would be said of every object.
    (findings.remarks ?? []).filter(remark => remark.startsWith('CRD ')).forEach(remark => remarks.add(remark));
  }
  const form = Object.entries(deliver).filter(([field]) => !['repository', 'path', 'branch'].includes(field)).map(([field, value]) => `${field} ${String(value)}`).join(', ');
  const count = all.reduce((sum, { manifests }) => sum + manifests.length, 0);
  return verdictOf({ ...judge, version: server.version }, `${form}: ${all.length} fleets`, count, problems.slice(0, 40), [...remarks].join('; '));
}

/** What is named and not there. */
function missingIn({ manifests, folders }: Pick<Repository, 'manifests' | 'folders'>, namedBy: NamedBy): string[] {
  const names = new Set(manifests.map(({ object }) => `${object.kind} ${object.metadata.name}`));
  const isThere = (named: Named) => ('path' in named
    ? named.revision === branch && folders.has(named.path.replace(/^\.\//, '')) : names.has(`${named.kind} ${named.name}`));
  return manifests.flatMap(({ object }) => namedBy(object).filter(named => !isThere(named))
    .map(named => `${object.kind} ${object.metadata.name}: names ${JSON.stringify(named)}, which is not there`));
}
