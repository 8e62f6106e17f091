import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundJudge } from '../../judges/judge';
import type { Check } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';
import type { Manifest } from '../manifest';
import { manifestsOf, subjects } from '../subjects';
import { jsonOutput } from './json-output';
import { perSubject } from './per-subject';

/** Linters that no package registry carries: they judge where they are on the PATH, with their default checks. */
export const optionalLinterChecks: readonly Check[] = [
  linterCheck('kube-linter', kubeLinter),
  linterCheck('polaris', polaris),
];

function linterCheck(name: string, lint: (judge: FoundJudge, directory: string) => Promise<string[]>): Check {
  return {
    name,
    judges: [name],
    run: context => {
      const judge = context.judge(name);
      return perSubject(judge, subjects().filter(({ hardened }) => hardened), async subject => {
        const manifests = manifestsOf(subject);
        return { count: manifests.length, problems: await inOneFolder(manifests, directory => lint(judge, directory)) };
      });
    },
  };
}

/** Both linters read whole folders; theirs holds nothing but the objects. */
async function inOneFolder(
  manifests: readonly Manifest[],
  use: (directory: string) => Promise<string[]>,
): Promise<string[]> {
  const folder = scratchFolder('linter');
  try {
    writeFileSync(join(folder, 'subject.yaml'), `${manifests.map(({ text }) => text).join('\n---\n')}\n`);
    return await use(folder);
  } finally {
    removeScratch(folder);
  }
}

interface KubeLinterOutput {
  readonly Checks: readonly unknown[];
  readonly Reports:
    | readonly {
      readonly Check: string;
      readonly Diagnostic: { readonly Message: string };
      readonly Object: {
        readonly K8sObject: { readonly Name: string; readonly GroupVersionKind: { readonly Kind: string } };
      };
    }[]
    | null;
}

async function kubeLinter(judge: FoundJudge, directory: string): Promise<string[]> {
  const { Checks, Reports } = await jsonOutput<KubeLinterOutput>(judge, ['lint', '--format', 'json', directory]);
  if (Checks.length === 0) throw new Error('kube-linter: it ran no check');
  return (Reports ?? []).map(
    ({ Check: id, Diagnostic, Object: { K8sObject } }) =>
      `${K8sObject.GroupVersionKind.Kind} ${K8sObject.Name}: ${id}, ${Diagnostic.Message}`,
  );
}

type PolarisChecks = Readonly<
  Record<
    string,
    { readonly ID: string; readonly Message: string; readonly Success: boolean; readonly Severity: string }
  >
>;

interface PolarisOutput {
  readonly Results: readonly {
    readonly Kind: string;
    readonly Name: string;
    readonly Results: PolarisChecks | null;
    readonly PodResult?: {
      readonly Results: PolarisChecks | null;
      readonly ContainerResults: readonly { readonly Name: string; readonly Results: PolarisChecks | null }[] | null;
    } | null;
  }[];
}

async function polaris(judge: FoundJudge, directory: string): Promise<string[]> {
  const { Results } = await jsonOutput<PolarisOutput>(judge, ['audit', '--audit-path', directory, '--format', 'json']);
  if (Results.length === 0) throw new Error('polaris: it audited no object');
  return Results.flatMap(({ Kind, Name, Results: own, PodResult }) =>
    [own, PodResult?.Results, ...(PodResult?.ContainerResults ?? []).map(container => container.Results)]
      .flatMap(checks => Object.values(checks ?? {}))
      .filter(({ Success, Severity }) => !Success && Severity !== 'ignore')
      .map(({ ID, Message, Severity }) => `${Kind} ${Name}: ${ID} (${Severity}), ${Message}`),
  );
}
