const words: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, Number.NEGATIVE_INFINITY] as const),
]);
const longestWord = 5;

const decimal = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const octal = /^[-+]?0o?[0-7]+$/;
const prefixed = /^[-+]?0(?:x[\da-fA-F]+|b[01]+)$/;

/**
 * What a scalar without quotes means to Kubernetes, which reads YAML 1.1: `yes` is true, `0644` is octal, a date is text.
 *
 * @see https://pkg.go.dev/sigs.k8s.io/yaml
 */
export function plainValue(text: string): unknown {
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  return mayBeNumber ? numberOr(text) : text;
}

function numberOr(text: string): number | string {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (octal.test(digits)) return Number.parseInt(digits.replace(/0o?/, ''), 8) || 0;
  // What is too large for a number is text to Go.
  if (decimal.test(digits)) return Number.isFinite(Number(digits)) ? Number(digits) : text;
  if (!prefixed.test(digits)) return text;
  const sign = digits.startsWith('-') ? -1 : 1;
  return sign * Number(digits.replace(/^[-+]/, ''));
}
