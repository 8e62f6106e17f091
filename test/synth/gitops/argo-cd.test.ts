import { delivered, rendered, source, type Delivering } from '../../support/delivered';
import { exampleFleets } from '../../support/examples';
import type { ArgoCdDelivery } from '../../../src/synth/gitops/options';

const [petstore] = exampleFleets().filter(({ name }) => name === 'petstore');
const objects = rendered(petstore.services, ['dev', 'production']);
const byArgoCd = (options: Partial<ArgoCdDelivery> = {}) => delivered(objects, { tool: 'argo-cd', ...source, ...options }).delivering;
const named = (all: readonly Delivering[], kind: string, name: string) => (
  all.find(object => object.kind === kind && object.metadata.name === name) as Delivering);
const waveOf = ({ metadata }: Delivering) => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave']);

describe('an Application per service', () => {
  const all = byArgoCd({ disposable: ['dev'], manual: ['production'], clusters: { production: 'shop-production' } });

  test('stands in the folder of the service, beside the folders of what services share', () => {
    expect(all.filter(({ environment }) => environment === 'dev').map(({ folder, kind, metadata }) => `${folder} ${kind} ${metadata.name}`)).toEqual([
      '_argo-cd/dev/_platform AppProject petstore.dev',
      '_argo-cd/dev/_platform AppProject petstore.dev.delivery',
      '_argo-cd/dev/_platform Application petstore.dev',
      '_argo-cd/dev/_platform Application petstore.dev.platform.shared',
      ...petstore.services.map(({ name }) => name).sort().map(name => `_argo-cd/dev/${name} Application petstore.dev.${name}`),
    ]);
  });

  test('comes after the projects, what services share and the services that it calls', () => {
    const wave = (name: string) => waveOf(named(all, 'Application', `petstore.dev.${name}`));
    expect(waveOf(named(all, 'AppProject', 'petstore.dev'))).toBe(-1);
    expect([wave('platform.shared'), wave('payments'), wave('orders'), wave('gateway')]).toEqual([0, 1, 2, 3]);
  });

  test('keeps what it applied when it goes, unless the environment is disposable', () => {
    expect(named(all, 'Application', 'petstore.dev.orders').metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
    expect(named(all, 'Application', 'petstore.production.orders').metadata.finalizers).toBeUndefined();
  });

  test('applies by itself, unless somebody wants to say so', () => {
    expect(named(all, 'Application', 'petstore.dev.orders').spec.syncPolicy).toMatchObject({ automated: { prune: true, selfHeal: true } });
    expect(named(all, 'Application', 'petstore.production.orders').spec.syncPolicy).not.toHaveProperty('automated');
  });

  test('never removes a namespace that has to stay', () => {
    const [shared] = byArgoCd().filter(({ metadata }) => metadata.name === 'petstore.production.platform.shared');
    expect(shared.spec.syncPolicy).toMatchObject({ automated: { prune: false } });
  });

  test('goes to the cluster of its environment', () => {
    expect(named(all, 'Application', 'petstore.production.orders').spec.destination).toEqual({ name: 'shop-production', namespace: 'petstore' });
    expect(named(all, 'AppProject', 'petstore.production').spec.destinations).toEqual([{ name: 'shop-production', namespace: 'petstore' }]);
  });
});

describe('the project of an environment', () => {
  const spec = named(byArgoCd(), 'AppProject', 'petstore.production').spec as {
    sourceRepos: string[]; clusterResourceWhitelist: object[]; namespaceResourceWhitelist: { kind: string }[];
  };

  test('allows one repository, and of the whole cluster only the objects that are rendered', () => {
    expect(spec.sourceRepos).toEqual([source.repository]);
    expect(spec.clusterResourceWhitelist).toEqual([
      { group: '', kind: 'Namespace', name: 'petstore' },
      ...[1, 2, 3].map(tier => ({ group: 'scheduling.k8s.io', kind: 'PriorityClass', name: `petstore-tier-${tier}` })),
    ]);
  });

  test('allows no kind that no description becomes', () => {
    const kinds = spec.namespaceResourceWhitelist.map(({ kind }) => kind);
    expect(kinds).toContain('Deployment');
    expect(kinds.filter(kind => ['Pod', 'Application', 'AppProject', 'ClusterRole', '*'].includes(kind))).toEqual([]);
  });
});

describe('an ApplicationSet', () => {
  const set = named(byArgoCd({ applications: 'set', disposable: ['dev'] }), 'ApplicationSet', 'petstore.production').spec as {
    generators: { list: { elements: { name: string; wave: string }[] } }[];
    strategy: { rollingSync: { steps: { matchExpressions: { values: string[] }[] }[] } };
  };

  test('refuses parameters that are missing, and keeps what it applied', () => {
    expect(set).toMatchObject({ goTemplate: true, goTemplateOptions: ['missingkey=error'], syncPolicy: { preserveResourcesOnDeletion: true } });
    expect(named(byArgoCd({ applications: 'set', disposable: ['dev'] }), 'ApplicationSet', 'petstore.dev').spec).toMatchObject({ syncPolicy: { preserveResourcesOnDeletion: false } });
  });

  test('has every wave of its services in a step', () => {
    const steps = set.strategy.rollingSync.steps.flatMap(({ matchExpressions }) => matchExpressions.flatMap(({ values }) => values));
    expect(steps).toEqual(['0', '1', '2']);
    expect(set.generators[0].list.elements.filter(({ wave }) => !steps.includes(wave))).toEqual([]);
  });

  test('is refused where another repository renders what services share', () => {
    const some = rendered(petstore.services, ['dev'], { ownsPlatform: false });
    expect(() => delivered(some, { tool: 'argo-cd', ...source, applications: 'set' })).toThrow(/deliver\.applications: is "set", but another repository renders what services share in dev/);
    expect(delivered(some, { tool: 'argo-cd', ...source }).delivering.map(({ kind }) => kind)).toEqual(petstore.services.map(() => 'Application'));
  });
});

test('the source hydrator moves what is committed to a branch per environment, under the same path', () => {
  expect(named(byArgoCd({ hydrate: true }), 'Application', 'petstore.dev.orders').spec).toMatchObject({
    sourceHydrator: {
      drySource: { repoURL: source.repository, targetRevision: 'main', path: 'deploy/dev/orders' },
      syncSource: { targetBranch: 'environments/dev', path: 'deploy/dev/orders' },
    },
  });
});
