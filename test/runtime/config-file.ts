import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runtimeConfigOf, settleService, type MicroserviceSpec, type RuntimeConfig } from '../../src/spec';

/** The content that synth writes into the ConfigMap of a service. */
export function configOf(description: MicroserviceSpec, environment = 'local'): RuntimeConfig {
  return runtimeConfigOf(settleService(description, environment));
}

const folders: string[] = [];

/** A new folder, gone after the tests. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'marty-'));
  folders.push(made);
  return made;
}

/** The file that a ConfigMap becomes, with ports that are free. */
export function configFile(content: object): string {
  const file = join(folder(), 'runtime.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Removes what {@link folder} made. */
export function removeFolders(): void {
  folders.splice(0).forEach(made => rmSync(made, { recursive: true, force: true }));
}

/** Numbers of ports that nobody listens on. */
export async function freePorts<const K extends string>(...names: readonly K[]): Promise<Record<K, number>> {
  const servers = await Promise.all(names.map(async () => new Promise<ReturnType<typeof createServer>>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(async server => new Promise(resolve => { server.close(resolve); })));
  return Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Record<K, number>;
}
