import { writeFileSync } from 'node:fs';
import { catalogue } from '../../../../src/check/catalogue';
import { checkManifests } from '../../../../src/check/check';
import type { FoundJudge } from '../../judges/judge';
import { jsonOutput } from '../../kubernetes/checks/json-output';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { isListedUnread, nameOf, nameOfFound, type Answers, type Entry } from './agreement';
import { fileIn, textOf, version, type Corpus } from './corpus';

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly { readonly check: { readonly id: string }; readonly grade: number; readonly skipped: boolean }[] | null;
}

const prefix = 'kube-score:';
const options = ['--kubernetes-version', `v${version}`, '--output-format', 'json'];
const checksIn = (upstream: readonly string[]) => upstream.filter(id => id.startsWith(prefix)).map(id => id.slice(prefix.length));

/** The rules of ours that speak for each check of kube-score. */
export const scoredRules: ReadonlyMap<string, readonly string[]> = new Map([...new Set(catalogue.flatMap(({ upstream }) => checksIn(upstream)))]
  .map(check => [check, catalogue.filter(({ upstream }) => checksIn(upstream).includes(check)).map(({ id }) => id)]));

/** What kube-score says of a corpus, and what we say in its name. An object that it cannot read would keep it from reading the others. */
export async function scored(judge: FoundJudge, { name, objects }: Corpus): Promise<Answers> {
  const titled = objects.map(object => ({ object, title: nameOf(object.kind, object.metadata.namespace, object.metadata.name) }));
  const read = titled.filter(({ title }) => !isListedUnread(judge.name, name, title)).map(({ object }) => object);
  const unread = titled.filter(({ title }) => isListedUnread(judge.name, name, title)).map(({ title }) => title);
  const folder = scratchFolder('kube-score');
  try {
    writeFileSync(fileIn(folder), textOf(read));
    const reported = await jsonOutput<readonly ScoredObject[] | null>(judge, ['score', ...options, fileIn(folder)]) ?? [];
    const theirs = reported.flatMap(({ type_meta: { kind }, object_meta, checks }) => (checks ?? [])
      .filter(({ grade, skipped }) => !skipped && grade < 10)
      .map(({ check }): Entry => `${check.id} ${nameOf(kind, object_meta.namespace, object_meta.name)}`));
    const ours = checkManifests(read, { kubernetesVersion: version }).flatMap(finding => checksIn(finding.upstream).map((id): Entry => `${id} ${nameOfFound(finding)}`));
    return { corpus: name, ours: new Set(ours), theirs: new Set(theirs), unread };
  } finally {
    removeScratch(folder);
  }
}
