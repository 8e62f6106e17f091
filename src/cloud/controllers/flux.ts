import type { Chart, Manifest } from './charts';
import { isOci, type Deliver } from './delivered';

const namespace = 'flux-system';

/**
 * A release for each chart, and Kustomizations that apply them and, once they are there, what tells the controllers what to do.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export const byFlux: Deliver = ({ name, charts, objects }, { repository, branch, path }) => {
  const kustomization = (id: string, folder: string, wait: boolean, after: readonly string[] = []): Manifest => ({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: id, namespace },
    spec: {
      interval: '10m0s', retryInterval: '1m0s', timeout: '15m0s', prune: true, wait, path: `./${folder}`, sourceRef: { kind: 'GitRepository', name },
      ...after.length > 0 && { dependsOn: after.map(other => ({ name: other })) },
    },
  });
  return new Map<string, readonly Manifest[]>([
    ['controllers.yaml', [
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name, namespace },
        spec: { interval: '1m0s', url: repository, ref: { branch } },
      },
      kustomization(`${name}-charts`, `${path}/charts`, true),
      ...objects.size > 0 ? [kustomization(`${name}-objects`, `${path}/objects`, false, [`${name}-charts`])] : [],
    ]],
    ...charts.map((chart): [string, readonly Manifest[]] => [`charts/${chart.name}.yaml`, [sourceOf(chart), releaseOf(chart)]]),
    ...objects,
  ]);
};

function sourceOf({ name, repository, version }: Chart): Manifest {
  const metadata = { name, namespace };
  return isOci(repository)
    ? { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', metadata, spec: { interval: '1h0m0s', url: `${repository}/${name}`, ref: { tag: version } } }
    : { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', metadata, spec: { interval: '1h0m0s', url: repository } };
}

function releaseOf({ name, repository, version, namespace: target, values }: Chart): Manifest {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name, namespace },
    spec: {
      interval: '10m0s', releaseName: name, targetNamespace: target, storageNamespace: target,
      ...isOci(repository)
        ? { chartRef: { kind: 'OCIRepository', name } }
        : { chart: { spec: { chart: name, version, sourceRef: { kind: 'HelmRepository', name } } } },
      install: { crds: 'Create', createNamespace: true, remediation: { retries: 3 } },
      upgrade: { crds: 'CreateReplace', remediation: { retries: 3 } },
      values,
    },
  };
}
