import { isFields } from '../_list-keys';
import { isNamespaced } from '../scope';
import { isSame } from './same';
import { isSameIdentity, type Fields, type Source, type SourceObject, type Sources } from './source';

/** An image whose name stays, or becomes another one, and whose tag or digest changes. */
export interface ImageChange { readonly name: string; readonly newName?: string; readonly newTag?: string; readonly digest?: string }

/** What Kustomize changes in every object of an overlay, behind its patches. */
export interface Transformers {
  readonly namespace?: string;
  /** Labels of the objects themselves: neither of selectors nor of pods. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly replicas: readonly { readonly name: string; readonly count: number }[];
  readonly images: readonly ImageChange[];
}

export const noTransformers: Transformers = { replicas: [], images: [] };

/** Kinds of the whole cluster that every Kustomize knows as such; it gives all other objects the namespace. */
const knownClusterKinds: ReadonlySet<string> = new Set(['Namespace', 'PriorityClass', 'ClusterRole', 'ClusterRoleBinding', 'StorageClass', 'PersistentVolume', 'Node', 'IngressClass', 'RuntimeClass']);
/** Kinds in which it also changes other fields than the namespace. */
const namespaceMentions: ReadonlySet<string> = new Set(['APIService', 'CustomResourceDefinition', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']);
const replicated: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);
const imageLists: ReadonlySet<string> = new Set(['containers', 'initContainers']);

/**
 * The transformers that bring an environment's objects nearer to those of another, and change nothing in them that is right already.
 */
export function transformersBetween(base: Sources, target: Sources): Transformers {
  const pairs = [...target].flatMap(([file, source]) => {
    const before = base.get(file);
    if (!before || before.text === source.text || !isSameIdentity(before, source)) return [];
    return [{ from: before.object as SourceObject, to: source.object as SourceObject }];
  });
  const sources = [...target.values()];
  const isRight = (transformers: Partial<Transformers>) => {
    const all = { ...noTransformers, ...transformers };
    const keeps = ({ object }: Source) => object !== undefined && isSame(transformed(object, all), object);
    return sources.every(source => !mayTouch(source.text, all) || keeps(source));
  };
  const namespace = namespaceFor(pairs);
  const labels = Object.entries(labelsFor(pairs)).filter(([key, value]) => isRight({ labels: { [key]: value } }));
  return {
    ...(namespace !== undefined && isRight({ namespace }) ? { namespace } : {}),
    ...(labels.length ? { labels: Object.fromEntries(labels) } : {}),
    replicas: replicasFor(pairs).filter(each => isRight({ replicas: [each] })),
    images: imagesFor(pairs).filter(each => isRight({ images: [each] })),
  };
}

type Pair = { readonly from: SourceObject; readonly to: SourceObject };

/** Whether a transformer can matter to a file, as its text tells, so that few files are read. */
function mayTouch(text: string, { namespace, labels, replicas, images }: Transformers): boolean {
  return namespace !== undefined || labels !== undefined || replicas.some(({ name }) => text.includes(name))
    || images.some(({ name, newName = name }) => text.includes(name) || text.includes(newName));
}

function namespaceFor(pairs: readonly Pair[]): string | undefined {
  const changed = pairs.filter(({ from, to }) => from.metadata.namespace !== to.metadata.namespace);
  return changed.length ? changed[0].to.metadata.namespace : undefined;
}

function labelsFor(pairs: readonly Pair[]): Record<string, string> {
  const counts = new Map<string, number>();
  for (const { from, to } of pairs) {
    for (const [key, value] of Object.entries(labelsOf(to))) {
      if (labelsOf(from)[key] !== value) counts.set(JSON.stringify([key, value]), (counts.get(JSON.stringify([key, value])) ?? 0) + 1);
    }
  }
  return Object.fromEntries([...counts].filter(([, count]) => count > 1).map(([pair]) => JSON.parse(pair) as [string, string]));
}

const labelsOf = ({ metadata: { labels } }: SourceObject) => (isFields(labels) ? labels as Readonly<Record<string, string>> : {});

function replicasFor(pairs: readonly Pair[]): { name: string; count: number }[] {
  return pairs.flatMap(({ from, to }) => {
    const [before, count] = [from, to].map(({ spec }) => (isFields(spec) ? spec.replicas : undefined));
    return replicated.has(to.kind) && typeof count === 'number' && before !== undefined && before !== count ? [{ name: to.metadata.name, count }] : [];
  });
}

function imagesFor(pairs: readonly Pair[]): ImageChange[] {
  const changes = new Map<string, ImageChange | undefined>();
  for (const { from, to } of pairs) {
    const [before, after] = [imagesIn(from), imagesIn(to)];
    if (before.length !== after.length) continue;
    before.forEach((image, index) => {
      if (image === after[index]) return;
      const change = changeOf(image, after[index]);
      const name = parsed(image).name;
      changes.set(name, changes.has(name) && !isSame(changes.get(name), change) ? undefined : change);
    });
  }
  return [...changes.values()].filter(change => change !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function changeOf(from: string, to: string): ImageChange | undefined {
  const { name } = parsed(from);
  const { name: newName, tag, digest } = parsed(to);
  if ((tag === undefined) === (digest === undefined)) return undefined;
  return { name, ...(newName === name ? {} : { newName }), ...(digest === undefined ? { newTag: tag } : { digest }) };
}

function parsed(image: string): { readonly name: string; readonly tag?: string; readonly digest?: string } {
  const [, name, tag, digest] = /^(.*?)(?::([^:/@]+))?(?:@(.+))?$/.exec(image) ?? [];
  return { name: name ?? image, tag, digest };
}

function imagesIn(object: Fields): string[] {
  const found: string[] = [];
  mapImages(object, image => {
    found.push(image);
    return image;
  });
  return found;
}

/** An object after an overlay's transformers, as Kustomize does it. */
export function transformed(object: SourceObject, { namespace, labels, replicas, images }: Transformers): SourceObject {
  let result = object;
  if (namespace !== undefined) result = inNamespace(result, namespace);
  if (labels) result = { ...result, metadata: { ...result.metadata, labels: { ...labelsOf(result), ...labels } } };
  const scale = replicated.has(result.kind) ? replicas.find(({ name }) => name === result.metadata.name) : undefined;
  if (scale) result = { ...result, spec: { ...Object(result.spec) as Fields, replicas: scale.count } };
  return images.length ? mapImages(result, image => images.reduce(changedImage, image)) as SourceObject : result;
}

function inNamespace(object: SourceObject, namespace: string): SourceObject {
  const { apiVersion, kind, metadata } = object;
  // It renames the object, too; and of those that mention a namespace elsewhere we do not know what becomes.
  if (kind === 'Namespace') return { ...object, metadata: { ...metadata, name: namespace } };
  if (knownClusterKinds.has(kind) && !isNamespaced(apiVersion, kind)) return object;
  return { ...object, metadata: { ...metadata, namespace: mentionsNamespace(object) ? '' : namespace } };
}

/** An account called `default` is taken to be in the new namespace, wherever it was. */
function mentionsNamespace({ kind, subjects }: SourceObject): boolean {
  return namespaceMentions.has(kind) || (Array.isArray(subjects) && subjects.some(subject => isFields(subject) && subject.name === 'default'));
}

function changedImage(image: string, { name, newName = name, newTag, digest }: ImageChange): string {
  if (parsed(image).name !== name) return image;
  return digest === undefined ? `${newName}:${newTag}` : `${newName}@${digest}`;
}

/** The same value where no image changes, so that little is copied. */
function mapImages(value: unknown, change: (image: string) => string): unknown {
  if (Array.isArray(value)) return mapped(value, item => mapImages(item, change));
  if (!isFields(value)) return value;
  const entries = Object.entries(value);
  const next = mapped(entries, entry => {
    const [key, item] = entry;
    const isContainers = imageLists.has(key) && Array.isArray(item);
    const result = isContainers ? mapped(item, container => mapImages(withImage(container, change), change)) : mapImages(item, change);
    return result === item ? entry : [key, result] as [string, unknown];
  });
  return next === entries ? value : Object.fromEntries(next);
}

function withImage(container: unknown, change: (image: string) => string): unknown {
  if (!isFields(container) || typeof container.image !== 'string') return container;
  const image = change(container.image);
  return image === container.image ? container : { ...container, image };
}

function mapped<T>(list: T[], change: (item: T) => T): T[] {
  const next = list.map(change);
  return next.some((item, index) => item !== list[index]) ? next : list;
}

