import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MartyError, type Problem } from '../errors';
import { encryptedSecretFrom } from '../k8s/encrypted-secret';
import { secretNameOf } from '../spec/names';
import { secretFilesOf } from '../spec/runtime-config';
import type { EncryptedSecret } from '../spec/encrypted-secrets';
import type { SettledService } from '../spec/settle';

/**
 * The encrypted Secret of every service that reads secrets, by its name.
 *
 * @param folder holds `<environment>/<service>.yaml`.
 * @throws SECRETS_INVALID with everything that is wrong with any of the files; it shows no value.
 */
export function readEncryptedSecrets(folder: string, environment: string, services: readonly SettledService[]): Record<string, EncryptedSecret> {
  const found: Record<string, EncryptedSecret> = {};
  const readers = new Map(services.map(service => [service.name, service] as const).filter(([, service]) => secretFilesOf(service).length > 0));
  const problems = [...storeProblems(environment, [...readers.values()]), ...strayFiles(folder, environment, readers)];
  for (const service of readers.values()) {
    const file = join(folder, environment, `${service.name}.yaml`);
    const expected = { name: secretNameOf(service.name), namespace: service.namespace, keys: secretFilesOf(service).map(secret => secret.file) };
    const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const read = text === undefined
      ? { problems: [{ path: '', message: `is missing; put the Secret ${expected.name} of namespace ${expected.namespace} there, sealed or encrypted, with ${[...expected.keys].sort().join(', ')}` }] }
      : encryptedSecretFrom(text, expected);
    if ('manifest' in read) found[service.name] = read.manifest;
    else problems.push(...read.problems.map(({ path, message }) => ({ path: [file, path].filter(Boolean).join(': '), message })));
  }
  if (problems.length) throw new MartyError('SECRETS_INVALID', `the secrets of ${environment} cannot be used:`, { problems });
  return found;
}

/** Two makers of one Secret would overwrite each other. */
function storeProblems(environment: string, readers: readonly SettledService[]): Problem[] {
  const store = readers[0]?.facts.secretStore;
  if (store === undefined || store.kind === 'existing') return [];
  const made = 'name' in store ? `fetches secrets from ${store.kind} ${store.name}` : 'mounts secrets by the CSI driver';
  return [{ path: `environments.${environment}.secretStore`, message: `${made}, but there is a folder of encrypted ones; say { kind: 'existing' }, or leave the folder out` }];
}

function strayFiles(folder: string, environment: string, readers: ReadonlyMap<string, SettledService>): Problem[] {
  const at = join(folder, environment);
  const files = existsSync(at) ? readdirSync(at).filter(name => /\.(ya?ml|json)$/.test(name) && !name.startsWith('.')) : [];
  return files.filter(name => !name.endsWith('.yaml') || !readers.has(name.slice(0, -'.yaml'.length))).map(name => (
    { path: join(at, name), message: `is of no service that reads secrets here, expected ${[...readers.keys()].map(service => `${service}.yaml`).join(', ') || 'no file'}` }));
}
