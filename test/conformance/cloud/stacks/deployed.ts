import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture, type CloudApp } from './apps';
import { folderOf, synthesized } from './synthesized';
import { complaint, withTerraform } from './terraform';
import { root } from '../../../support/documents';
import type { FoundJudge } from '../../judges/judge';
import { execute, scratchFolder } from '../../runner/processes';

/** What `cdktf deploy` made of an app on the pretend cloud. */
export interface DeployedApp {
  /** The file that `--outputs-file` names: outputs by stack and name. */
  readonly outputsFile: string;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where states, logs and the file of outputs are. */
  readonly folder: string;
  /** How many resources were made. */
  readonly count: number;
  readonly problems: readonly string[];
}

export interface DeployTools {
  readonly terraform: FoundJudge;
  readonly cli: FoundJudge;
}

const known = new Map<string, Promise<DeployedApp>>();

/**
 * Deploys all stacks of an app twice, of which the second time has nothing to do; once. Those of the fixture are destroyed again, as they depend on
 * one another; those of the others Terraform itself takes away in their life cycle.
 */
export function deployed(app: CloudApp, tools: DeployTools): Promise<DeployedApp> {
  const present = known.get(app.name) ?? deploy(app, tools);
  known.set(app.name, present);
  return present;
}

async function deploy(app: CloudApp, { terraform, cli }: DeployTools): Promise<DeployedApp> {
  const stacks = await synthesized(app);
  const folder = scratchFolder('deployed');
  const settings = JSON.parse(readFileSync(join(folderOf(app), 'cdktf.json'), 'utf8')) as { readonly app: string };
  const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
  // Its own command, after which every stack keeps its state in a file here.
  const command = [process.execPath, jiti, join(__dirname, 'local-app.ts'), settings.app, folder].map(part => `'${part}'`).join(' ');
  return withTerraform(terraform, stacks.map(({ json }) => json), async ({ env }) => {
    const outputsFile = join(folder, 'outputs.json');
    const problems: string[] = [];
    const run = async (name: string, ...args: readonly string[]): Promise<string> => {
      if (problems.length > 0) return '';
      const outcome = await execute(process.execPath, [
        join(cli.path, 'bundle/bin/cdktf.js'), ...args, '*', '--auto-approve', '--skip-provider-lock', '--app', command, '--output', join(folder, 'stacks'),
      ], {
        cwd: folderOf(app), timeoutMs: 300_000,
        // What is taken away need not be read before: the cloud is no other than it was.
        env: {
          ...env, TERRAFORM_BINARY_NAME: terraform.path, TF_CLI_ARGS_destroy: '-refresh=false', CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1', CI: '1', FORCE_COLOR: '0',
        },
      });
      const said = `${outcome.stdout}\n${outcome.stderr}`;
      writeFileSync(join(folder, `${name}.log`), said);
      problems.push(...complaint(name, outcome));
      return said;
    };
    const outputsOf = () => (existsSync(outputsFile) ? JSON.parse(readFileSync(outputsFile, 'utf8')) as DeployedApp['outputs'] : {});
    await run('first', 'deploy', '--outputs-file', outputsFile);
    const outputs = outputsOf();
    const count = stacks.reduce((sum, { name }) => sum + resourcesOf(join(folder, `${name}.tfstate`)), 0);
    const said = await run('second', 'deploy', '--outputs-file', outputsFile, '--skip-synth');
    const unchanged = said.match(/No changes\. Your infrastructure matches/g)?.length ?? 0;
    if (problems.length === 0 && unchanged !== stacks.length) {
      problems.push(`the second deploy changed nothing in ${unchanged} stacks, expected ${stacks.length}`, said);
    }
    if (JSON.stringify(outputs) !== JSON.stringify(outputsOf())) problems.push('the second deploy has other outputs than the first, expected the same');
    if (app !== fixture) return { outputsFile, outputs, folder, count, problems };
    await run('destroyed', 'destroy', '--skip-synth');
    const left = stacks.filter(({ name }) => resourcesOf(join(folder, `${name}.tfstate`)) > 0).map(({ name }) => `${name} is still there after destroy`);
    return { outputsFile, outputs, folder, count, problems: [...problems, ...left] };
  });
}

function resourcesOf(state: string): number {
  return existsSync(state) ? (JSON.parse(readFileSync(state, 'utf8')) as { readonly resources: readonly unknown[] }).resources.length : 0;
}
