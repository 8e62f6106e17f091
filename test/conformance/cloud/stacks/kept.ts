import { spawn } from 'node:child_process';
import { reveals } from './sentinel';
import type { Stack } from './synthesized';
import { complaint, stackFolder, withTerraform } from './terraform';
import type { FoundJudge } from '../../judges/judge';
import { freePort } from '../../runner/ports';
import { adopt, removeScratch, scratchFolder, stop } from '../../runner/processes';

interface Judges { readonly terraform: FoundJudge; readonly moto: FoundJudge }

/** What is wrong with how a stack keeps its state in S3, which stands on this machine for as long as it takes. */
export async function kept({ name, json, title }: Stack, { terraform, moto }: Judges): Promise<string[]> {
  const { s3 } = json.terraform?.backend as { readonly s3: { readonly bucket: string; readonly key: string } };
  const storage = await startStorage(moto, s3.bucket);
  const place = scratchFolder('state');
  try {
    return await withTerraform(terraform, [json], async program => {
      const folder = stackFolder(place, name, json);
      const problems: string[] = [];
      const run = async (what: string, expected: number, ...command: readonly string[]) => {
        if (problems.length > 0) return '';
        const outcome = await program.run(folder, ...command);
        problems.push(...complaint(`${title}: ${what}`, outcome, expected));
        return `${outcome.stdout}\n${outcome.stderr}`;
      };
      await run('init', 0, 'init', '-no-color', ...storage.settings);
      await run('apply', 0, 'apply', '-no-color', '-auto-approve');
      if (problems.length > 0) return problems;
      const state = await storage.object(s3.key);
      if (!state.ok) return [`${s3.key} is answered by ${state.status} after apply, expected the state`];
      if (!state.headers.get('x-amz-server-side-encryption')) problems.push(`${s3.key} is not encrypted`);
      if (reveals(Buffer.from(await state.arrayBuffer()))) problems.push(`${s3.key} holds the secret`);
      const lock = `${s3.key}.tflock`;
      await storage.object(lock, { method: 'PUT', body: JSON.stringify({ ID: 'somebody-else', Operation: 'OperationTypeApply', Who: 'ci@elsewhere', Version: terraform.version }) });
      const refused = await run('a plan while somebody writes', 1, 'plan', '-no-color', '-lock-timeout=0s');
      if (problems.length === 0 && !/state lock[^]*somebody-else/.test(refused)) problems.push(`a plan while somebody writes said ${refused.trim()}, expected who holds the lock`);
      await storage.object(lock, { method: 'DELETE' });
      await run('a second plan', 0, 'plan', '-no-color', '-detailed-exitcode', '-refresh=false');
      return problems;
    });
  } finally {
    await storage.end();
    removeScratch(place);
  }
}

interface Storage {
  /** Asks for an object of the bucket, or changes it. */
  object(key: string, request?: RequestInit): Promise<Response>;
  /** What `init` is told to find it, besides what the stack says. */
  readonly settings: readonly string[];
  end(): Promise<void>;
}

async function startStorage({ path }: FoundJudge, bucket: string): Promise<Storage> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const child = adopt(spawn(path, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' }));
  const body = '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0' };
  for (const end = Date.now() + 30_000; ;) {
    const made = await fetch(`${address}/${bucket}`, { method: 'PUT', body, headers }).catch(() => undefined);
    if (made?.ok) break;
    if (Date.now() > end || child.exitCode !== null) throw new Error(`moto: it makes no bucket, ${made ? `and answers ${made.status}: ${await made.text()}` : 'and does not answer'}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return {
    object: (key, request) => fetch(`${address}/${bucket}/${key}`, { headers, ...request }),
    settings: [`endpoints={s3="${address}"}`, 'use_path_style=true', 'skip_credentials_validation=true', 'skip_requesting_account_id=true', 'skip_metadata_api_check=true']
      .map(setting => `-backend-config=${setting}`),
    end: () => stop(child),
  };
}
