import { report } from './report';

/**
 * Ends the process when it is asked to: with code 0 once everything is stopped, with 1 when that fails or when it is asked again.
 *
 * @returns what stops listening to signals.
 */
export function stopOnSignals(stop: () => Promise<void>): () => void {
  let asked = false;
  const onSignal = () => {
    if (asked) process.exit(1);
    asked = true;
    stop().then(() => process.exit(0), (error: unknown) => {
      report(error);
      process.exit(1);
    });
  };
  const signals = ['SIGTERM', 'SIGINT'] as const;
  signals.forEach(signal => process.on(signal, onSignal));
  return () => signals.forEach(signal => process.off(signal, onSignal));
}

/** A time until which things may take. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Milliseconds that are left, not below 0. */
  left(): number;
  clear(): void;
}

/** A time some milliseconds from now, which the process waits for. */
export function deadlineIn(ms: number): Deadline {
  const controller = new AbortController();
  const end = Date.now() + ms;
  const timer = setTimeout(() => controller.abort(), ms);
  return { signal: controller.signal, left: () => Math.max(0, end - Date.now()), clear: () => clearTimeout(timer) };
}

/** Whether work is done within some milliseconds. */
export async function doneWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(resolve => { timer = setTimeout(resolve, ms, false); });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
