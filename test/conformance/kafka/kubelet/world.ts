import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Sources } from './environment';
import type { Places } from './mounts';
import { createAddresses, hostsFileOf, hostsOf } from './network';
import { namespaceOf, objectsOf, type Service } from './objects';
import type { KubeletOptions, PlacedPod } from './options';
import { deployedPodsOf, domainNameOf, jobPodOf, podsOf, type Pod } from './pods';
import { createReplacements, type Replacements } from './replacements';
import { createSecrets, decodedConfigMap, secretKey } from './secrets';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { scratchFolder } from '../../runner/processes';

const reports = resolve(__dirname, '../../../../reports/conformance');

/** What is in the cluster, and where it is on this machine. */
export interface World {
  readonly folder: string;
  readonly replacements: Replacements;
  /** Every pod of the StatefulSets. */
  pods(): PlacedPod[];
  /** Every pod of the Deployments. */
  deployed(): PlacedPod[];
  podNamed(name: string): PlacedPod;
  /** A new pod of a Job. */
  jobPod(job: string): PlacedPod;
  /** The name by which others find a pod; its address when it has none. */
  hostOf(pod: PlacedPod): string;
  placesOf(pod: Pick<Pod, 'name'>): Places;
  sourcesOf(pod: Pick<PlacedPod, 'address' | 'namespace'>): Sources;
  logOf(pod: string, container: string): string;
  /** The hosts file of a pod; of whoever is outside without one. */
  hostsFile(pod?: string): string;
  /** @param namespace the first pod's by default. */
  secret(name: string, namespace?: string): Readonly<Record<string, Buffer>>;
  apply(objects: readonly KubernetesObject[]): Promise<void>;
  renew(secretName: string, namespace?: string): Promise<void>;
}

const outside = '_outside';

export async function createWorld({ objects: first, clusterDomain = 'cluster.local', network = 2, name = 'kafka' }: KubeletOptions): Promise<World> {
  const folder = scratchFolder('pods');
  const replacements = createReplacements();
  const secrets = createSecrets(join(folder, 'authority'), replacements);
  const addressOf = createAddresses(network);
  // Pods that the objects do not have any more may still run.
  const known = new Map<string, PlacedPod>();
  let objects = first;
  let filled = await secrets.fill(objects);
  let jobRuns = 0;

  const services = (): Service[] => objectsOf(objects, '/Service');
  const placed = (pod: Pod): PlacedPod => ({ ...pod, address: addressOf(pod) });
  const pods = () => podsOf(objects).map(placed);
  const deployed = () => deployedPodsOf(objects).map(placed);
  const own = () => pods()[0]?.namespace ?? 'default';
  const learn = (found: readonly PlacedPod[]) => {
    for (const pod of found) known.set(pod.name, pod);
    writeHosts();
  };

  /** Each pod knows itself by its short name too, and by the machine's, which is the pod's in a cluster. */
  function writeHosts(): void {
    const all = [...known.values()];
    const write = (file: string, address: string, others: readonly string[], namespace?: string) => writeFileSync(join(folder, 'hosts', file), hostsFileOf([
      { address: '127.0.0.1', names: ['localhost'] }, { address, names: [...others, hostname()] }, ...hostsOf(all, services(), clusterDomain, namespace),
    ]));
    for (const pod of all) write(pod.name, pod.address, [pod.name], pod.namespace);
    write(outside, '127.0.0.1', []);
  }

  mkdirSync(join(folder, 'hosts'));
  learn([...pods(), ...deployed()]);
  return {
    folder, replacements, pods, deployed,
    podNamed: wanted => {
      const pod = [...pods(), ...deployed()].find(each => each.name === wanted) ?? known.get(wanted);
      if (!pod) throw new Error(`pod ${wanted}: there is none of this name, expected one of ${[...known.keys()].join(', ')}`);
      return pod;
    },
    jobPod: wanted => {
      const job = objectsOf(objects, 'batch/Job').find(({ metadata }) => metadata.name === wanted);
      if (!job) throw new Error(`Job ${wanted}: there is none of this name, expected one among the objects`);
      const pod = placed(jobPodOf(job, jobRuns += 1));
      learn([pod]);
      return pod;
    },
    hostOf: pod => domainNameOf(pod, services(), clusterDomain) ?? pod.address,
    placesOf: pod => ({ pod: join(folder, 'pods', pod.name), claims: join(folder, 'claims') }),
    sourcesOf: ({ address, namespace }) => ({
      address,
      secret: wanted => filled.get(secretKey(namespace, wanted)),
      configMap: wanted => {
        const found = objectsOf(objects, '/ConfigMap').find(object => object.metadata.name === wanted && namespaceOf(object) === namespace);
        return found && decodedConfigMap(found);
      },
    }),
    logOf: (pod, container) => join(reports, name, `${pod}.${container}.log`),
    hostsFile: (pod = outside) => join(folder, 'hosts', pod),
    secret: (wanted, namespace = own()) => {
      const files = filled.get(secretKey(namespace, wanted));
      if (!files) throw new Error(`Secret ${wanted}: there is none, expected one of ${[...filled.keys()].join(', ')}`);
      return files;
    },
    apply: async next => {
      objects = next;
      filled = await secrets.fill(objects);
      learn([...pods(), ...deployed()]);
    },
    renew: async (secretName, namespace = own()) => {
      secrets.renew(secretKey(namespace, secretName));
      filled = await secrets.fill(objects);
    },
  };
}
