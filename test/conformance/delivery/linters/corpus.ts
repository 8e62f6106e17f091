import { join } from 'node:path';
import { filesAt } from '../../../../src/cli/import/files';
import { diskFiles, type Io } from '../../../../src/cli/io';
import { readYaml } from '../../../../src/manifests/yaml-documents';
import { caseNames, objectsOf } from '../../../check/manifest-sets';
import { refusedBy } from '../../../check/pair-objects';
import { pairs } from '../../../check/pairs';
import { catalogue, type Pinned } from '../../adoption/catalogue';
import { folderOfSet, obtain, Unobtainable } from '../../adoption/obtain';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { manifestsOf, subjects } from '../../kubernetes/subjects';

/** The version of Kubernetes that both sides are told. */
export const version = '1.36';

/** Objects that linters and our rules are both asked about. */
export interface Corpus {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

/** The recorded cases, deliberately bad ones among them. */
export function recordedCases(): Corpus[] {
  return caseNames.map(name => ({ name, objects: objectsIn(objectsOf(name)) }));
}

/** What the pair of each rule makes it refuse. */
export function refusedCases(): Corpus[] {
  return pairs.map(pair => ({ name: `pair-${pair.rule}`, objects: objectsIn(refusedBy(pair)) }));
}

/** Every environment of the petstore. */
export function petstoreCorpora(): Corpus[] {
  return subjects().filter(({ example }) => example === 'petstore')
    .map(subject => ({ name: `petstore-${subject.environment}`, objects: manifestsOf(subject).map(({ object }) => object) }));
}

/** What could be had, and why the rest could not. */
export interface Obtained {
  readonly corpora: readonly Corpus[];
  readonly missing: readonly string[];
}

/** Manifests that others publish, at pinned versions. */
export function publicCorpora(): Promise<Obtained> {
  return obtained(catalogue, async origin => {
    const folder = await obtain(origin);
    return origin.sets.map(({ name }) => ({ name, objects: objectsBelow(folderOfSet(folder, name)) })).filter(({ objects }) => objects.length);
  });
}

/** Asks each origin; one that cannot be had now leaves its reason. */
export async function obtained<T extends Pinned>(origins: readonly T[], corporaOf: (origin: T) => Promise<readonly Corpus[]>): Promise<Obtained> {
  const corpora: Corpus[] = [];
  const missing: string[] = [];
  for (const origin of origins) {
    try {
      corpora.push(...await corporaOf(origin));
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

/** The objects among the documents of a file, those in lists too. */
export function objectsIn(values: readonly unknown[]): KubernetesObject[] {
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
