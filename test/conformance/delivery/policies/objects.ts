type Fields = Readonly<Record<string, unknown>>;

/** An object, as the server and the check take it. */
export interface Subject extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Fields; readonly annotations?: Fields };
}

export const namespace = 'policies';

const metadata = (name: string, more: Fields = {}) => ({ name, namespace, ...more });
const labels = { 'app.kubernetes.io/instance': 'orders' };

/** A container that is right as far as most policies go. */
export const container = (more: Fields = {}): Fields => ({ name: 'main', image: 'registry.example/orders:1.2.3', ...more });

interface Differing {
  readonly spec?: Fields;
  readonly pod?: Fields;
  readonly containers?: readonly Fields[];
  readonly metadata?: Fields;
}

/** A workload of one container, with what differs in it. */
export function deployment(more: Differing = {}): Subject {
  const { spec = {}, pod = {}, containers = [container()] } = more;
  const template = { metadata: { labels }, spec: { containers, ...pod } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata('orders', more.metadata), spec: { selector: { matchLabels: labels }, template, ...spec } };
}

export const service = (spec: Fields): Subject => ({ apiVersion: 'v1', kind: 'Service', metadata: metadata('orders'), spec: { selector: labels, ports: [{ port: 80 }], ...spec } });

export const configMap = (data: Readonly<Record<string, string>> | undefined, more: Fields = {}): Subject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('orders', more), ...(data ? { data } : {}) });

export const cronJob = (spec: Fields): Subject => ({
  apiVersion: 'batch/v1', kind: 'CronJob', metadata: metadata('nightly'),
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [container()] } } } }, ...spec },
});

export const ingress = (hosts: readonly string[], spec: Fields = {}): Subject => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: metadata('orders'),
  spec: { rules: hosts.map(host => ({ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'orders', port: { number: 80 } } } }] } })), ...spec },
});

export const autoscaler = (spec: Fields): Subject => ({
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: metadata('orders'),
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' }, maxReplicas: 5, ...spec },
});

export const role = (rules: readonly Fields[]): Subject => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: metadata('orders'), rules });
export const networkPolicy = (spec: Fields): Subject => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata('orders'), spec });
export const budget = (spec: Fields): Subject => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: metadata('orders'), spec: { selector: { matchLabels: labels }, ...spec } });

export const claim = (storage: string, spec: Fields = {}): Subject => ({
  apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: metadata('orders'), spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
});
