import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { adopt } from '../../runner/processes';
import type { Kubelet } from '../kubelet/options';

/** What a producer did. */
export interface Produced {
  readonly sent: number;
  readonly acked: number;
  readonly failed: number;
  /** Sent, and neither acknowledged nor refused when it ended. */
  readonly unfinished: number;
  readonly maxLatencyMs: number;
  /** Errors by name. */
  readonly errors: string;
}

/** What was found of the messages of a producer. */
export interface Verified {
  /** Everything was read; nothing can be said otherwise. */
  readonly complete: boolean;
  readonly read: number;
  readonly acked: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly examples: string;
}

export interface TrafficOptions {
  /** Compiled clients. */
  readonly classes: string;
  /** @default that of the first judge */
  readonly version?: string;
  /** The file of settings, with bootstrap.servers. */
  readonly properties: string;
  readonly topic: string;
  /** Messages per second. @default 500 */
  readonly rate?: number;
  /** @default 50 */
  readonly keys?: number;
  /** It stops by itself after this time. @default 600 */
  readonly maxSeconds?: number;
}

/** A producer at work: acks=all, idempotent, keyed, every message numbered. */
export interface Traffic {
  /** Acknowledged so far. */
  acked(): number;
  /** Until so many more are acknowledged. @throws Error when that takes too long */
  more(count: number, timeoutMs: number): Promise<void>;
  /** Ends it. @throws Error when it does not end in time */
  stop(timeoutMs?: number): Promise<Produced>;
  /** Reads everything back. @param reader settings of who reads, those of the producer by default. */
  verify(timeoutMs?: number, reader?: string): Promise<Verified>;
}

export function startTraffic(kubelet: Kubelet, options: TrafficOptions): Traffic {
  const { classes, version, properties, topic, rate = 500, keys = 50, maxSeconds = 600 } = options;
  const run = randomBytes(6).toString('hex');
  const file = join(kubelet.folder, `acked-${run}`);
  const { file: program, args } = kubelet.java({ version, main: 'conformance.Produce', classpath: [classes], args: [properties, topic, run, String(rate), String(keys), file, String(maxSeconds)] });
  const child = adopt(spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] }));
  let output = '';
  let problems = '';
  let acked = 0;
  child.stdout.on('data', chunk => {
    output += String(chunk);
    acked = Number(/.*^acked (\d+)/ms.exec(output)?.[1] ?? acked);
    output = output.slice(Math.max(0, output.length - 4096));
  });
  child.stderr.on('data', chunk => { problems = (problems + String(chunk)).slice(-4096); });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const said = () => `${output}\n${problems}`.trim().split('\n').slice(-10).join('\n');
  return {
    acked: () => acked,
    more: async (count, timeoutMs) => {
      const wanted = acked + count;
      for (const deadline = Date.now() + timeoutMs; acked < wanted; await sleep(100)) {
        if (hasEnded()) throw new Error(`producer: it ended with ${child.exitCode ?? child.signalCode}\n${said()}`);
        if (Date.now() > deadline) throw new Error(`producer: ${acked} are acknowledged after ${timeoutMs} ms, expected ${wanted}\n${said()}`);
      }
    },
    stop: async (timeoutMs = 90_000) => {
      child.stdin.end();
      await Promise.race([ended, sleep(timeoutMs, undefined, { ref: false })]);
      if (!hasEnded()) {
        child.kill('SIGKILL');
        throw new Error(`producer: it has not ended after ${timeoutMs} ms; it was killed\n${said()}`);
      }
      return reportOf<Produced>(output, 'producer', said);
    },
    verify: async (timeoutMs = 120_000, reader = properties) => {
      const verifying = await kubelet.tool({
        version, main: 'conformance.Verify', classpath: [classes], timeoutMs: timeoutMs + 30_000, args: [reader, topic, run, file, String(Math.ceil(timeoutMs / 1000))],
      });
      return reportOf<Verified>(verifying.stdout, 'verifier', () => verifying.stderr.slice(-4096));
    },
  };
}

function reportOf<T>(output: string, who: string, said: () => string): T {
  const line = output.trim().split('\n').findLast(each => each.startsWith('{'));
  if (line === undefined) throw new Error(`${who}: it has reported nothing\n${said()}`);
  return JSON.parse(line) as T;
}
