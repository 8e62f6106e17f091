import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './client';
import { createApiClient } from './client';
import type { FoundJudge } from '../judges/judge';
import { freePorts } from '../runner/ports';
import { adopt, removeScratch, scratchFolder, stop } from '../runner/processes';

const logFolder = resolve(__dirname, '../../../reports/conformance');
const logTailLines = 30;

export interface ApiServerOptions {
  readonly etcd: FoundJudge;
  readonly server: FoundJudge;
  /** How long it may take until it is ready. @default 180000 */
  readonly readyTimeoutMs?: number;
}

export interface ApiServer {
  readonly client: ApiClient;
  /** What the server itself says it is: `v1.37.1`. */
  readonly version: string;
  /** The path of a kubeconfig, for programs that come with a client of their own. */
  readonly kubeconfig: string;
  close(): Promise<void>;
}

/**
 * Starts etcd and a kube-apiserver on free loopback ports, without controllers and nodes: it judges, it runs nothing.
 *
 * @throws Error with the end of the log when it does not become ready
 */
export async function createApiServer({
  etcd,
  server,
  readyTimeoutMs = 180_000,
}: ApiServerOptions): Promise<ApiServer> {
  const folder = scratchFolder(server.name);
  const log = join(logFolder, `${server.name}-${server.version}.log`);
  mkdirSync(logFolder, { recursive: true });
  const running: ChildProcess[] = [];
  const close = async () => {
    for (const child of running.reverse()) await stop(child);
    removeScratch(folder);
  };
  try {
    const [client, peer, secure] = await freePorts(3);
    const token = randomBytes(24).toString('hex');
    running.push(startProgram(etcd, etcdFlags(folder, client, peer), log, 'w'));
    running.push(startProgram(server, serverFlags(folder, client, secure, token), log, 'a'));
    const certificate = join(folder, 'certs', 'apiserver.crt');
    const api = await whenReady(running, readyTimeoutMs, () => {
      if (!existsSync(certificate)) return undefined;
      return createApiClient({ port: secure, token, certificateAuthority: readFileSync(certificate, 'utf8') });
    });
    const { body } = await api.request('GET', '/version');
    return {
      client: api,
      version: (body as { gitVersion: string }).gitVersion,
      kubeconfig: writeKubeconfig(folder, secure, token, certificate),
      close: async () => {
        api.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${server.name} ${server.version}: ${reason}; the end of ${log}:\n${tailOf(log)}`);
  }
}

function writeKubeconfig(folder: string, port: number, token: string, certificate: string): string {
  const file = join(folder, 'kubeconfig.json');
  writeFileSync(
    file,
    JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'current-context': 'judge',
      'clusters': [{ name: 'judge', cluster: { 'server': `https://127.0.0.1:${port}`, 'certificate-authority': certificate } }],
      'users': [{ name: 'admin', user: { token } }],
      'contexts': [{ name: 'judge', context: { cluster: 'judge', user: 'admin' } }],
    }),
    { mode: 0o600 },
  );
  return file;
}

function startProgram(judge: FoundJudge, flags: readonly string[], log: string, mode: 'w' | 'a'): ChildProcess {
  const output = openSync(log, mode);
  const child = adopt(spawn(judge.path, flags, { stdio: ['ignore', output, output] }));
  closeSync(output);
  return child;
}

function etcdFlags(folder: string, client: number, peer: number): string[] {
  const own = `http://127.0.0.1:${client}`;
  const peers = `http://127.0.0.1:${peer}`;
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${own}`,
    `--advertise-client-urls=${own}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    '--unsafe-no-fsync',
    '--log-level=error',
  ];
}

function serverFlags(folder: string, etcdPort: number, port: number, token: string): string[] {
  const key = join(folder, 'service-account.key');
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(
    key,
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }),
    { mode: 0o600 },
  );
  writeFileSync(tokens, `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${join(folder, 'certs')}`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
    '--enable-priority-and-fairness=false',
  ];
}

async function whenReady(
  children: readonly ChildProcess[],
  timeoutMs: number,
  connect: () => ApiClient | undefined,
): Promise<ApiClient> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const ended = children.find(child => child.exitCode !== null || child.signalCode !== null);
    if (ended) {
      throw new Error(`${ended.spawnfile} ended with ${ended.exitCode ?? ended.signalCode} before it was ready`);
    }
    const client = connect();
    if (client) {
      const ready = await client.request('GET', '/readyz').then(
        ({ status }) => status === 200,
        () => false,
      );
      if (ready) return client;
      client.close();
    }
    await sleep(150);
  }
  throw new Error(`it is not ready after ${timeoutMs} ms`);
}

function tailOf(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-logTailLines).join('\n') : '(empty)';
}
