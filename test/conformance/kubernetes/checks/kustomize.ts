import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundJudge } from '../../judges/judge';
import type { Check } from '../../runner/check';
import { execute } from '../../runner/processes';
import type { Manifest } from '../manifest';
import { identityOf, parseManifests, readManifests } from '../manifest';
import { allFilesIn, subjects } from '../subjects';
import { perSubject } from './per-subject';

/** `kustomize build` of an environment's folder gives exactly the objects that its files hold. */
export const kustomizeChecks: readonly Check[] = [
  kustomizeCheck('kustomize', ['build']),
  kustomizeCheck('kubectl', ['kustomize']),
];

function kustomizeCheck(name: string, command: readonly string[]): Check {
  return {
    name,
    judges: [name],
    run: context => {
      const judge = context.judge(name);
      return perSubject(judge, subjects().filter(({ directory }) => existsSync(join(directory, 'kustomization.yaml'))), async subject => {
        const manifests = allFilesIn(subject.directory).flatMap(readManifests);
        return {
          count: manifests.length,
          problems: await kustomize(judge, [...command, subject.directory], manifests),
        };
      });
    },
  };
}

/** What differs between the objects that the build gives and those that are expected. */
export async function kustomize(
  judge: FoundJudge,
  args: readonly string[],
  expected: readonly Manifest[],
): Promise<string[]> {
  const { code, stdout, stderr } = await execute(judge.path, args);
  if (code !== 0) return [`${judge.name} ${args.join(' ')} ended with ${code}: ${stderr.trim()}`];
  const built = byIdentity(parseManifests(stdout, `${judge.name} ${args.join(' ')}`));
  const files = byIdentity(expected);
  return [
    ...[...files.keys()]
      .filter(identity => !built.has(identity))
      .map(identity => `${identity.trim()}: it is in the files and not in the build`),
    ...[...built.keys()]
      .filter(identity => !files.has(identity))
      .map(identity => `${identity.trim()}: it is in the build and not in the files`),
    ...[...files]
      .filter(([identity, text]) => built.has(identity) && built.get(identity) !== text)
      .map(([identity]) => `${identity.trim()}: the build differs from the file`),
  ];
}

function byIdentity(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  return new Map(manifests.map(({ object }) => [identityOf(object), canonical(object)]));
}

/** JSON with sorted keys: equal for equal objects, however they were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
