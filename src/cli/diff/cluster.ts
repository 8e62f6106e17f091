import { MartyError } from '../../errors';
import { groupOf, keyOf } from '../../manifests/identity';
import { objectsIn, type SetObject } from '../../manifests/object-set';
import { isNamespaced } from '../../manifests/scope';
import type { Located, Side } from './side';
import type { Io } from '../io';

export interface ClusterOptions {
  /** The context of the kubeconfig. @default - the current one */
  readonly context?: string;
  /** The namespace of objects that name none. @default 'default' */
  readonly namespace?: string;
}

const managedBy = 'app.kubernetes.io/managed-by';
const partOf = 'app.kubernetes.io/part-of';

/**
 * What a cluster holds of the objects of a side, and what else of theirs: objects with their labels that nobody writes any more.
 *
 * @throws TOOL_MISSING without kubectl.
 * @throws CLUSTER_FAILED with what kubectl says.
 */
export function clusterSide(io: Io, cwd: string, written: Side, { context, namespace = 'default' }: ClusterOptions = {}): Side {
  const kinds = new Map<string, SetObject[]>();
  for (const { object } of written.objects) {
    const kind = `${object.apiVersion} ${object.kind}`;
    kinds.set(kind, [...kinds.get(kind) ?? [], object]);
  }
  const notes: string[] = [];
  const objects = [...kinds.values()].flatMap(of => {
    const [{ apiVersion, kind }] = of;
    const namespaces = isNamespaced(apiVersion, kind) ? [...new Set(of.map(({ metadata }) => metadata.namespace || namespace))] : [undefined];
    return namespaces.flatMap(within => {
      const found = listed(io, cwd, { apiVersion, kind, namespace: within, context });
      if (!found) notes.push(`the cluster does not serve ${apiVersion} ${kind}`);
      return found ?? [];
    });
  });
  const side = { name: context === undefined ? 'the cluster' : `the cluster of ${context}`, objects: objects.map((object): Located => ({ object, file: '', line: 1 })), notes: [...new Set(notes)] };
  return concerning(written, side, namespace);
}

/**
 * What of a cluster, or of a dump of it, is about the objects that are written: these, and those of the same platform that nobody writes any more.
 * What a cluster makes of other objects has their labels too, and is not meant.
 */
export function concerning(written: Side, live: Side, namespace = 'default'): Side {
  const key = ({ apiVersion, kind, metadata: { name, namespace: said } }: SetObject) => keyOf({
    apiVersion, kind, metadata: { name, namespace: isNamespaced(apiVersion, kind) ? said || namespace : undefined },
  });
  const wanted = new Set(written.objects.map(({ object }) => key(object)));
  const platforms = new Set(written.objects.map(({ object }) => platformOf(object)).filter(platform => platform !== undefined));
  const isLeft = (object: SetObject) => platforms.has(platformOf(object) ?? '') && Reflect.get(object.metadata, 'ownerReferences') === undefined && object.kind !== 'Endpoints';
  return { ...live, objects: live.objects.filter(({ object }) => wanted.has(key(object)) || isLeft(object)) };
}

/** The platform that an object of ours belongs to. */
function platformOf({ metadata }: SetObject): string | undefined {
  const labels = Object(Reflect.get(metadata, 'labels') ?? {}) as Readonly<Record<string, unknown>>;
  return labels[managedBy] === 'marty-msf' && typeof labels[partOf] === 'string' ? labels[partOf] : undefined;
}

interface Listing { readonly apiVersion: string; readonly kind: string; readonly namespace?: string; readonly context?: string }

/** Every object of a kind; undefined when the cluster does not serve it. */
function listed(io: Io, cwd: string, { apiVersion, kind, namespace, context }: Listing): SetObject[] | undefined {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const args = [
    ...context === undefined ? [] : ['--context', context], ...namespace === undefined ? [] : ['--namespace', namespace],
    'get', `${kind}.${version}.${groupOf(apiVersion)}`, '--output', 'json',
  ];
  const said = io.capture('kubectl', args, { cwd });
  if (!said) throw new MartyError('TOOL_MISSING', 'kubectl is not on the PATH; install it (https://kubernetes.io/docs/tasks/tools/), or save `kubectl get -o yaml` to a file and give it with --dump');
  if (said.code !== 0) {
    if (/doesn't have a resource type|no matches for kind|could not find the requested resource/.test(said.err)) return undefined;
    throw new MartyError('CLUSTER_FAILED', `kubectl ${args.join(' ')}: ${said.err.trim().split('\n').at(-1) ?? `ended with ${said.code}`}`);
  }
  const list: unknown = JSON.parse(said.out);
  return objectsIn([list]);
}
