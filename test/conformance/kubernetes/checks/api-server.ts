import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Check, CheckContext, Verdict } from '../../runner/check';
import { skipped } from '../../runner/check';
import { together } from '../../runner/together';
import type { ApiServer } from '../api-server';
import { createApiServer } from '../api-server';
import type { ApiAnswer, ApiClient } from '../client';
import { crdsFor, installCrds, isEstablished } from '../crds';
import type { KubernetesObject, Manifest } from '../manifest';
import { groupOf, identityOf, nameOf } from '../manifest';
import type { Subject } from '../subjects';
import { manifestsOf, subjects } from '../subjects';
import type { Findings } from './per-subject';
import { perSubject } from './per-subject';

/** The servers, with the subjects each judges: the oldest supported version its own, the newest all others. */
export const servers = [
  { judge: 'kube-apiserver', judges: (subject: Subject) => subject.kubernetesVersion !== '1.28' },
  { judge: 'kube-apiserver-1.28', judges: (subject: Subject) => subject.kubernetesVersion === '1.28' },
] as const;

/** Each subject is accepted without error or warning, a second apply changes nothing, and it can be deleted again. */
export const apiServerChecks: readonly Check[] = servers.map(({ judge, judges }) => ({
  name: judge.replace('kube-apiserver', 'api-server'),
  judges: ['etcd', judge],
  run: context => judgeSubjects(context, judge, subjects().filter(judges)),
}));

async function* judgeSubjects(
  context: CheckContext,
  judgeName: string,
  chosen: readonly Subject[],
): AsyncIterable<Verdict> {
  const judge = context.judge(judgeName);
  if (chosen.length === 0) {
    yield skipped(judge, 'subjects', 'none is rendered for this version');
    return;
  }
  const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
  try {
    yield* perSubject({ ...judge, version: server.version }, chosen, subject =>
      judgeWithCrds(server, manifestsOf(subject)),
    );
  } finally {
    await server.close();
  }
}

/** Installs what custom resources need, then judges. */
export async function judgeWithCrds({ client, version }: ApiServer, manifests: readonly Manifest[]): Promise<Findings> {
  const minor = Number(/^v1\.(\d+)/.exec(version)?.[1]);
  const crds = await installCrds(client, crdsFor(manifests.map(({ object }) => object)), minor);
  const { problems, remarks } = await judgeManifests(client, manifests);
  return { count: manifests.length, problems: [...crds.problems, ...problems], remarks: [...crds.remarks, ...remarks] };
}

/** Applies everything, applies it again and deletes it, and says what went otherwise than a user may expect. */
export async function judgeManifests(
  client: ApiClient,
  manifests: readonly Manifest[],
): Promise<{ problems: string[]; remarks: string[] }> {
  const problems = repeated(manifests);
  const ordered = [...manifests].sort((a, b) => rankOf(a.object) - rankOf(b.object));
  const borrowed = await createNamespaces(client, ordered);
  const kept = new Map<Manifest, ApiAnswer>();
  const answers = await inRanks(ordered, async manifest => {
    const answer = await client.apply(manifest.object, { text: manifest.text });
    if (answer.accepted && rankOf(manifest.object) === 1) await isEstablished(client, manifest.object);
    return { manifest, answer };
  });
  for (const { manifest, answer } of answers) {
    if (answer.accepted) kept.set(manifest, answer);
    else problems.push(`${nameOf(manifest.object)}: ${answer.message}`);
    problems.push(...answer.warnings.map(warning => `${nameOf(manifest.object)}: warning: ${warning}`));
  }
  const remarks: string[] = [];
  for (const [manifest, change] of await changesOnReapply(client, kept)) {
    if (change === 'visible') {
      problems.push(`${nameOf(manifest.object)}: the second apply changed it, expected the same resourceVersion`);
    } else {
      remarks.push(`${nameOf(manifest.object)}: the server stored the same object anew`);
    }
  }
  const deleted = await inRanks([...kept.keys()].reverse(), async ({ object }) => ({ object, ...await client.delete(object) }));
  for (const { object, accepted, message } of deleted) {
    if (!accepted) problems.push(`${nameOf(object)}: it cannot be deleted, ${message}`);
  }
  for (const namespace of borrowed) await client.delete(namespace);
  const names = borrowed.map(({ metadata }) => metadata.name);
  if (names.length > 0) remarks.push(`namespaces made for it: ${names.join(', ')}`);
  return { problems, remarks };
}

/**
 * What a second apply does, in another second than the first: what the server stores anew with nothing changed but the time would not show
 * within one. It writes a new PersistentVolumeClaim once more although nothing in it differs, and it may keep books otherwise about a custom
 * resource whose schema it has just learned; both are its own affair when the object is the same and a third apply leaves it alone. So is a
 * custom resource whose definition gives it a status, which Kubernetes 1.28 misses in every manifest.
 */
async function changesOnReapply(client: ApiClient, kept: ReadonlyMap<Manifest, ApiAnswer>): Promise<Map<Manifest, 'invisible' | 'visible'>> {
  const again = async (manifests: Iterable<Manifest>) => {
    await nextSecond();
    return new Map(await together(manifests, async manifest => [manifest, await client.apply(manifest.object, { text: manifest.text })] as const));
  };
  const isChanged = ([manifest, { resourceVersion }]: [Manifest, ApiAnswer]) => resourceVersion !== kept.get(manifest)?.resourceVersion;
  const changed = [...await again(kept.keys())].filter(isChanged);
  if (changed.length === 0) return new Map();
  const second = new Map(changed);
  return new Map([...await again(second.keys())].map(([manifest, third]) => {
    const before = kept.get(manifest);
    const isSame = third.accepted && before !== undefined && isDeepStrictEqual(contentOf(third), contentOf(before));
    const isCustom = crdsFor([manifest.object]).length > 0;
    const isLeft = third.resourceVersion === second.get(manifest)?.resourceVersion || (isCustom && hasGivenStatus(third));
    return [manifest, isSame && isLeft ? 'invisible' : 'visible'];
  }));
}

/** Waits until the clock of this machine, which is the server's, shows another second. */
const nextSecond = () => sleep(1010 - Date.now() % 1000);

const hasGivenStatus = ({ body }: ApiAnswer) => Object.hasOwn(body as object, 'status');

function contentOf({ body }: ApiAnswer): unknown {
  const object = body as KubernetesObject;
  return { ...object, metadata: { ...object.metadata, resourceVersion: undefined, managedFields: undefined } };
}

/** Makes the namespaces that objects are in and nobody declares, as another tree or a cluster would. */
async function createNamespaces(client: ApiClient, manifests: readonly Manifest[]): Promise<KubernetesObject[]> {
  const declared = manifests.filter(({ object }) => rankOf(object) === 0).map(({ object }) => object.metadata.name);
  const used = new Set(
    manifests.map(({ object }) => object.metadata.namespace).filter(namespace => namespace !== undefined),
  );
  const made: KubernetesObject[] = [];
  for (const name of [...used].filter(namespace => !declared.includes(namespace))) {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    if ((await client.get(namespace)).accepted) continue;
    await client.apply(namespace);
    made.push(namespace);
  }
  return made;
}

function repeated(manifests: readonly Manifest[]): string[] {
  const seen = new Map<string, Manifest>();
  return manifests.flatMap(manifest => {
    const first = seen.get(identityOf(manifest.object));
    seen.set(identityOf(manifest.object), manifest);
    return first ? [`${nameOf(manifest.object)}: it is written twice, in ${first.file} and ${manifest.file}`] : [];
  });
}

/** Works on several manifests at once, and never on those of two ranks. */
async function inRanks<R>(manifests: readonly Manifest[], work: (manifest: Manifest) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const rank of new Set(manifests.map(({ object }) => rankOf(object)))) {
    results.push(...await together(manifests.filter(({ object }) => rankOf(object) === rank), work));
  }
  return results;
}

/** Namespaces first, then the kinds that other objects are made of, then the rest in the order of the files. */
function rankOf(object: KubernetesObject): 0 | 1 | 2 {
  if (object.kind === 'Namespace' && groupOf(object) === '') return 0;
  return object.kind === 'CustomResourceDefinition' ? 1 : 2;
}
