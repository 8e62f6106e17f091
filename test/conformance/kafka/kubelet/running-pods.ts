import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from './objects';
import type { PlacedPod } from './options';
import { containerOf } from './pods';
import type { Programs } from './programs';
import { startContainer, type RunningContainer } from './running-container';
import { makeVolumes, refreshVolumes } from './volumes';
import type { World } from './world';
import { execute, type Outcome } from '../../runner/processes';

/** The pods that run. */
export interface RunningPods {
  has(pod: string): boolean;
  /** As it was started: what was applied since is not in it. */
  pod(name: string): PlacedPod | undefined;
  start(pod: PlacedPod, initTimeoutMs: number): Promise<void>;
  /** Init containers, then the first container to its end. */
  runToEnd(pod: PlacedPod, timeoutMs: number): Promise<{ readonly code: number; readonly output: string }>;
  stop(name: string, options?: { readonly preStop?: boolean }): Promise<{ readonly ms: number; readonly killed: boolean }>;
  kill(name: string): Promise<void>;
  killAll(): Promise<void>;
  exec(pod: PlacedPod, command: readonly string[], container: string | undefined, timeoutMs: number): Promise<Outcome>;
  container(pod: PlacedPod, name?: string): RunningContainer;
  /** Every time a container has ended by itself, as `pod/container: exit code`; it was started again. */
  ended(): readonly string[];
  /** Configuration, Secrets: what is mounted and has changed is changed in running pods. */
  refresh(): void;
}

interface Entry { readonly pod: PlacedPod; readonly containers: Map<string, RunningContainer> }

/** The first restart is at once; each later one waits twice as long, as a kubelet does it. */
const backOffMs = { first: 10_000, longest: 300_000 };

export function createRunningPods({ placesOf, sourcesOf }: World, programs: Programs): RunningPods {
  const entries = new Map<string, Entry>();
  // Init containers and Jobs, too: whatever has been started.
  const processes = new Set<RunningContainer>();

  const run = async (pod: PlacedPod, container: Container) => {
    const started = await startContainer(programs.of(pod, container));
    processes.add(started);
    return started;
  };

  const ended: string[] = [];

  /** A container that ends by itself is started again, alone: init containers and volumes stay as they are. */
  const keep = (entry: Entry, container: Container, process: RunningContainer, restarts: number): void => {
    const isWanted = () => entries.get(entry.pod.name) === entry && entry.containers.get(container.name) === process;
    entry.containers.set(container.name, process);
    void process.exited.then(async () => {
      if (!isWanted()) return;
      const how = process.ended();
      ended.push(`${process.title}: ${how?.signal ?? how?.code}`);
      await sleep(restarts === 0 ? 0 : Math.min(backOffMs.first * 2 ** (restarts - 1), backOffMs.longest), undefined, { ref: false });
      if (!isWanted()) return;
      const next = await run(entry.pod, container);
      if (isWanted()) keep(entry, container, next, restarts + 1);
      else next.signal('SIGKILL');
    }).catch((error: unknown) => ended.push(`${process.title}: it cannot be started again: ${String(error)}`));
  };

  const prepare = async (pod: PlacedPod, timeoutMs: number) => {
    rmSync(placesOf(pod).pod, { recursive: true, force: true });
    makeVolumes(pod, placesOf(pod), sourcesOf(pod), programs.files(pod));
    for (const container of pod.spec.initContainers ?? []) {
      const process = await run(pod, container);
      const { code, signal } = await process.wait(timeoutMs);
      if (code !== 0) throw new Error(`pod ${pod.name}: init container ${container.name} ended with ${signal ?? code}\n${lastLines(process.output(), 20)}`);
    }
  };

  const end = async (name: string, signal: 'SIGTERM' | 'SIGKILL', graceMs: number): Promise<boolean> => {
    const containers = [...entries.get(name)?.containers.values() ?? []];
    entries.get(name)?.containers.clear();
    for (const container of containers) container.signal(signal);
    // One that has not ended when time is over is killed by the waiting.
    const results = await Promise.allSettled(containers.map(container => container.wait(graceMs)));
    entries.delete(name);
    return results.some(({ status }) => status === 'rejected');
  };

  const exec: RunningPods['exec'] = async (pod, command, container, timeoutMs) => {
    const { file, args, env, cwd } = programs.of(pod, containerOf(pod, container), command);
    return execute(file, args, { env, cwd, timeoutMs });
  };

  return {
    exec,
    has: name => entries.has(name),
    pod: name => entries.get(name)?.pod,
    start: async (pod, initTimeoutMs) => {
      if (entries.has(pod.name)) throw new Error(`pod ${pod.name}: it runs, expected it not to; stop it first`);
      const entry: Entry = { pod, containers: new Map() };
      entries.set(pod.name, entry);
      try {
        await prepare(pod, initTimeoutMs);
        for (const container of pod.spec.containers) keep(entry, container, await run(pod, container), 0);
      } catch (error) {
        await end(pod.name, 'SIGKILL', killMs);
        throw error;
      }
    },
    runToEnd: async (pod, timeoutMs) => {
      await prepare(pod, timeoutMs);
      const process = await run(pod, containerOf(pod));
      const { code } = await process.wait(timeoutMs);
      return { code, output: process.output() };
    },
    stop: async (name, { preStop = true } = {}) => {
      const pod = entries.get(name)?.pod;
      if (!pod) throw new Error(`pod ${name}: it does not run, expected it to`);
      const started = Date.now();
      for (const container of preStop ? pod.spec.containers : []) {
        const { exec: hook, sleep: pause } = container.lifecycle?.preStop ?? {};
        if (hook) await exec(pod, hook.command, container.name, killMs);
        if (pause) await sleep(pause.seconds * 1000);
      }
      const killed = await end(name, 'SIGTERM', (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000);
      return { ms: Date.now() - started, killed };
    },
    kill: async name => { await end(name, 'SIGKILL', killMs); },
    killAll: async () => {
      entries.clear();
      const alive = [...processes].filter(process => !process.ended());
      for (const process of alive) process.signal('SIGKILL');
      await Promise.allSettled(alive.map(process => process.wait(killMs)));
    },
    container: (pod, name) => {
      const found = entries.get(pod.name)?.containers.get(containerOf(pod, name).name);
      if (!found) throw new Error(`pod ${pod.name}: it does not run, expected it to`);
      return found;
    },
    ended: () => ended,
    refresh: () => {
      for (const { pod } of entries.values()) refreshVolumes(pod, placesOf(pod), sourcesOf(pod), programs.files(pod));
    },
  };
}

const killMs = 60_000;

export const lastLines = (text: string, count: number): string => text.trimEnd().split('\n').slice(-count).join('\n');
