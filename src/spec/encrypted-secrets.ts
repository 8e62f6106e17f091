import { textOfValue } from './problems';
import type { Problem } from '../errors';

/** The Secret that the pods of a service mount. */
export interface ExpectedSecret {
  readonly name: string;
  readonly namespace: string;
  /** Its keys: the files that the process finds. */
  readonly keys: readonly string[];
}

/** An object that holds nothing that must not be seen. */
export type EncryptedSecret = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: 'SealedSecret' | 'Secret';
  readonly metadata: { readonly name: string; readonly namespace: string };
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Everything that keeps an object from being the encrypted form of a Secret; no value of it is ever repeated.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets
 * @see https://getsops.io/docs/
 */
export function encryptedSecretProblems(object: unknown, expected: ExpectedSecret): Problem[] {
  const { apiVersion, kind } = fieldsOf(object);
  if (kind === 'SealedSecret') return [...placeProblems(object, expected), ...sealedProblems(fieldsOf(object), expected)];
  if (kind === 'Secret' && apiVersion === 'v1') return [...placeProblems(object, expected), ...sopsProblems(fieldsOf(object), expected)];
  if (isSopsValue(kind) || isSopsValue(apiVersion)) return [{ path: 'kind', message: `is encrypted as well, expected only the values; ${howToEncrypt}` }];
  return [{ path: 'kind', message: 'expected a SealedSecret, or a Secret that SOPS encrypted' }];
}

export function isEncryptedSecret(object: unknown, expected: ExpectedSecret): object is EncryptedSecret {
  return encryptedSecretProblems(object, expected).length === 0;
}

const howToEncrypt = 'use `sops encrypt --encrypted-regex \'^(data|stringData)$\'`';

function placeProblems(object: unknown, expected: ExpectedSecret): Problem[] {
  const metadata = fieldsOf(fieldsOf(object).metadata);
  return (['name', 'namespace'] as const).filter(field => metadata[field] !== expected[field]).map(field => ({
    path: `metadata.${field}`,
    message: isSopsValue(metadata[field]) ? `is encrypted as well, expected ${textOfValue(expected[field])}; ${howToEncrypt}` : `is ${textOfValue(metadata[field])}, expected ${textOfValue(expected[field])}, which the pods of the service mount`,
  }));
}

function sealedProblems({ spec }: Fields, expected: ExpectedSecret): Problem[] {
  const { encryptedData, template, data } = fieldsOf(spec);
  const inside = fieldsOf(fieldsOf(template).metadata);
  const clear = Object.keys(fieldsOf(fieldsOf(template).data));
  return [
    ...(data === undefined ? [] : [{ path: 'spec.data', message: 'is the form of old versions, which seals all values as one; seal it again' }]),
    ...keyProblems(Object.keys(fieldsOf(encryptedData)), expected, 'spec.encryptedData'),
    ...unencrypted(encryptedData, isSealedValue).map(key => ({ path: `spec.encryptedData.${key}`, message: 'is not sealed; seal it with `kubeseal`' })),
    ...clear.map(key => ({ path: `spec.template.data.${key}`, message: 'stands there in clear; seal it as one of encryptedData' })),
    ...(['name', 'namespace'] as const).filter(field => inside[field] !== undefined && inside[field] !== expected[field])
      .map(field => ({ path: `spec.template.metadata.${field}`, message: `is ${textOfValue(inside[field])}, expected ${textOfValue(expected[field])}, or nothing` })),
  ];
}

function sopsProblems({ sops, ...signed }: Fields, expected: ExpectedSecret): Problem[] {
  const { data, stringData } = signed;
  if (sops === undefined) return [{ path: '', message: `is a Secret that is not encrypted; ${howToEncrypt}, or seal it with \`kubeseal\`, and let no history keep what stood there` }];
  const { mac, encrypted_comment_regex: only, unencrypted_comment_regex: but } = fieldsOf(sops);
  return [
    ...(isSopsValue(mac) ? [] : [{ path: 'sops.mac', message: 'is missing or not encrypted; encrypt the file again' }]),
    ...([only, but].some(Boolean) ? [{ path: 'sops', message: `chooses what is encrypted by comments, which manifests do not keep; ${howToEncrypt}` }] : []),
    ...keyProblems([data, stringData].flatMap(values => Object.keys(fieldsOf(values))), expected, 'data'),
    ...Object.entries({ data, stringData }).flatMap(([field, values]) => unencrypted(values, isSopsValue).map(key => (
      { path: `${field}.${key}`, message: `is not encrypted; ${howToEncrypt}` }))),
    ...numbered(signed, []).map(path => ({ path, message: 'has a number for its name, so its place in the order that SOPS signs cannot be kept; rename it' })),
  ];
}

function keyProblems(keys: readonly string[], { keys: expected }: ExpectedSecret, path: string): Problem[] {
  const listed = [...expected].sort().join(', ');
  return [
    ...expected.filter(key => !keys.includes(key)).map(key => ({ path: `${path}.${key}`, message: `is missing; the service reads ${listed}` })),
    ...[...new Set(keys)].filter(key => !expected.includes(key)).map(key => ({ path: `${path}.${key}`, message: `is nothing that the service reads; it reads ${listed}` })),
  ];
}

function unencrypted(values: unknown, isEncrypted: (value: unknown) => boolean): string[] {
  return Object.entries(fieldsOf(values)).filter(([, value]) => !isEncrypted(value)).map(([key]) => key);
}

/** Of an empty value there is nothing to encrypt, so SOPS leaves it as it is. */
function isSopsValue(value: unknown): boolean {
  return value === '' || (typeof value === 'string' && /^ENC\[AES256_GCM,data:[A-Za-z0-9+/=]*,iv:[A-Za-z0-9+/=]+,tag:[A-Za-z0-9+/=]+,type:[a-z]+\]$/.test(value));
}

/** A sealed value: the length of the encrypted session key in two bytes, that key, and what it encrypts with a tag of 16 bytes. */
function isSealedValue(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
  const bytes = Buffer.from(value, 'base64');
  const key = bytes.length > 2 ? bytes.readUInt16BE(0) : 0;
  return key >= 128 && key <= 2048 && bytes.length >= 2 + key + 16;
}

/** Fields that JavaScript puts before all others. */
function numbered(value: unknown, path: readonly string[]): string[] {
  return Object.entries(fieldsOf(value)).flatMap(([key, inside]) => [...(/^(0|[1-9]\d*)$/.test(key) ? [[...path, key].join('.')] : []), ...numbered(inside, [...path, key])]);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {};
}
