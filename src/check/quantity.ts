const notation = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;

/**
 * Whether a resource quantity asks for something: written in Kubernetes' notation, and not zero.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function isPositiveQuantity(value: unknown): boolean {
  if (typeof value === 'number') return value > 0;
  const digits = typeof value === 'string' ? notation.exec(value)?.[1] : undefined;
  return digits !== undefined && !String(value).startsWith('-') && /[1-9]/.test(digits);
}
