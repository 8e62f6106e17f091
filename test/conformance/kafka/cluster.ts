import { createKubelet } from './kubelet/kubelet';
import type { Kubelet, KubeletOptions, PlacedPod } from './kubelet/options';
import { sharedClassesOf } from './kubelet/shared-classes';
import { certificateSettings, compileClients, propertiesFile } from './traffic/clients';
import { startTraffic, type Traffic, type TrafficOptions } from './traffic/traffic';

/** What the pods of a Kafka know of its image by themselves, and the variable that says otherwise. */
const defaultPaths = { CONFIG: '/etc/kafka/config', OUTPUT: '/run/kafka/server.properties', IDENTITY: '/etc/kafka/identity' };

const ports = { client: 9092, controller: 9093, replication: 9094 };

/** Who is in the quorum, as its leader says. */
export interface Quorum { readonly leader: number; readonly voters: readonly number[]; readonly observers: readonly number[] }

/** A Kafka that runs as it was rendered. What it says of itself comes from Kafka's own tools. */
export interface Cluster {
  readonly kubelet: Kubelet;
  brokers(): PlacedPod[];
  controllers(): PlacedPod[];
  /** Brokers, then controllers: brokers that have no controller any more do not end. */
  stopAll(): Promise<void>;
  /** Asks the controllers, with Kafka's own tool and the administrator's certificate. */
  quorum(timeoutMs?: number): Promise<Quorum>;
  /** The pod of the controller that leads the quorum. */
  leader(): Promise<PlacedPod>;
  /** Settings in a file, with the bootstrap servers of a listener. @returns its path */
  settings(name: string, listener: 'client' | 'replication', properties: Readonly<Record<string, string>>): string;
  /** The bootstrap servers of a listener. */
  servers(listener: keyof typeof ports): string;
  /** One of the Java clients, to its end. @returns what it has printed as JSON */
  client(main: string, args: readonly string[], timeoutMs?: number): Promise<unknown>;
  traffic(options: Omit<TrafficOptions, 'classes'>): Promise<Traffic>;
  close(): Promise<void>;
}

/**
 * Makes a Kafka of rendered objects; nothing runs yet. Pods of the set `kafka-controller` are its controllers, all others its brokers.
 *
 * @param administrator the Secret with the certificate of a super user.
 */
export async function createCluster(options: KubeletOptions, administrator = 'kafka-admin-tls'): Promise<Cluster> {
  const sharedClasses: Record<string, string | undefined> = {};
  for (const judge of options.judges) sharedClasses[judge.version] = await sharedClassesOf(judge);
  const kubelet = await createKubelet({ defaultPaths, sharedClasses, ...options });
  const { clusterDomain = 'cluster.local', judges } = options;
  const controllers = () => kubelet.pods().filter(({ owner }) => owner === 'kafka-controller');
  const brokers = () => kubelet.pods().filter(({ owner }) => owner.startsWith('kafka-broker'));
  // A combined node is both.
  const voters = () => controllers().length > 0 ? controllers() : brokers();
  const serversOf = (pods: readonly PlacedPod[], port: number) => pods.map(({ name, serviceName, namespace }) => `${name}.${serviceName}.${namespace}.svc.${clusterDomain}:${port}`).join(',');
  const adminFile = () => propertiesFile(kubelet, 'administrator', certificateSettings(kubelet, administrator));
  let compiled: Promise<string> | undefined;
  const classes = () => compiled ??= compileClients(judges[0], kubelet.folder);

  const quorum: Cluster['quorum'] = async (timeoutMs = 60_000) => {
    const { code, stdout, stderr } = await kubelet.tool({
      main: 'org.apache.kafka.tools.MetadataQuorumCommand', timeoutMs,
      args: ['--bootstrap-controller', serversOf(voters(), ports.controller), '--command-config', adminFile(), 'describe', '--status'],
    });
    const line = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(stdout)?.[1] ?? '';
    // A list of ids in old versions, a list of objects with an id in later ones.
    const ids = (text: string) => (text === '' ? [] : JSON.parse(text) as readonly (number | { readonly id: number })[]).map(each => typeof each === 'number' ? each : each.id).sort((a, b) => a - b);
    if (code !== 0 || line('LeaderId') === '') throw new Error(`quorum: it ended with ${code}\n${stdout}\n${stderr}`);
    return { leader: Number(line('LeaderId')), voters: ids(line('CurrentVoters')), observers: ids(line('CurrentObservers')) };
  };

  return {
    kubelet, brokers, controllers, quorum,
    stopAll: async () => {
      for (const part of [brokers(), controllers()]) {
        await Promise.all(part.filter(({ name }) => kubelet.isRunning(name)).map(({ name }) => kubelet.stop(name, { preStop: false })));
      }
    },
    leader: async () => {
      const { leader } = await quorum();
      const pod = voters().find(({ ordinal }) => ordinal === leader % 100);
      if (!pod) throw new Error(`quorum: leader is ${leader}, expected the node of one of the pods`);
      return pod;
    },
    settings: (name, listener, properties) => propertiesFile(kubelet, name, { 'bootstrap.servers': serversOf(brokers(), ports[listener]), ...properties }),
    servers: listener => serversOf(listener === 'controller' ? voters() : brokers(), ports[listener]),
    client: async (main, args, timeoutMs = 120_000) => {
      const { code, stdout, stderr } = await kubelet.tool({ main: `conformance.${main}`, args, classpath: [await classes()], timeoutMs });
      const json = stdout.trim().split('\n').findLast(line => /^[[{]/.test(line));
      if (code !== 0 || json === undefined) throw new Error(`${main}: it ended with ${code}\n${stdout}\n${stderr}`.slice(0, 4096));
      return JSON.parse(json);
    },
    traffic: async wanted => startTraffic(kubelet, { ...wanted, classes: await classes() }),
    close: kubelet.close,
  };
}
