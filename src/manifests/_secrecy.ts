import { isFields } from './_list-keys';

type Fields = Readonly<Record<string, unknown>>;

/** What is shown in place of a value that may be secret. */
export const hiddenText = '(hidden)';

const word = '(?:pass(?:word|phrase|wd)?|secret|token|credential|bearer|api[_-]?key|private[_-]?key|access[_-]?key)s?';
const suspiciousName = new RegExp(`${word}$`, 'i');
const suspiciousText = new RegExp([
  `${word}["']?\\s*[:=]\\s*\\S`, '-----BEGIN [A-Z ]*PRIVATE KEY-----', '://[^\\s/:@]+:[^\\s/@]+@', '\\beyJ[\\w-]{8,}\\.[\\w-]+\\.', '\\b(?:AKIA|ghp_|xox[abp]-)\\w{8,}',
].join('|'), 'i');

/** Whether the text behind a field name may be secret: by what the field is called, or by what the text looks like. */
export function mayBeSecret(name: string, value: unknown): boolean {
  if (typeof value !== 'string' || value === '' || name === 'image') return false;
  return suspiciousName.test(name) || suspiciousText.test(value);
}

/** Whether everything below a field of an object is secret, or as good as secret: what Secrets, sealed and encrypted ones hold. */
export function isSecretField(object: Fields, field: string): boolean {
  if (object.kind === 'Secret') return field === 'data' || field === 'stringData' || field === 'sops';
  return object.kind === 'SealedSecret' && field === 'spec';
}

/** A value as it may be shown. */
export function shown(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map(item => shown(item, name));
  if (!isFields(value)) return mayBeSecret(name, value) ? hiddenText : value;
  // Of a variable, the name stands beside the value.
  const called = typeof value.name === 'string' ? value.name : '';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, key === 'value' && suspiciousName.test(called) ? called : key)]));
}
