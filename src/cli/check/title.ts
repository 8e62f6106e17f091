import type { ObjectReference } from '../../check/finding';

/** `Deployment shop/api`. */
export function titleOf({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
