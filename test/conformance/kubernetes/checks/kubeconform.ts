import type { FoundJudge } from '../../judges/judge';
import type { Check } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { writeSchemas } from '../json-schemas';
import { readManifests } from '../manifest';
import type { KubernetesVersion } from '../subjects';
import { filesIn, subjects } from '../subjects';
import { jsonOutput } from './json-output';
import type { Findings } from './per-subject';
import { perSubject } from './per-subject';

/** Every object fits the schema of the Kubernetes version it was rendered for, with no field beside it. */
export const kubeconformCheck: Check = {
  name: 'kubeconform',
  judges: ['kubeconform'],
  run: context => {
    const judge = context.judge('kubeconform');
    return perSubject(judge, subjects(), ({ directory, kubernetesVersion }) =>
      kubeconform(judge, filesIn(directory), kubernetesVersion),
    );
  },
};

interface Resource {
  readonly kind: string;
  readonly name: string;
  /** Empty for a document without an object. */
  readonly status: string;
  readonly msg: string;
}

export async function kubeconform(
  judge: FoundJudge,
  files: readonly string[],
  version: KubernetesVersion,
): Promise<Findings> {
  const objects = files.flatMap(readManifests).map(({ object }) => object);
  if (objects.length === 0) return { count: 0, problems: [] };
  const folder = scratchFolder('schemas');
  try {
    const { location, unknown } = writeSchemas(objects, version, folder);
    const args = ['-strict', '-verbose', '-output', 'json', '-schema-location', location, ...files];
    const { resources } = await jsonOutput<{ resources: readonly Resource[] }>(judge, args);
    const valid = resources.filter(({ status }) => status === 'statusValid');
    const problems = resources.filter(({ status }) => status !== 'statusValid' && status !== '').map(problemOf);
    if (unknown.length > 0) {
      problems.push(`no schema in Kubernetes ${version} and the pinned CRDs: ${unknown.join(', ')}`);
    }
    if (problems.length === 0 && valid.length !== objects.length) {
      problems.push(`${valid.length} objects were found valid, expected ${objects.length}`);
    }
    return { count: objects.length, problems };
  } finally {
    removeScratch(folder);
  }
}

/** The message goes down to the field, after the name of a scratch file; the list of errors beside it stops higher. */
function problemOf({ kind, name, status, msg }: Resource): string {
  return `${kind} ${name}: ${msg.replace(/^.*validation failed with '[^']*' - /, '') || status}`;
}
