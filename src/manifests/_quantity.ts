/** Powers of ten behind the decimal suffixes. */
const decimal: Readonly<Record<string, number>> = { 'n': -9, 'u': -6, 'm': -3, '': 0, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18 };
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const form = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/**
 * A quantity in one form: `500m`, `0.5` and `.5` are `0.5`. Finer than a billionth is rounded up, as the server does it.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(value: unknown): unknown {
  const match = form.exec(String(value));
  if (match === null || (typeof value !== 'string' && typeof value !== 'number')) return value;
  const [, sign, whole, fraction = '', suffix = ''] = match;
  if (whole + fraction === '') return value;
  const index = binary.indexOf(suffix);
  const exponent = index >= 0 ? 0 : decimal[suffix] ?? Number(suffix.slice(1));
  if (Math.abs(exponent) > 30) return value;
  const scaled = BigInt(whole + fraction) * (index >= 0 ? 1024n ** BigInt(index + 1) : 1n);
  const nanos = shifted(scaled, 9 + exponent - fraction.length);
  const digits = String(nanos).padStart(10, '0');
  const text = `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
  return sign === '-' && text !== '0' ? `-${text}` : text;
}

/** A number with the decimal point moved, rounded up. */
function shifted(value: bigint, places: number): bigint {
  if (places >= 0) return value * 10n ** BigInt(places);
  const divisor = 10n ** BigInt(-places);
  return (value + divisor - 1n) / divisor;
}
