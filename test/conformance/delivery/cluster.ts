import { Yaml } from 'cdk8s';
import type { ApiServer } from '../kubernetes/api-server';
import { crdsFor, installCrds } from '../kubernetes/crds';
import type { KubernetesObject } from '../kubernetes/manifest';
import { nameOf } from '../kubernetes/manifest';

/** What was put into a cluster, and what went wrong with it. */
export interface Applied {
  readonly problems: readonly string[];
  /** Takes everything away again. */
  remove(): Promise<void>;
}

/** Applies objects as they stand, with their CRDs and the namespaces that they are in. */
export async function applied({ client, version }: ApiServer, objects: readonly KubernetesObject[]): Promise<Applied> {
  const minor = Number(/^v1\.(\d+)/.exec(version)?.[1]);
  const crds = await installCrds(client, crdsFor(objects), minor);
  const problems = [...crds.problems];
  const isNamespace = ({ kind }: KubernetesObject) => kind === 'Namespace';
  const declared = objects.filter(isNamespace).map(({ metadata }) => metadata.name);
  const used = [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))].filter(name => !declared.includes(name));
  const namespaces = used.map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const all = [...namespaces, ...objects.filter(isNamespace), ...objects.filter(object => !isNamespace(object))];
  for (const object of all) {
    const { accepted, message } = await client.apply(object);
    if (!accepted) problems.push(`${nameOf(object)}: ${message}`);
  }
  return {
    problems,
    remove: async () => {
      for (const object of [...all].reverse()) await client.delete(object);
    },
  };
}

/** What a cluster holds of some objects, as `kubectl get -o yaml` prints it. */
export async function dumpOf({ client }: ApiServer, objects: readonly KubernetesObject[]): Promise<string> {
  const items: unknown[] = [];
  for (const object of objects) {
    const { accepted, body } = await client.get(object);
    if (accepted) items.push(body);
  }
  return Yaml.stringify({ apiVersion: 'v1', kind: 'List', items });
}
