import { stringify } from 'yaml';
import { secretNameOf } from '../../src/spec/names';
import { secretFilesOf } from '../../src/spec/runtime-config';
import type { ExpectedSecret } from '../../src/spec/encrypted-secrets';
import type { SettledService } from '../../src/spec/settle';

/** What has the form of a value that SOPS encrypted. */
export const sopsValue = 'ENC[AES256_GCM,data:y3FGhw==,iv:oftlF9jQtBaNjIBVeQDMWv4OamHTCsvyJ5tm7hxjEkU=,tag:8FvXC/lA2tBTjRJp0+l4eA==,type:str]';

/** What has the form of a value that was sealed: the length of a key, the key, and a text with its tag. */
export const sealedValue = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512, 7), Buffer.alloc(24, 9)]).toString('base64');

/** The Secret that the pods of a service mount. */
export function expectedOf(service: SettledService): ExpectedSecret {
  return { name: secretNameOf(service.name), namespace: service.namespace, keys: secretFilesOf(service).map(({ file }) => file) };
}

const each = (keys: readonly string[], value: string) => Object.fromEntries(keys.map(key => [key, value]));

/** That Secret as SOPS would encrypt it, its fields in no order. */
export function sopsSecret({ name, namespace, keys }: ExpectedSecret) {
  return {
    type: 'Opaque', kind: 'Secret', stringData: each(keys, sopsValue), apiVersion: 'v1', metadata: { namespace, name },
    sops: { version: '3.13.3', mac: sopsValue, lastmodified: '2026-11-21T02:57:28Z', encrypted_regex: '^(data|stringData)$', age: [{ recipient: 'age1q', enc: 'text' }] },
  };
}

/** That Secret as kubeseal would seal it. */
export function sealedSecret({ name, namespace, keys }: ExpectedSecret) {
  return {
    apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { creationTimestamp: null, name, namespace },
    spec: { encryptedData: each(keys, sealedValue), template: { metadata: { creationTimestamp: null, name, namespace }, type: 'Opaque' } },
  };
}

export const sopsFile = (expected: ExpectedSecret) => stringify(sopsSecret(expected), { version: '1.1' });
export const sealedFile = (expected: ExpectedSecret) => `---\n${stringify(sealedSecret(expected), { version: '1.1' })}`;
