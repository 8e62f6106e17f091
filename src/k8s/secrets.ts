import { Construct } from 'constructs';
import { define } from './_object';
import { secretNameOf } from '../spec/names';
import { metadataOf, type Workload } from './target';
import type { ExternalSecret as Manifest } from '../imports/external-secrets';
import type { SecretFile } from '../spec/runtime-config';

export interface ExternalSecretProps {
  /** The workload that reads the secrets. */
  readonly target: Workload;
  /** The store of the External Secrets operator. */
  readonly store: { readonly name: string; readonly kind: 'ClusterSecretStore' | 'SecretStore' };
  /** The files that the pods find, and where the store keeps their values. */
  readonly files: readonly SecretFile[];
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines the secrets of a workload by reference: the operator fetches the values, no manifest holds one.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecret extends Construct {
  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    const { target, store, files, labels } = props;
    define<Manifest>(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: metadataOf(target, { labels }),
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { ...store },
        target: { name: secretNameOf(target.name), creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        data: files.map(({ file, key, property }) => ({ secretKey: file, remoteRef: { key, ...(property ? { property } : {}) } })),
      },
    });
  }
}
