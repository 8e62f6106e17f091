import { randomBytes } from 'node:crypto';
import { certificatesOf, createCertificateAuthority } from './certificates';
import { namespaceOf, objectsOf, type ConfigMap, type Secret } from './objects';
import type { Replacements } from './replacements';
import { groupOf, type KubernetesObject } from '../../kubernetes/manifest';

type Files = Readonly<Record<string, Buffer>>;

interface ExternalSecret extends KubernetesObject {
  readonly spec: {
    readonly target?: { readonly name?: string };
    readonly data?: readonly { readonly secretKey: string; readonly remoteRef: { readonly key: string; readonly property?: string } }[];
    readonly dataFrom?: object;
  };
}

/** What operators would put into Secrets: certificates from a test CA, random values in the place of a store's. */
export interface Secrets {
  /** Secrets by `secretKey`, as they are in the cluster once its operators have seen the objects. */
  fill(objects: readonly KubernetesObject[]): Promise<ReadonlyMap<string, Files>>;
  /** The certificate of this Secret is issued anew at the next filling. */
  renew(key: string): void;
  /** The store's value is another one from now on. */
  rotate(key: string, property?: string): void;
}

export function createSecrets(folder: string, { record }: Pick<Replacements, 'record'>): Secrets {
  const authority = createCertificateAuthority(folder);
  const store = new Map<string, Buffer>();
  const stored = (key: string, property = '') => {
    const id = JSON.stringify([key, property]);
    const value = store.get(id) ?? Buffer.from(randomBytes(24).toString('base64url'));
    store.set(id, value);
    return value;
  };
  return {
    fill: async objects => {
      const secrets = new Map<string, Files>();
      for (const secret of objectsOf(objects, '/Secret')) secrets.set(secretKey(namespaceOf(secret), secret.metadata.name), decodedSecret(secret));
      for (const certificate of certificatesOf(objects)) {
        record('certificate', `Certificate ${certificate.metadata.name} by cert-manager`, 'the same by a test CA');
        secrets.set(secretKey(namespaceOf(certificate), certificate.spec.secretName), await authority.issue(certificate, objects));
      }
      for (const external of objects.filter(object => object.kind === 'ExternalSecret' && groupOf(object) === 'external-secrets.io') as ExternalSecret[]) {
        const { metadata, spec } = external;
        if (spec.dataFrom) throw new Error(`ExternalSecret ${metadata.name}: it has dataFrom, expected data; what a store holds is not known here`);
        record('secret', `ExternalSecret ${metadata.name} by its store`, 'random values');
        const values = (spec.data ?? []).map(({ secretKey: key, remoteRef }) => [key, stored(remoteRef.key, remoteRef.property)]);
        secrets.set(secretKey(namespaceOf(external), spec.target?.name ?? metadata.name), Object.fromEntries(values) as Files);
      }
      return secrets;
    },
    renew: key => authority.forget(key),
    rotate: (key, property = '') => { store.delete(JSON.stringify([key, property])); },
  };
}

/** By what a Secret is known. */
export const secretKey = (namespace: string, name: string): string => `${namespace}/${name}`;

function decodedSecret({ data = {}, stringData = {} }: Secret): Files {
  return { ...decoded(data, 'base64'), ...decoded(stringData, 'utf8') };
}

export function decodedConfigMap({ data = {}, binaryData = {} }: ConfigMap): Files {
  return { ...decoded(data, 'utf8'), ...decoded(binaryData, 'base64') };
}

function decoded(values: Readonly<Record<string, string>>, encoding: 'base64' | 'utf8'): Files {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value, encoding)]));
}
