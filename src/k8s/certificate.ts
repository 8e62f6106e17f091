import { Construct } from 'constructs';
import { define } from './_object';
import { certificateNameOf } from '../spec/names';
import { metadataOf, type Workload } from './target';
import type { Certificate as Manifest } from '../imports/cert-manager';

export interface CertificateProps {
  /** The workload that the certificate is for. */
  readonly target: Workload;
  /** Who signs it. */
  readonly issuer: { readonly name: string; readonly kind: 'ClusterIssuer' | 'Issuer' };
  /** The host names that it is for. */
  readonly hosts: readonly string[];
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines a certificate that cert-manager asks for and renews, in the Secret `<workload>-tls`. Its key is a new one each time.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends Construct {
  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { target, issuer, hosts, labels } = props;
    const name = certificateNameOf(target.name);
    define<Manifest>(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadataOf(target, { name, labels }),
      spec: {
        secretName: name,
        dnsNames: [...hosts],
        issuerRef: { group: 'cert-manager.io', kind: issuer.kind, name: issuer.name },
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      },
    });
  }
}
