import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planted } from './sentinel';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';
import { attach } from '../provider/attach';
import { pretend, type Cloud } from '../provider/pretend';
import type { FoundJudge } from '../../judges/judge';
import { execute, removeScratch, scratchFolder, type Outcome } from '../../runner/processes';

/** Terraform with providers that wait for it, away from whatever the user's own is set up with. */
export interface Terraform {
  /** Runs a command in a folder. */
  run(folder: string, ...command: readonly string[]): Promise<Outcome>;
  /** What it is run with, for programs that start it themselves. */
  readonly env: NodeJS.ProcessEnv;
}

/** Attaches the providers of the stacks for as long as the work takes. */
export async function withTerraform<T>(
  { path }: FoundJudge, stacks: readonly TerraformJson[], work: (terraform: Terraform) => Promise<T>, cloud: Cloud = pretend,
): Promise<T> {
  const providers = await attach(stacks, cloud);
  const place = scratchFolder('terraform');
  try {
    const configuration = join(place, 'terraform.rc');
    writeFileSync(configuration, '');
    const env = {
      ...strippedEnvironment(), ...planted(stacks),
      TF_CLI_CONFIG_FILE: configuration, TF_REATTACH_PROVIDERS: providers.reattach, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0',
      // Its runs are short: it need not tidy up so often.
      GOGC: '400',
    };
    return await work({ env, run: (cwd, ...command) => execute(path, command, { cwd, env }) });
  } finally {
    providers.close();
    removeScratch(place);
  }
}

/** Without what steers Terraform or a provider from outside. */
export function strippedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF|AWS|AZURE|ARM|GOOGLE|CDKTF)_/.test(name)));
}

/** A folder that holds one stack. */
export function stackFolder(parent: string, name: string, json: TerraformJson): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(json, undefined, 2));
  return folder;
}

/** The last of what a command said, when it ended otherwise than expected. */
export function complaint(what: string, { code, stdout, stderr }: Outcome, expected = 0): string[] {
  if (code === expected) return [];
  return [`${what} ended with ${code}, expected ${expected}`, ...`${stdout}\n${stderr}`.trim().split('\n').slice(-30)];
}
