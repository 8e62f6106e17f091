import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { FoundJudge, Judge } from './judge';

/**
 * A real provider of Terraform, hundreds of megabytes that no package registry has: used when it lies where Terraform itself would look for it, or in
 * the folder that `MARTY_TERRAFORM_PLUGINS` names. Its `path` is the folder of plugins.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function terraformPluginJudge(provider: string): Judge {
  const name = `${provider}-provider`;
  return {
    name, version: 'any', optional: true,
    how: 'name a folder of plugins that has it in MARTY_TERRAFORM_PLUGINS',
    find: () => Promise.resolve(placesOf().map(place => pluginIn(name, provider, place)).find(found => found)),
  };
}

function placesOf(env: NodeJS.ProcessEnv = process.env): string[] {
  const shared = (env.XDG_DATA_DIRS || ['/usr/local/share', '/usr/share'].join(delimiter)).split(delimiter);
  return [
    ...env.MARTY_TERRAFORM_PLUGINS ? [env.MARTY_TERRAFORM_PLUGINS] : [],
    join(homedir(), '.terraform.d/plugins'),
    ...[env.XDG_DATA_HOME || join(homedir(), '.local/share'), ...shared].map(folder => join(folder, 'terraform/plugins')),
  ];
}

/** The newest version of a provider in a folder that is laid out as a mirror. */
function pluginIn(name: string, provider: string, place: string): FoundJudge | undefined {
  const versions = join(place, 'registry.terraform.io/hashicorp', provider);
  const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const present = existsSync(versions) ? readdirSync(versions).filter(version => existsSync(join(versions, version, platform))) : [];
  const [version] = present.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return version === undefined ? undefined : { name, version, path: place };
}
