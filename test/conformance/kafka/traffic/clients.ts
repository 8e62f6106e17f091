import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundJudge } from '../../judges/judge';
import { execute } from '../../runner/processes';
import type { Kubelet } from '../kubelet/options';

const sources = join(__dirname, '../java/conformance');

/** Compiles the clients against a judge's jars. @returns the folder of their classes */
export async function compileClients(judge: FoundJudge, folder: string): Promise<string> {
  const classes = join(folder, `clients-${judge.version}`);
  mkdirSync(classes, { recursive: true });
  const files = ['Attempt', 'Behind', 'Describe', 'Produce', 'Verify'].map(name => join(sources, `${name}.java`));
  const { code, stderr } = await execute('javac', ['-J-XX:TieredStopAtLevel=1', '-nowarn', '-cp', join(judge.path, '*'), '-d', classes, ...files]);
  if (code !== 0) throw new Error(`javac ended with ${code}\n${stderr}`);
  return classes;
}

/** The settings of a client in a file. @returns its path */
export function propertiesFile(kubelet: Pick<Kubelet, 'folder'>, name: string, properties: Readonly<Record<string, string>>): string {
  const file = join(kubelet.folder, `${name}.properties`);
  writeFileSync(file, Object.entries(properties).map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`).join(''), { mode: 0o600 });
  return file;
}

/** Settings of a client that shows the certificate of a Secret. */
export function certificateSettings(kubelet: Pick<Kubelet, 'secret'>, secretName: string): Record<string, string> {
  const { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': authority } = kubelet.secret(secretName);
  return {
    'security.protocol': 'SSL',
    'ssl.keystore.type': 'PEM', 'ssl.keystore.certificate.chain': certificate.toString(), 'ssl.keystore.key': key.toString(),
    'ssl.truststore.type': 'PEM', 'ssl.truststore.certificates': authority.toString(),
  };
}

/** Settings of a client that logs in by name and password, and trusts the authority of a Secret. */
export function passwordSettings(kubelet: Pick<Kubelet, 'secret'>, user: string, password: string, trusted: string): Record<string, string> {
  return {
    'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="${user}" password="${password}";`,
    'ssl.truststore.type': 'PEM', 'ssl.truststore.certificates': kubelet.secret(trusted)['ca.crt'].toString(),
  };
}
