import { groupOf as apiGroupOf } from '../../manifests/identity';
import { namespaceOf } from './group';
import { textAt, type Fields } from './value';

/** Objects by what tells them apart in a cluster. */
export type ObjectIndex = ReadonlyMap<string, Fields>;

/** What tells an object apart: its group, kind, namespace and name. */
export function idOf(object: Fields, namespace: string | undefined): string {
  const where = namespaceOf(object) ?? (object.kind === 'Namespace' ? '' : namespace ?? '');
  return [apiGroupOf(String(object.apiVersion)), String(object.kind), where, String(textAt(object, 'metadata', 'name'))].join('/');
}

export function indexOf(objects: readonly Fields[], namespace: string | undefined): ObjectIndex {
  return new Map(objects.map(object => [idOf(object, namespace), object]));
}

/** An object in words: `Deployment/orders`. */
export function nameOf(object: Fields): string {
  return `${String(object.kind)}/${String(textAt(object, 'metadata', 'name'))}`;
}
