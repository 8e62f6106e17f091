import { isSameObject } from '../../manifests/canonical';
import { patchBetween } from '../../manifests/patch-between';
import { textOfPath, textOfValue } from '../../spec/problems';
import { idOf, indexOf, nameOf, type ObjectIndex } from './object-index';
import { fieldsAt, isFields, type Fields } from './value';

/** Every way in which rendered objects are others than those that were read; none when they are equal by canonical comparison. */
export function differencesBetween(rendered: readonly Fields[], wanted: ObjectIndex, namespace: string | undefined): string[] {
  const there = indexOf(rendered, namespace);
  return [
    ...[...wanted].flatMap(([id, object]) => {
      const match = there.get(id);
      if (!match) return [`${nameOf(object)} is not rendered`];
      if (isSameObject(match, object, { namespace })) return [];
      return pathsBetween(match, object, namespace).map(path => `${nameOf(object)} differs${path}`);
    }),
    ...rendered.filter(object => !wanted.has(idOf(object, namespace))).map(object => `${nameOf(object)} is rendered besides`),
  ];
}

/**
 * Each place where a rendered object is another one than that which was read, with what should stand there.
 *
 * @param namespace the one that an object is in which names none.
 */
export function pathsBetween(rendered: Fields, wanted: Fields, namespace: string | undefined): string[] {
  const paths = pathsOf(patchBetween(placed(rendered, namespace), placed(wanted, namespace)), []);
  return paths.length ? paths : [''];
}

function placed(object: Fields, namespace: string | undefined): Fields {
  const { namespace: said, ...metadata } = fieldsAt(object, 'metadata');
  return said === namespace ? { ...object, metadata } : object;
}

function pathsOf(value: unknown, path: readonly string[]): string[] {
  if (isFields(value) && Object.keys(value).length) return Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]));
  return [` at ${textOfPath(path)}: it should be ${value === null ? 'left out' : textOfValue(value)}`];
}
