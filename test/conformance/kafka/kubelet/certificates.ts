import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateExtensions, keyArguments, subjectOf, type Certificate } from './certificate-request';
import { namespaceOf } from './objects';
import { MissingTool } from '../../judges/judge';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { execute } from '../../runner/processes';

type Files = Readonly<Record<string, Buffer>>;

/** The issuer of a root that is made here; no object can have this name. */
const itself = '';

/** Stands for cert-manager: issues what Certificates ask for. */
export interface CertificateAuthority {
  /** The content of the Secret of a Certificate; the same until it is forgotten. */
  issue(certificate: Certificate, objects: readonly KubernetesObject[]): Promise<Files>;
  /** The next issue is a new key and a new certificate. @param key `namespace/name` of the Secret */
  forget(key: string): void;
}

/** The files of whoever signs. */
interface Authority { readonly certificate: string; readonly key: string }

/** Issuers of the objects sign what they are told to; any other issuer is a root that is made here. */
export function createCertificateAuthority(folder: string): CertificateAuthority {
  const issued = new Map<string, Promise<Files>>();
  let serial = 0;
  const issue = (certificate: Certificate, objects: readonly KubernetesObject[]): Promise<Files> => {
    const key = `${namespaceOf(certificate)}/${certificate.spec.secretName}`;
    const known = issued.get(key) ?? sign(certificate, objects);
    issued.set(key, known);
    return known;
  };

  async function sign(certificate: Certificate, objects: readonly KubernetesObject[]): Promise<Files> {
    const { spec } = certificate;
    const own = join(folder, `${spec.secretName}-${serial += 1}`);
    mkdirSync(own, { recursive: true });
    const file = (name: string) => join(own, name);
    const [algorithm, size] = keyArguments(certificate);
    await openssl(['genpkey', '-algorithm', algorithm, ...size, '-out', file('pkcs8.key')]);
    if (spec.privateKey?.encoding === 'PKCS8') writeFileSync(file('tls.key'), readFileSync(file('pkcs8.key')));
    else await openssl(['pkey', '-in', file('pkcs8.key'), '-traditional', '-out', file('tls.key')]);
    writeFileSync(file('extensions'), certificateExtensions(certificate));
    const issuer = await issuerOf(certificate, objects);
    await openssl(['req', '-new', '-key', file('pkcs8.key'), '-subj', subjectOf(certificate), '-out', file('request')]);
    await openssl([
      'x509', '-req', '-in', file('request'), '-days', String(Math.ceil(hoursOf(spec.duration) / 24)), '-extfile', file('extensions'), '-out', file('tls.crt'),
      ...(issuer ? ['-CA', issuer.certificate, '-CAkey', issuer.key, '-CAcreateserial'] : ['-signkey', file('pkcs8.key')]),
    ]);
    writeFileSync(file('ca.crt'), readFileSync(issuer?.certificate ?? file('tls.crt')));
    return Object.fromEntries(['tls.crt', 'tls.key', 'ca.crt'].map(name => [name, readFileSync(file(name))]));
  }

  /** Nothing for one that signs itself. */
  async function issuerOf(certificate: Certificate, objects: readonly KubernetesObject[]): Promise<Authority | undefined> {
    const { name, kind = 'Issuer' } = certificate.spec.issuerRef;
    if (name === itself) return undefined;
    const isNear = (object: KubernetesObject) => kind === 'ClusterIssuer' || namespaceOf(object) === namespaceOf(certificate);
    const issuer = objects.find(object => object.kind === kind && object.metadata.name === name && isNear(object));
    const { selfSigned, ca } = issuer?.spec as { selfSigned?: object; ca?: { secretName: string } } | undefined ?? {};
    if (selfSigned) return undefined;
    const authority = certificatesOf(objects).find(each => each.spec.secretName === ca?.secretName && isNear(each));
    if (ca && !authority) throw new Error(`${kind} ${name}: ca.secretName is ${ca.secretName}, expected the Secret of a Certificate`);
    const files = await issue(authority ?? root(name), objects);
    const at = join(folder, `issuer-${name}`);
    mkdirSync(at, { recursive: true });
    for (const [file, content] of Object.entries(files)) writeFileSync(join(at, file), content);
    return { certificate: join(at, 'tls.crt'), key: join(at, 'tls.key') };
  }

  return { issue, forget: key => { issued.delete(key); } };
}

export const certificatesOf = (objects: readonly KubernetesObject[]): Certificate[] =>
  objects.filter(({ kind, apiVersion }) => kind === 'Certificate' && apiVersion.startsWith('cert-manager.io/')) as Certificate[];

function root(issuer: string): Certificate {
  const secretName = `root-of-${issuer}`;
  return {
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: secretName },
    spec: { secretName, commonName: secretName, isCA: true, issuerRef: { name: itself }, privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8' } },
  };
}

function hoursOf(duration = '2160h'): number {
  const [, hours = '0', minutes = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:\d+s)?$/.exec(duration) ?? [];
  return Number(hours) + Number(minutes) / 60;
}

async function openssl(args: readonly string[]): Promise<void> {
  const { code, stderr } = await execute('openssl', args, { timeoutMs: 60_000 }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new MissingTool('certificates: openssl is missing; install it from https://www.openssl.org and have openssl on the PATH');
    }
    throw error;
  });
  if (code !== 0) throw new Error(`openssl ${args[0]} ended with ${code}: ${stderr.trim()}`);
}
