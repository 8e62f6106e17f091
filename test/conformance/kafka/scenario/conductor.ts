import { askedBy } from './commands';
import type { Cluster } from '../cluster';
import type { KubernetesObject } from '../../kubernetes/manifest';

/** What is done at least once as a deletion does it, and otherwise only costs time. */
export type PreStop = (pod: string) => boolean;

/** A Job that ran because it was applied. */
export interface RanJob { readonly name: string; readonly code: number; readonly output: string }

/** Does what commands of a plan say, with a kubelet in the place of Kubernetes. */
export interface Conductor {
  /** @param objects what `marty synth` has written. @returns what the command printed */
  obey(command: string, objects: readonly KubernetesObject[], preStop?: PreStop): Promise<string>;
  /** Waits for Jobs that were applied. */
  jobs(): Promise<readonly RanJob[]>;
}

const longestMs = 180_000;

export function createConductor({ kubelet }: Cluster, namespace: string): Conductor {
  const lost = new Set<string>();
  const jobs = new Map<string, Promise<RanJob>>();

  async function apply(objects: readonly KubernetesObject[]): Promise<void> {
    const before = kubelet.pods().map(({ name }) => name);
    await kubelet.apply(objects);
    const after = kubelet.pods().map(({ name }) => name);
    const gone = before.filter(name => !after.includes(name) && kubelet.isRunning(name));
    await Promise.all(gone.map(name => kubelet.stop(name, { preStop: false })));
    for (const { metadata: { name } } of objects.filter(({ kind }) => kind === 'Job')) {
      if (!jobs.has(name)) jobs.set(name, run(name));
    }
    await Promise.all([kubelet.startAll(), kubelet.rollOut()]);
  }

  const run = (name: string): Promise<RanJob> => (
    kubelet.runJob(name, longestMs).then(ran => ({ name, ...ran }), (error: unknown) => ({ name, code: -1, output: String(error) })));

  async function exec(pod: string, container: string, command: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await kubelet.exec(pod, command, { container, timeoutMs: longestMs });
    if (code !== 0) throw new Error(`plan: ${command.slice(command.indexOf('-cp') + 2).join(' ')} in ${pod} ended with ${code}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** The claim of a pod that is deleted goes when the pod does. */
  async function renew(pod: string, preStop: boolean): Promise<void> {
    if (kubelet.isRunning(pod)) await kubelet.stop(pod, { preStop });
    if (lost.delete(`data-${pod}`)) kubelet.wipe(pod);
    await kubelet.start(pod);
  }

  return {
    obey: async (command, objects, preStop = () => false) => {
      const asked = askedBy(command, namespace);
      if (asked.kind === 'apply') await apply(objects);
      if (asked.kind === 'exec') return exec(asked.pod, asked.container, asked.command);
      if (asked.kind === 'delete pod') await renew(asked.pod, preStop(asked.pod));
      if (asked.kind === 'delete claim') lost.add(asked.claim);
      if (asked.kind === 'wait') await kubelet.untilReady([asked.pod], Math.min(asked.seconds * 1000, longestMs));
      return '';
    },
    jobs: () => Promise.all(jobs.values()),
  };
}
