/** The one label by which the pods of a service are selected; it never changes. */
export const instanceLabel = 'app.kubernetes.io/instance';

/** Marks a ConfigMap whose values never change, or only forwards, and says whose they are. */
export const lastingLabel = 'marty-msf/lasting';

/** What selects exactly the pods of a service. */
export function selectorOf(name: string): Record<string, string> {
  return { [instanceLabel]: name };
}

/** As much of a service as its labels are made of. */
interface Labelled {
  readonly name: string;
  readonly platform: string;
  readonly team: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly identity?: { readonly selector: Readonly<Record<string, string>> };
}

/**
 * The labels of every object of a service.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function labelsOf(service: Labelled): Record<string, string> {
  return {
    ...service.labels,
    'app.kubernetes.io/name': service.name,
    ...selectorOf(service.name),
    'app.kubernetes.io/part-of': service.platform,
    'app.kubernetes.io/managed-by': 'marty-msf',
    'team': service.team,
    ...service.identity?.selector,
  };
}

/** The labels of what services share. */
export function platformLabelsOf(platform: string): Record<string, string> {
  return { 'app.kubernetes.io/part-of': platform, 'app.kubernetes.io/managed-by': 'marty-msf' };
}

/** The DNS name of a Service inside its cluster. */
export function hostOf(service: string, namespace: string, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
}

export const configMapNameOf = (service: string) => `${service}-config`;
export const headlessNameOf = (service: string) => `${service}-pods`;
export const migrationNameOf = (service: string) => `${service}-migrate`;
export const filesNameOf = (service: string) => `${service}-files`;
export const secretNameOf = (service: string) => `${service}-secrets`;
/** The certificate of a service for the outside, and the Secret that holds it. */
export const certificateNameOf = (service: string) => `${service}-tls`;
/** The network policy by which everything in a namespace may reach the environment's ranges. */
export const sharedEgressName = 'shared-egress';
/** The network policy by which the proxies in a namespace reach the control plane of the mesh. */
export const meshControlName = 'mesh-control-plane';
export const hostPolicyNameOf = (service: string) => `${service}-hosts`;
/** Priority classes belong to the whole cluster, so their names carry the namespace. */
export const priorityClassNameOf = (namespace: string, tier: 1 | 2 | 3) => `${namespace}-tier-${tier}`;

/** Where the ConfigMap and the secrets of a service are mounted, and the file the process reads. */
export const mounts = {
  config: '/etc/marty/config', configFile: 'runtime.json', secrets: '/etc/marty/secrets', kafka: '/etc/marty/kafka',
} as const;

/** The folder of what services share, beside the folders of the services. */
export const platformFolder = '_platform';

/** Where the objects of a service go, below the output folder. */
export function folderOf(environment: string, service: string = platformFolder): string {
  return `${environment}/${service}`;
}

/** What a service's store is called where names are lower case with hyphens: `orders-read-model`. */
export function storeNameOf(service: string, alias: string): string {
  return `${service}-${alias.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
