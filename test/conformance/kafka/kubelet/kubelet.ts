import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubelet, KubeletOptions, PlacedPod } from './options';
import { containerOf } from './pods';
import { get, probe } from './probes';
import { createPrograms } from './programs';
import { createRunningPods, lastLines } from './running-pods';
import { wipeClaims } from './volumes';
import { createWorld } from './world';
import { execute, removeScratch } from '../../runner/processes';

/** Starts nothing yet. @see Kubelet */
export async function createKubelet(options: KubeletOptions): Promise<Kubelet> {
  const world = await createWorld(options);
  const programs = createPrograms(world, options);
  const running = createRunningPods(world, programs);
  rmSync(dirname(world.logOf('', '')), { recursive: true, force: true });

  const rolledOut = new Set<string>();
  /** What runs is as it was started; what does not is as it would be. */
  const podNamed = (name: string): PlacedPod => running.pod(name) ?? world.podNamed(name);
  const logOf = (pod: string, container?: string): string => {
    const file = world.logOf(pod, containerOf(podNamed(pod), container).name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  const readinessOf = (pod: PlacedPod) => Promise.all(pod.spec.containers.filter(each => each.readinessProbe).map(each => probe(pod, 'readiness', each.name)));

  return {
    folder: world.folder,
    pods: owner => world.pods().filter(pod => owner === undefined || pod.owner === owner),
    deployed: owner => world.deployed().filter(pod => owner === undefined || pod.owner === owner),
    apply: async objects => {
      await world.apply(objects);
      running.refresh();
    },
    start: (name, timeoutMs = 120_000) => running.start(world.podNamed(name), timeoutMs),
    startAll: async (timeoutMs = 180_000) => {
      await Promise.all(world.pods().filter(({ name }) => !running.has(name)).map(pod => running.start(pod, timeoutMs)));
    },
    rollOut: async () => {
      const wanted = world.deployed();
      const contentOf = ({ name, spec, annotations }: PlacedPod) => JSON.stringify([name, spec, annotations]);
      const contents = new Set(wanted.map(contentOf));
      const gone = [...rolledOut].flatMap(name => running.pod(name) ?? []).filter(pod => !contents.has(contentOf(pod)));
      await Promise.all(gone.map(({ name }) => running.stop(name)));
      await Promise.all(wanted.filter(({ name }) => !running.has(name)).map(pod => running.start(pod, 120_000)));
      for (const { name } of wanted) rolledOut.add(name);
    },
    stop: running.stop,
    kill: running.kill,
    wipe: name => {
      if (running.has(name)) throw new Error(`pod ${name}: it runs, expected it not to; a disk in use is not lost here`);
      wipeClaims(world.podNamed(name), world.placesOf({ name }));
    },
    isRunning: running.has,
    ended: running.ended,
    container: (name, container) => running.container(podNamed(name), container),
    exec: (name, command, { container, timeoutMs = 60_000 } = {}) => running.exec(podNamed(name), command, container, timeoutMs),
    probe: (name, kind, container) => probe(podNamed(name), kind, container),
    get: (name, port, path) => get(podNamed(name), port, path),
    untilReady: async (names, timeoutMs) => {
      const deadline = Date.now() + timeoutMs;
      for (let waiting = names; ; await sleep(200)) {
        const answers = await Promise.all(waiting.map(async name => ({ name, readiness: await readinessOf(podNamed(name)) })));
        const unready = answers.filter(({ readiness }) => readiness.some(({ ok }) => !ok));
        if (unready.length === 0) return;
        waiting = unready.map(({ name }) => name);
        const down = unready.find(({ name }) => !running.has(name));
        if (!down && Date.now() < deadline) continue;
        const { name, readiness } = down ?? unready[0];
        const how = down ? 'does not run' : `is not ready after ${timeoutMs} ms (${readiness.map(({ status, body }) => `${status} ${body.trim()}`).join('; ')})`;
        throw new Error(`pod ${name}: it ${how}; ended by themselves: ${running.ended().join(', ') || 'none'}\n${lastLines(logOf(name), 30)}`);
      }
    },
    runJob: (name, timeoutMs = 180_000) => running.runToEnd(world.jobPod(name), timeoutMs),
    logOf,
    tailOf: (name, lines = 30, container = undefined) => lastLines(logOf(name, container), lines),
    secret: world.secret,
    secretFolder: name => {
      const folder = join(world.folder, 'secrets', name);
      mkdirSync(folder, { recursive: true });
      for (const [file, content] of Object.entries(world.secret(name))) writeFileSync(join(folder, file), content, { mode: 0o600 });
      return folder;
    },
    renewCertificate: async secretName => {
      await world.renew(secretName);
      running.refresh();
    },
    tool: async tool => {
      const { file, args } = programs.outside(tool);
      return execute(file, args, { timeoutMs: tool.timeoutMs ?? 60_000 });
    },
    java: programs.outside,
    replacements: world.replacements.list,
    close: async () => {
      await running.killAll();
      removeScratch(world.folder);
    },
  };
}
