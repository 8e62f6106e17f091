import { join } from 'node:path';
import { filesAt } from '../../../../src/cli/import/files';
import { diskFiles, type Io } from '../../../../src/cli/io';
import { readYaml } from '../../../../src/manifests/yaml-documents';
import { caseNames, objectsOf } from '../../../check/manifest-sets';
import { catalogue } from '../../adoption/catalogue';
import { folderOfSet, obtain, Unobtainable } from '../../adoption/obtain';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { manifestsOf, subjects } from '../../kubernetes/subjects';

/** Objects that linters and our rules are both asked about. */
export interface Corpus {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

/** The recorded cases, deliberately bad ones among them. */
export function recordedCases(): Corpus[] {
  return caseNames.map(name => ({ name, objects: objectsIn(objectsOf(name)) }));
}

/** Every environment of the petstore. */
export function petstoreCorpora(): Corpus[] {
  return subjects().filter(({ example }) => example === 'petstore')
    .map(subject => ({ name: `petstore-${subject.environment}`, objects: manifestsOf(subject).map(({ object }) => object) }));
}

/** Manifests that others publish, rendered charts among them, at pinned versions; and why some cannot be had. */
export async function publicCorpora(): Promise<{ readonly corpora: readonly Corpus[]; readonly missing: readonly string[] }> {
  const corpora: Corpus[] = [];
  const missing: string[] = [];
  for (const origin of catalogue) {
    try {
      const folder = await obtain(origin);
      const sets = origin.sets.map(({ name }) => ({ name, objects: objectsBelow(folderOfSet(folder, name)) }));
      corpora.push(...sets.filter(({ objects }) => objects.length));
    } catch (error) {
      if (!(error instanceof Unobtainable)) throw error;
      missing.push(error.message);
    }
  }
  return { corpora, missing };
}

function objectsBelow(folder: string): KubernetesObject[] {
  const { files } = filesAt({ files: diskFiles } as Io, folder, '.');
  // What is meant for a template of another program is no YAML; the rest of its set counts all the same.
  return objectsIn(files.flatMap(({ text }) => readYaml(text).documents.map(({ value }) => value)));
}

function objectsIn(values: readonly unknown[]): KubernetesObject[] {
  return values.flatMap(value => {
    const object = value as Partial<KubernetesObject> & { readonly items?: readonly unknown[] };
    if (typeof object !== 'object' || object === null || typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') return [];
    if (object.kind.endsWith('List') && Array.isArray(object.items)) return objectsIn(object.items);
    return object.metadata?.name ? [object as KubernetesObject] : [];
  });
}

/** A file for a judge: JSON is YAML, so that no printer of ours stands between. */
export function textOf(objects: readonly KubernetesObject[]): string {
  return objects.map(object => JSON.stringify(object)).join('\n---\n');
}

export const fileIn = (folder: string) => join(folder, 'objects.yaml');
