import { argoCdFolder } from '../delivery-folders';
import { waveKey } from '../render';
import { projectsOf, deliveryProjectOf } from './argo-cd-project';
import { deliveryLabelsOf, pathIn, rootNameOf, unitNameOf, waveLabel, type Stage, type Unit } from './unit';
import type { Placed } from './placed';
import type { ArgoCd } from './options';
import { platformFolder } from '../../spec/names';
import { MartyError, type Problem } from '../../errors';

/** Deleting an Application with it deletes what it applied. */
const finalizer = 'resources-finalizer.argocd.argoproj.io';

/** Waves of what services share and, after it, of services: those that call nobody first. */
const firstServiceWave = 1;

/**
 * What Argo CD is told of one environment: projects with limits, an Application that applies everything beside it, and one per folder of
 * the output, or an ApplicationSet that makes them.
 *
 * @throws PLATFORM_INVALID when an ApplicationSet is asked for where another repository renders what services share.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/
 */
export function argoCdOf(stage: Stage, options: ArgoCd): Placed[] {
  const { environment, shared, services } = stage;
  const folder = (name: string) => `${argoCdFolder}/${environment}/${name}`;
  const shape = shapeOf(stage, options);
  const common = (shared ? [...projectsOf(stage, options), rootOf(stage, options), applicationOf(shared, stage, options)] : [])
    .map(manifest => ({ folder: folder(platformFolder), manifest }));
  const each = () => services.map(unit => ({ folder: folder(unit.service ?? ''), manifest: applicationOf(unit, stage, options) }));
  if (options.applications === 'each') return [...common, ...each()];
  if (!shared) {
    throw new MartyError('PLATFORM_INVALID', `deliver.applications: is "set", but another repository renders what services share in ${environment}; `
      + 'one set would not know the services of the other, so let each have its own Application');
  }
  return [...common, ...services.length ? [{ folder: folder(platformFolder), manifest: setOf(stage, options, shape) }] : []];
}

/** Environments that one cluster would be told of in one namespace, where each would undo what the other is. */
export function placeProblems(stages: readonly Stage[], options: ArgoCd): Problem[] {
  const places = new Map<string, string[]>();
  for (const { environment, namespace } of stages) {
    const place = `the namespace ${namespace} of ${clusterOf(environment, options)}`;
    places.set(place, [...places.get(place) ?? [], environment]);
  }
  return [...places].filter(([, environments]) => environments.length > 1).map(([place, environments]) => ({
    path: 'deliver.clusters',
    message: `sends ${environments.join(', ')} to ${place}, where each would undo the other; name the cluster of each, such as { ${environments[0]}: 'a-cluster' }, or give each a namespace`,
  }));
}

const clusterOf = (environment: string, { clusters }: ArgoCd) => clusters[environment] ?? 'in-cluster';

/** What applies everything that stands beside it, itself included. */
function rootOf(stage: Stage, options: ArgoCd): object {
  const { namespace, repository, branch, path } = options;
  const { environment } = stage;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: rootNameOf(stage), namespace, labels: deliveryLabelsOf(stage) },
    spec: {
      project: deliveryProjectOf(stage),
      source: { repoURL: repository, targetRevision: branch, path: pathIn(path, `${argoCdFolder}/${environment}`) },
      destination: { name: 'in-cluster', namespace },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true', 'PruneLast=true'], retry },
    },
  };
}

const retry = { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } };

/** What all Applications of an environment are like. */
interface Shape {
  readonly labels: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  readonly spec: (path: string, prune: boolean) => object;
}

function shapeOf(stage: Stage, options: ArgoCd): Shape {
  const { repository, branch, manual, hydrate } = options;
  const { environment, namespace } = stage;
  const source = (path: string) => (hydrate
    ? { sourceHydrator: { drySource: { repoURL: repository, targetRevision: branch, path }, syncSource: { targetBranch: `environments/${environment}`, path } } }
    : { source: { repoURL: repository, targetRevision: branch, path } });
  return {
    labels: deliveryLabelsOf(stage),
    finalizers: isDisposable(stage, options) ? [finalizer] : [],
    spec: (path, prune) => ({
      project: rootNameOf(stage),
      ...source(path),
      destination: { name: clusterOf(environment, options), namespace },
      syncPolicy: {
        ...(manual.includes(environment) ? {} : { automated: { prune, selfHeal: true } }),
        syncOptions: ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true', 'PruneLast=true', 'FailOnSharedResource=true', 'CreateNamespace=false'],
        retry,
      },
    }),
  };
}

const isDisposable = ({ environment, preview }: Stage, { disposable }: ArgoCd) => preview || disposable.includes(environment);

function applicationOf(unit: Unit, stage: Stage, options: ArgoCd): object {
  const { labels, finalizers, spec } = shapeOf(stage, options);
  const wave = unit.service === undefined ? 0 : firstServiceWave + unit.wave;
  // What services share holds the namespace, with all that is in it: it goes by hand, or with an environment that may go.
  const prune = unit.service !== undefined || finalizers.length > 0;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: unitNameOf(unit), namespace: options.namespace, labels, annotations: { [waveKey]: String(wave) },
      ...(finalizers.length ? { finalizers } : {}),
    },
    spec: spec(pathIn(options.path, unit.folder), prune),
  };
}

/** One object that makes the Application of each service, wave after wave where Argo CD is told to go step by step. */
function setOf(stage: Stage, options: ArgoCd, { labels, finalizers, spec }: Shape): object {
  const { services } = stage;
  const waves = [...new Set(services.map(({ wave }) => wave))].sort((a, b) => a - b);
  const step = (wave: number) => ({ matchExpressions: [{ key: waveLabel, operator: 'In', values: [String(wave)] }] });
  const elements = services.map(unit => ({ name: unitNameOf(unit), path: pathIn(options.path, unit.folder), wave: String(unit.wave) }));
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: rootNameOf(stage), namespace: options.namespace, labels, annotations: { [waveKey]: String(firstServiceWave) } },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements } }],
      strategy: { type: 'RollingSync', rollingSync: { steps: waves.map(step) } },
      syncPolicy: { preserveResourcesOnDeletion: finalizers.length === 0 },
      template: { metadata: { name: '{{.name}}', labels: { ...labels, [waveLabel]: '{{.wave}}' } }, spec: spec('{{.path}}', true) },
    },
  };
}
