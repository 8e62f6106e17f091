import type { FoundJudge } from '../../judges/judge';
import type { Check } from '../../runner/check';
import type { KubernetesVersion } from '../subjects';
import { filesIn, subjects } from '../subjects';
import { jsonOutput } from './json-output';
import type { Findings } from './per-subject';
import { perSubject } from './per-subject';

/** The grade of a test without a finding; 1 is critical, 5 a warning. */
const bestGrade = 10;

/** All default tests of kube-score, over all objects of an environment at once, without a finding. */
export const kubeScoreCheck: Check = {
  name: 'kube-score',
  judges: ['kube-score'],
  run: context => {
    const judge = context.judge('kube-score');
    return perSubject(judge, subjects().filter(({ hardened }) => hardened), ({ directory, kubernetesVersion }) =>
      kubeScore(judge, filesIn(directory), kubernetesVersion),
    );
  },
};

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

export async function kubeScore(
  judge: FoundJudge,
  files: readonly string[],
  version: KubernetesVersion,
): Promise<Findings> {
  if (files.length === 0) return { count: 0, problems: [] };
  const args = ['score', '--kubernetes-version', `v${version}`, '--output-format', 'json', ...files];
  const objects = (await jsonOutput<readonly ScoredObject[] | null>(judge, args)) ?? [];
  return { count: objects.length, problems: objects.flatMap(problemsOf).sort() };
}

function problemsOf({ type_meta: { kind }, object_meta: { name }, checks }: ScoredObject): string[] {
  return checks
    .filter(({ grade, skipped }) => !skipped && grade < bestGrade)
    .map(({ check, grade, comments }) => {
      const summaries = (comments ?? []).map(({ path, summary }) => (path ? `${path}: ${summary}` : summary));
      return `${kind} ${name}: ${check.id} (grade ${grade}) ${summaries.join('; ')}`;
    });
}
