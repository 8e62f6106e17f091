import { printed, sourceOf, type Sources } from '../../../src/manifests/factoring/source';

interface DeploymentOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly image?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly memory?: string;
}

/** A deployment as it stands in a file. */
export function deployment(options: DeploymentOptions = {}): object {
  const { name = 'orders', namespace = 'shop', image = 'ghcr.io/shop/orders:1', replicas, labels, memory = '64Mi' } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, ...(labels ? { labels } : {}) },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      template: { spec: { containers: [{ name, image, resources: { limits: { memory } } }] } },
    },
  };
}

export function configMap(name: string, data: Readonly<Record<string, string>>, namespace = 'shop'): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

/** The files of one environment. */
export function files(objects: Readonly<Record<string, object>>): Sources {
  return new Map(Object.entries(objects).map(([name, object]) => [name, sourceOf(printed(object))]));
}
