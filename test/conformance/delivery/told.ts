import type { CheckContext, Verdict } from '../runner/check';
import { verdictOf } from '../runner/check';
import { createApiServer, type ApiServer } from '../kubernetes/api-server';
import { judgeWithCrds } from '../kubernetes/checks/api-server';
import type { KubernetesObject } from '../kubernetes/manifest';
import { removeScratch } from '../runner/processes';
import { fleets, repositoryOf, type Repository } from './repository';
import type { DeliveryOptions } from '../../../src/synth';

/** Something that an object names: a folder of a revision, or another object by its kind and name. */
export type Named = { readonly path: string; readonly revision: string } | { readonly kind: string; readonly name: string };

type NamedBy = (object: KubernetesObject) => Named[];

/** How many generated fleets each server is told of. */
const generated = 6;

/** A real API server takes what tells a tool of an output, and everything that it names is in the repository. */
export async function* judgeTold(context: CheckContext, judgeName: string, deliver: DeliveryOptions, namedBy: NamedBy): AsyncIterable<Verdict> {
  const judge = context.judge(judgeName);
  const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
  try {
    let count = 0;
    const problems: string[] = [];
    const remarks = new Set<string>();
    const all = fleets(generated);
    for (const fleet of all) {
      const repository = await repositoryOf(fleet, deliver);
      count += repository.manifests.length;
      problems.push(...(await problemsIn(server, repository, namedBy, remarks)).map(problem => `${fleet.title}: ${problem}`));
      removeScratch(repository.folder);
    }
    const form = Object.entries(deliver).filter(([field]) => !['repository', 'path', 'branch'].includes(field)).map(([field, value]) => `${field} ${String(value)}`).join(', ');
    yield verdictOf({ ...judge, version: server.version }, `${form}: ${all.length} fleets`, count, problems.slice(0, 40), [...remarks].join('; '));
  } finally {
    await server.close();
  }
}

async function problemsIn(server: ApiServer, repository: Repository, namedBy: NamedBy, remarks: Set<string>): Promise<string[]> {
  const { manifests } = repository;
  const findings = await judgeWithCrds(server, manifests);
  // That a server keeps its books anew on a kind that it has just learned is its own affair, and would be said of every object.
  (findings.remarks ?? []).filter(remark => remark.startsWith('CRD ')).forEach(remark => remarks.add(remark));
  const names = new Set(manifests.map(({ object }) => `${object.kind} ${object.metadata.name}`));
  const missing: string[] = [];
  for (const { object } of manifests) {
    for (const named of namedBy(object)) {
      const there = 'path' in named ? await repository.has(named.revision, named.path) : names.has(`${named.kind} ${named.name}`);
      if (!there) missing.push(`${object.kind} ${object.metadata.name}: names ${JSON.stringify(named)}, which is not there`);
    }
  }
  return [...findings.problems, ...missing];
}
