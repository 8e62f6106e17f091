import type { KubernetesObject } from '../../kubernetes/manifest';

/** As much of cert-manager's Certificate as is honoured. */
export interface Certificate extends KubernetesObject {
  readonly spec: {
    readonly secretName: string;
    readonly issuerRef: { readonly name: string; readonly kind?: string; readonly group?: string };
    readonly commonName?: string;
    readonly dnsNames?: readonly string[];
    readonly isCA?: boolean;
    readonly usages?: readonly string[];
    readonly duration?: string;
    readonly subject?: { readonly organizations?: readonly string[]; readonly organizationalUnits?: readonly string[] };
    readonly privateKey?: { readonly algorithm?: 'RSA' | 'ECDSA' | 'Ed25519'; readonly size?: number; readonly encoding?: 'PKCS1' | 'PKCS8'; readonly rotationPolicy?: string };
  };
}

const honoured = ['secretName', 'issuerRef', 'commonName', 'dnsNames', 'isCA', 'usages', 'duration', 'subject', 'privateKey', 'renewBefore', 'renewBeforePercentage', 'secretTemplate', 'revisionHistoryLimit'];

const keyUsages: Readonly<Record<string, string>> = {
  'digital signature': 'digitalSignature', 'key encipherment': 'keyEncipherment', 'key agreement': 'keyAgreement', 'cert sign': 'keyCertSign', 'crl sign': 'cRLSign',
};
const extendedKeyUsages: Readonly<Record<string, string>> = { 'server auth': 'serverAuth', 'client auth': 'clientAuth' };

/**
 * The extensions that a Certificate asks for, as OpenSSL reads them: its names and usages, no other.
 *
 * @throws Error for a field or a usage that is not honoured here
 */
export function certificateExtensions({ metadata, spec }: Certificate): string {
  const unknown = [
    ...Object.keys(spec).filter(field => !honoured.includes(field)),
    ...(spec.usages ?? []).filter(usage => !(usage in keyUsages) && !(usage in extendedKeyUsages)).map(usage => `usages ${usage}`),
  ];
  if (unknown.length > 0) throw new Error(`Certificate ${metadata.name}: it asks for ${unknown.join(', ')}, which the test CA does not honour`);
  const usages = spec.usages ?? ['digital signature', 'key encipherment'];
  const plain = [...usages.flatMap(usage => keyUsages[usage] ?? []), ...(spec.isCA && !usages.includes('cert sign') ? ['keyCertSign'] : [])];
  const extended = usages.flatMap(usage => extendedKeyUsages[usage] ?? []);
  return [
    `basicConstraints=critical,CA:${spec.isCA ? 'TRUE' : 'FALSE'}`,
    ...(plain.length > 0 ? [`keyUsage=critical,${plain.join(',')}`] : []),
    ...(extended.length > 0 ? [`extendedKeyUsage=${extended.join(',')}`] : []),
    ...(spec.dnsNames?.length ? [`subjectAltName=${spec.dnsNames.map(name => `DNS:${name}`).join(',')}`] : []),
    '',
  ].join('\n');
}

export function subjectOf({ spec: { commonName, subject } }: Certificate): string {
  const parts = [
    ...(subject?.organizations ?? []).map(name => `O=${name}`),
    ...(subject?.organizationalUnits ?? []).map(name => `OU=${name}`),
    ...(commonName === undefined ? [] : [`CN=${commonName}`]),
  ];
  return `/${parts.join('/')}`;
}

/** The algorithm and its options, as OpenSSL names them. */
export function keyArguments({ spec: { privateKey = {} } }: Certificate): [algorithm: string, options: readonly string[]] {
  const { algorithm = 'RSA', size } = privateKey;
  if (algorithm === 'RSA') return ['RSA', ['-pkeyopt', `rsa_keygen_bits:${size ?? 2048}`]];
  return algorithm === 'ECDSA' ? ['EC', ['-pkeyopt', `ec_paramgen_curve:P-${size ?? 256}`]] : ['ED25519', []];
}
