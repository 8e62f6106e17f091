import type { FoundJudge } from '../../judges/judge';
import { execute } from '../../runner/processes';

/**
 * Runs a judge that writes JSON; its exit code is left to what it wrote.
 *
 * @throws Error with its own words when it wrote something else
 */
export async function jsonOutput<T>(judge: FoundJudge, args: readonly string[], input?: string): Promise<T> {
  const { code, stdout, stderr } = await execute(judge.path, args, { input });
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`${judge.name}: it ended with ${code}, expected JSON: ${(stderr || stdout).trim()}`);
  }
}
