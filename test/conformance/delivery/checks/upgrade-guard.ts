import { isDeepStrictEqual } from 'node:util';
import type { Check, CheckContext, Verdict } from '../../runner/check';
import { verdictOf } from '../../runner/check';
import { frozenCases, type FrozenCase } from '../../../support/frozen-fields';
import { createApiServer, type ApiServer } from '../../kubernetes/api-server';
import { servers } from '../../kubernetes/checks/api-server';
import type { ApiClient } from '../../kubernetes/client';
import type { KubernetesObject } from '../../kubernetes/manifest';

/** Fields that a server of an older version does not know, or leaves out. */
const since: Readonly<Record<string, number>> = { 'spec.successPolicy': 31, 'spec.backoffLimitPerIndex': 29, 'spec.managedBy': 32 };

/** The server refuses the changes that the guard refuses, and takes those beside them. */
export const upgradeGuardChecks: readonly Check[] = servers.map(({ judge }) => ({
  name: judge.replace('kube-apiserver', 'upgrade-guard'),
  judges: ['etcd', judge],
  run: context => judgeGuard(context, judge),
}));

async function* judgeGuard(context: CheckContext, name: string): AsyncIterable<Verdict> {
  const judge = context.judge(name);
  const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
  const minor = Number(/^v1\.(\d+)/.exec(server.version)?.[1]);
  try {
    await server.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guarded' } });
    await server.client.apply(expandable);
    const known = frozenCases.filter(({ path }) => !Object.entries(since).some(([field, least]) => path.startsWith(field) && minor < least));
    const problems: string[] = [];
    for (const each of known) problems.push(...(await problemsOf(server, each)).map(problem => `${each.title}: ${problem}`));
    const skipped = frozenCases.length - known.length;
    yield verdictOf({ ...judge, version: server.version }, 'changes of what never changes, each with one beside it', known.length, problems, skipped ? `${skipped} of fields that it does not know yet` : '');
  } finally {
    await server.close();
  }
}

const expandable: KubernetesObject = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'guarded' }, provisioner: 'example.com/disk', allowVolumeExpansion: true };

/** Each change is made to an object that was made anew. */
async function problemsOf({ client }: ApiServer, { before, accepted, refused, ignored }: FrozenCase): Promise<string[]> {
  const problems: string[] = [];
  const outcome = async (after: KubernetesObject) => {
    await client.delete(before);
    const first = await client.apply(before);
    if (!first.accepted) problems.push(`the object itself is refused: ${first.message}`);
    await bind(client, before);
    const stored = (await client.get(before)).body;
    const answer = await client.apply(after);
    return { ...answer, same: isDeepStrictEqual(fieldsOf(stored), fieldsOf((await client.get(before)).body)) };
  };
  const taken = await outcome(accepted);
  if (!taken.accepted) problems.push(`the change beside it is refused: ${taken.message}`);
  const stopped = await outcome(refused);
  if (ignored ? !stopped.same : stopped.accepted) problems.push(ignored ? 'the server follows it' : 'the server accepts it');
  await client.delete(before);
  return problems;
}

/** A claim grows only when it is bound, as a controller would tell. */
async function bind(client: ApiClient, object: KubernetesObject): Promise<void> {
  if (object.kind !== 'PersistentVolumeClaim') return;
  const path = `/api/v1/namespaces/${object.metadata.namespace}/persistentvolumeclaims/${object.metadata.name}`;
  const capacity = { storage: '10Gi' };
  await client.request('PATCH', `${path}/status`, JSON.stringify({ status: { phase: 'Bound', capacity } }), 'application/merge-patch+json');
}

function fieldsOf(body: unknown): unknown {
  const { spec, data, roleRef } = Object(body) as Readonly<Record<string, unknown>>;
  return { spec, data, roleRef };
}
