import type { Chart, Manifest } from './charts';
import { isOci, type Deliver } from './delivered';

const namespace = 'argocd';
const apiVersion = 'argoproj.io/v1alpha1';

/** What is asked for before its kind is there is asked for again. */
const retry = { limit: 10, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } };

/**
 * An Application for each chart, one for what tells the controllers what to do, and one that applies all of these, itself included.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 */
export const byArgoCd: Deliver = ({ name, charts, objects }, { repository, branch, path }) => {
  const application = (id: string, source: object, target: string, serverSide: readonly string[] = []): Manifest => ({
    apiVersion, kind: 'Application', metadata: { name: id, namespace },
    spec: {
      project: name, source, destination: { name: 'in-cluster', namespace: target },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true', ...serverSide], retry },
    },
  });
  const inGit = (folder: string) => ({ repoURL: repository, targetRevision: branch, path: folder });
  return new Map<string, readonly Manifest[]>([
    ['controllers.yaml', [
      project(name, charts, repository),
      ...charts.filter(chart => isOci(chart.repository)).map(registryOf),
      application(name, inGit(path), namespace),
      ...charts.map(({ name: chart, repository: from, version, namespace: target, values }) => application(
        `${name}.${chart}`, { repoURL: from.replace('oci://', ''), chart, targetRevision: version, helm: { releaseName: chart, valuesObject: values } }, target, ['CreateNamespace=true'])),
      ...objects.size > 0 ? [application(`${name}.objects`, inGit(`${path}/objects`), namespace, ['SkipDryRunOnMissingResource=true'])] : [],
    ]],
    ...objects,
  ]);
};

/** What these Applications may do: install controllers, which rule the whole cluster, from these places and no other. */
function project(name: string, charts: readonly Chart[], repository: string): Manifest {
  const namespaces = [...new Set([namespace, ...charts.map(chart => chart.namespace)])].sort();
  return {
    apiVersion, kind: 'AppProject', metadata: { name, namespace },
    spec: {
      description: 'controllers of the cluster',
      sourceRepos: [...new Set([repository, ...charts.map(chart => chart.repository.replace('oci://', ''))])],
      destinations: namespaces.map(target => ({ name: 'in-cluster', namespace: target })),
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}

/** Argo CD takes a registry for one of charts when it is told so; there is nothing secret about it. */
function registryOf({ name, repository }: Chart): Manifest {
  return {
    apiVersion: 'v1', kind: 'Secret', metadata: { name: `charts-${name}`, namespace, labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
    stringData: { type: 'helm', name, url: repository.replace('oci://', ''), enableOCI: 'true' },
  };
}
