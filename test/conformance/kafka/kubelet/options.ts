import type { RunningContainer } from './running-container';
import type { Probed, ProbeKind } from './probes';
import type { Pod } from './pods';
import type { Replacement } from './replacements';
import type { FoundJudge } from '../../judges/judge';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { Outcome } from '../../runner/processes';

export interface KubeletOptions {
  /** What was rendered. */
  readonly objects: readonly KubernetesObject[];
  /** Whose jars stand for images: the tag of an image is the version of one of them. */
  readonly judges: readonly FoundJudge[];
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** Pods have addresses in `127.<network>.0.0/16`. @default 2 */
  readonly network?: number;
  /** In MiB; no heap is larger. @default 256 */
  readonly largestHeap?: number;
  /** The classes of each judge's jars, as the JVM reads them fastest, by its version. @default none */
  readonly sharedClasses?: Readonly<Record<string, string | undefined>>;
  /** Variables by which programs are told of a path that they know by themselves in an image. @default none */
  readonly defaultPaths?: Readonly<Record<string, string>>;
  /** The folder of logs in `reports/conformance`. @default 'kafka' */
  readonly name?: string;
}

/** A pod with its address. */
export type PlacedPod = Pod & { readonly address: string };

export interface ToolOptions {
  /** The version whose jars are used. @default that of the first judge */
  readonly version?: string;
  /** The main class. */
  readonly main: string;
  readonly args?: readonly string[];
  /** Folders and jars before Kafka's own. @default none */
  readonly classpath?: readonly string[];
  /** @default 60000 */
  readonly timeoutMs?: number;
}

/** A line of a command that runs Java on this machine with the names of the cluster. */
export interface JavaProgram { readonly file: string; readonly args: readonly string[] }

/**
 * Runs rendered pods as processes of this machine: what kubelets, the controllers of StatefulSets, Jobs and Services,
 * cert-manager and an operator of secrets do in a cluster, as far as Kafka needs it. Nothing that it starts outlives it.
 */
export interface Kubelet {
  /** Pods of StatefulSets, in the order of the objects. */
  pods(owner?: string): PlacedPod[];
  /** Pods of Deployments, in the order of the objects. */
  deployed(owner?: string): PlacedPod[];
  /** Other objects from now on; running pods stay as they are until they are stopped and started, as with OnDelete. */
  apply(objects: readonly KubernetesObject[]): Promise<void>;
  /**
   * Makes the pod anew on its old claims: init containers to their end, then its containers. It may not be ready yet.
   *
   * @throws Error when an init container fails
   */
  start(pod: string, initTimeoutMs?: number): Promise<void>;
  /** All pods of StatefulSets that do not run, at once, as with podManagementPolicy Parallel. */
  startAll(initTimeoutMs?: number): Promise<void>;
  /** Pods of Deployments become what they are to be: what is otherwise, or not wanted any more, goes first. */
  rollOut(): Promise<void>;
  /**
   * preStop and SIGTERM, and SIGKILL after its grace period, as a deletion does; `preStop: false` leaves the first out.
   *
   * @returns how long it took, and whether it had to be killed
   */
  stop(pod: string, options?: { readonly preStop?: boolean }): Promise<{ readonly ms: number; readonly killed: boolean }>;
  /** SIGKILL. */
  kill(pod: string): Promise<void>;
  /** Loses the disks of a pod that does not run. */
  wipe(pod: string): void;
  /** It was started and neither stopped nor killed; its containers may have ended and wait to be started again. */
  isRunning(pod: string): boolean;
  /**
   * Every time a container has ended by itself, as `pod/container: exit code`. Each was started again, with the delay that a kubelet
   * leaves.
   */
  ended(): readonly string[];
  container(pod: string, name?: string): RunningContainer;
  /** A command in a container, as kubectl exec runs it. */
  exec(pod: string, command: readonly string[], options?: { readonly container?: string; readonly timeoutMs?: number }): Promise<Outcome>;
  /** Asks a probe once. */
  probe(pod: string, kind: ProbeKind, container?: string): Promise<Probed>;
  get(pod: string, port: number | string, path: string): Promise<Probed>;
  /**
   * Until the readiness probes of all these pods hold.
   *
   * @throws Error when one does not run or time is over, with the end of its log
   */
  untilReady(pods: readonly string[], timeoutMs: number): Promise<void>;
  /** A Job, once, to its end. */
  runJob(name: string, timeoutMs?: number): Promise<{ readonly code: number; readonly output: string }>;
  /** What a container has printed in all its runs. */
  logOf(pod: string, container?: string): string;
  tailOf(pod: string, lines?: number, container?: string): string;
  /** The files of a Secret, as it is now. */
  secret(name: string, namespace?: string): Readonly<Record<string, Buffer>>;
  /** The same in a folder, for clients outside of pods. */
  secretFolder(name: string): string;
  /** The certificate of a Secret anew: running pods see it at once, as a mounted Secret that changes. */
  renewCertificate(secretName: string): Promise<void>;
  /** A main class with Kafka's jars, outside of pods, to its end. */
  tool(options: ToolOptions): Promise<Outcome>;
  /** How such a class would be started, for one that runs on. */
  java(options: ToolOptions): JavaProgram;
  /** A folder for what clients need; it goes when this is closed. */
  readonly folder: string;
  replacements(): readonly Replacement[];
  /** Kills what runs and removes the folders; logs stay. */
  close(): Promise<void>;
}
