import { isNamespaced } from '../../manifests/scope';
import { deliveryLabelsOf, nameOf, rootNameOf, type Stage } from './unit';
import type { ArgoCd } from './options';

/** The kinds in a namespace that descriptions become, by API group. They are named once, so that a new service needs no other rights. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  '': ['ConfigMap', 'LimitRange', 'PersistentVolumeClaim', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'],
  'apps': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'autoscaling': ['HorizontalPodAutoscaler'],
  'batch': ['CronJob', 'Job'],
  'bitnami.com': ['SealedSecret'],
  'cert-manager.io': ['Certificate'],
  'cilium.io': ['CiliumNetworkPolicy'],
  'external-secrets.io': ['ExternalSecret'],
  'gateway.networking.k8s.io': ['GRPCRoute', 'HTTPRoute', 'ListenerSet', 'TLSRoute'],
  'keda.sh': ['ScaledObject'],
  'monitoring.coreos.com': ['PodMonitor', 'ServiceMonitor'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  'policy': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io': ['Role', 'RoleBinding'],
};

interface Kind { readonly group: string; readonly kind: string; readonly name?: string }

/** What Argo CD may touch for an environment: this repository, its namespaces, the kinds that descriptions become and no others. */
export function projectsOf(stage: Stage, { namespace, repository, clusters }: ArgoCd): object[] {
  const { environment, platform, shared, services } = stage;
  const objects = [...shared ? [shared] : [], ...services].flatMap(unit => unit.objects.map(({ manifest }) => manifest));
  const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
  const inCluster = objects.filter(({ apiVersion, kind }) => !isNamespaced(apiVersion, kind))
    .map(({ apiVersion, kind, metadata }): Kind => ({ group: groupOf(apiVersion), kind, name: metadata?.name }));
  const inNamespaces = objects.filter(({ apiVersion, kind }) => isNamespaced(apiVersion, kind))
    .map(({ apiVersion, kind }): Kind => ({ group: groupOf(apiVersion), kind }));
  const always = Object.entries(kinds).flatMap(([group, names]) => names.map((kind): Kind => ({ group, kind })));
  const namespaces = [...new Set([stage.namespace, ...objects.map(({ metadata }) => metadata?.namespace).filter(name => name !== undefined)])].sort();
  const labels = deliveryLabelsOf(stage);
  const cluster = clusters[environment] ?? 'in-cluster';
  return [{
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: rootNameOf(stage), namespace, labels, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: {
      description: `${platform} in ${environment}`,
      sourceRepos: [repository],
      destinations: namespaces.map(name => ({ name: cluster, namespace: name })),
      clusterResourceWhitelist: distinct(inCluster),
      namespaceResourceWhitelist: distinct([...always, ...inNamespaces]),
    },
  }, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: deliveryProjectOf(stage), namespace, labels, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: {
      description: `what delivers ${platform} in ${environment}`,
      sourceRepos: [repository],
      destinations: [{ name: 'in-cluster', namespace }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: ['AppProject', 'Application', 'ApplicationSet'].map(kind => ({ group: 'argoproj.io', kind })),
    },
  }];
}

/** The project of what delivers an environment: it may define projects and applications, so it is another one than that of the services. */
export const deliveryProjectOf = ({ platform, environment }: Pick<Stage, 'platform' | 'environment'>) => nameOf(platform, environment, 'delivery');

function distinct(all: readonly Kind[]): Kind[] {
  const byText = new Map(all.map(kind => [JSON.stringify([kind.group, kind.kind, kind.name]), kind]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}
