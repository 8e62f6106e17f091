import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster';

/** What a client tries. */
export interface Wanted {
  /** Unique; it is also the value of the message that it sends. */
  readonly name: string;
  readonly action: 'connect' | 'quorum' | 'list' | 'create' | 'permissions' | 'produce' | 'transaction' | 'consume' | 'group' | 'read';
  readonly settings: Readonly<Record<string, string>>;
  readonly topic?: string;
  readonly group?: string;
  readonly transactionalId?: string;
}

/** What came of it. */
export interface Tried {
  readonly name: string;
  /** The exception that it ended with; empty when it could do what it wanted. */
  readonly error: string;
  readonly message?: string;
  readonly values?: readonly string[];
}

/** Tries all of it in one JVM: stage after stage, and within a stage at once. */
export async function attempt(cluster: Cluster, stages: readonly (readonly Wanted[])[]): Promise<ReadonlyMap<string, Tried>> {
  const file = join(cluster.kubelet.folder, `attempts-${randomBytes(4).toString('hex')}.json`);
  writeFileSync(file, JSON.stringify(stages), { mode: 0o600 });
  const tried = await cluster.client('Attempt', [file], 180_000) as readonly Tried[];
  return new Map(tried.map(each => [each.name, each]));
}
