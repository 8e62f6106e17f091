import type { FoundJudge } from '../../judges/judge';
import type { Check } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { writeSchemas } from '../json-schemas';
import type { Manifest } from '../manifest';
import { nameOf } from '../manifest';
import type { KubernetesVersion } from '../subjects';
import { manifestsOf, subjects } from '../subjects';
import { jsonOutput } from './json-output';
import type { Findings } from './per-subject';
import { perSubject } from './per-subject';

/** What a hardened workload gets; the points beyond it are for annotations that fields have replaced since. */
const leastScore = 14;

/** The kinds that kubesec has rules for. */
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'];

/** Each workload reaches the score of a hardened one. */
export const kubesecCheck: Check = {
  name: 'kubesec',
  judges: ['kubesec'],
  run: context => {
    const judge = context.judge('kubesec');
    return perSubject(judge, subjects().filter(({ hardened }) => hardened), async subject => {
      const manifests = manifestsOf(subject).filter(({ object }) => workloads.includes(object.kind));
      if (manifests.length === 0) return `it has no ${workloads.join(', ')}`;
      return kubesec(judge, manifests, subject.kubernetesVersion);
    });
  },
};

interface Report {
  /** `Deployment/api.shop` */
  readonly object: string;
  readonly valid: boolean;
  readonly message?: string;
  readonly score: number;
  readonly scoring?: {
    readonly advise?: readonly { readonly id: string }[];
    readonly critical?: readonly { readonly id: string }[];
  };
}

export async function kubesec(
  judge: FoundJudge,
  manifests: readonly Manifest[],
  version: KubernetesVersion,
): Promise<Findings> {
  const folder = scratchFolder('schemas');
  try {
    const { location } = writeSchemas(
      manifests.map(({ object }) => object),
      version,
      folder,
    );
    const input = manifests.map(({ text }) => text).join('\n---\n');
    const reports = await jsonOutput<readonly Report[]>(judge, ['scan', '--schema-location', location, '-'], input);
    const problems = manifests.flatMap(({ object }) => {
      const key = `${object.kind}/${object.metadata.name}.${object.metadata.namespace ?? 'default'}`;
      const report = reports.find(candidate => candidate.object === key);
      return report ? problemsOf(nameOf(object), report, folder) : [`${nameOf(object)}: kubesec does not report it`];
    });
    return { count: manifests.length, problems };
  } finally {
    removeScratch(folder);
  }
}

function problemsOf(name: string, { valid, message, score, scoring }: Report, folder: string): string[] {
  if (!valid) return [`${name}: ${(message ?? 'it is not valid').trim().replaceAll(`file://${folder}/`, '')}`];
  if (score >= leastScore) return [];
  const rules = [...(scoring?.critical ?? []), ...(scoring?.advise ?? [])].map(({ id }) => id);
  return [`${name}: score is ${score}, expected ${leastScore} or more; see ${rules.join(', ')}`];
}
