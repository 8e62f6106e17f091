import { attempt, type Wanted } from './attempts';
import type { Fact, Finding } from './facts';
import type { PlatformKafka } from './platform-kafka';
import { createCertificateAuthority, certificatesOf } from '../kubelet/certificates';
import { scratchFolder } from '../../runner/processes';
import type { Cluster } from '../cluster';
import { certificateSettings, passwordSettings } from '../traffic/clients';

/** How a service logs in, with the Secret that is rendered for it. */
export function serviceSettings({ kubelet, servers }: Cluster, service: string, password = kubelet.secret(`${service}-secrets`)['topics.password'].toString()): Record<string, string> {
  return { 'bootstrap.servers': servers('client'), ...passwordSettings(kubelet, service, password, 'kafka-clients-tls') };
}

/** The administrator, at the listener of brokers. */
export function adminSettings({ kubelet, servers }: Cluster): Record<string, string> {
  return { 'bootstrap.servers': servers('replication'), ...certificateSettings(kubelet, 'kafka-admin-tls') };
}

/** Who is let in where, and by what error the others are kept out. */
export async function guarded({ cluster, petstore }: PlatformKafka): Promise<Finding> {
  const { kubelet, servers } = cluster;
  const at = {
    client: { 'bootstrap.servers': servers('client') },
    replication: { 'bootstrap.servers': servers('replication') },
    controller: { 'bootstrap.controllers': servers('controller') },
  };
  const admin = certificateSettings(kubelet, 'kafka-admin-tls');
  const trusting = Object.fromEntries(Object.entries(admin).filter(([key]) => !key.startsWith('ssl.keystore')));
  const foreign = await foreignCertificate(petstore().objects);
  const known = certificateSettings(kubelet, 'kafka-clients-tls');
  const authentication = ['SaslAuthenticationException', 'SslAuthenticationException'];
  // A server that hears no TLS hangs up without a word; the client tries until its time is over.
  const silence = ['TimeoutException'];
  const quick = { 'default.api.timeout.ms': '5000', 'request.timeout.ms': '3000' };
  const cases: readonly (readonly [name: string, action: Wanted['action'], settings: Readonly<Record<string, string>>, errors: readonly string[]])[] = [
    ['the right password', 'connect', serviceSettings(cluster, 'orders'), ['']],
    ['a wrong password', 'connect', serviceSettings(cluster, 'orders', 'wrong'), authentication],
    ['a service without topics', 'connect', serviceSettings(cluster, 'gateway', 'any'), authentication],
    ['plain text at CLIENT', 'connect', { ...at.client, ...quick, 'security.protocol': 'PLAINTEXT' }, silence],
    ['a password in plain text', 'connect', { ...serviceSettings(cluster, 'orders'), ...quick, 'security.protocol': 'SASL_PLAINTEXT' }, silence],
    ...(['replication', 'controller'] as const).flatMap((listener): (typeof cases[number])[] => {
      const name = listener.toUpperCase();
      return [
        [`the administrator at ${name}`, 'quorum', { ...at[listener], ...admin }, ['']],
        [`no certificate at ${name}`, 'connect', { ...at[listener], ...quick, ...trusting }, authentication],
        [`a certificate of another authority at ${name}`, 'connect', { ...at[listener], ...quick, ...admin, ...foreign }, authentication],
        [`a certificate of a client at ${name}`, 'quorum', { ...at[listener], ...quick, ...known }, ['ClusterAuthorizationException']],
        [`plain text at ${name}`, 'connect', { ...at[listener], ...quick, 'security.protocol': 'PLAINTEXT' }, silence],
      ];
    }),
  ];
  const tried = await attempt(cluster, [cases.map(([name, action, own]) => ({ name, action, settings: own }))]);
  return {
    facts: cases.map(([name, , , errors]): Fact => {
      const error = tried.get(name)?.error;
      return [`what ${name} meets`, errors.includes(error ?? 'no answer') ? 'as it should' : error ?? 'no answer', 'as it should'];
    }),
    remarks: cases.map(([name]) => `${name}: ${tried.get(name)?.error || 'let in'}`),
  };
}

/** The administrator's certificate once more, as another authority of the same name would issue it. */
async function foreignCertificate(objects: PlatformObjects): Promise<Record<string, string>> {
  const certificate = certificatesOf(objects).find(({ metadata }) => metadata.name === 'kafka-admin-tls');
  if (!certificate) throw new Error('Certificate kafka-admin-tls: there is none, expected one among the objects');
  const files = await createCertificateAuthority(scratchFolder('foreign')).issue(certificate, objects);
  return { 'ssl.keystore.certificate.chain': files['tls.crt'].toString(), 'ssl.keystore.key': files['tls.key'].toString() };
}

type PlatformObjects = ReturnType<PlatformKafka['petstore']>['objects'];
