import { execSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localized } from './local';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';

// What cdktf starts in place of an app: the app itself, and then its stacks keep their states in files of a folder.
const [command, states] = process.argv.slice(2);
execSync(command, { stdio: 'inherit' });
const folder = join(process.env.CDKTF_OUTDIR ?? 'cdktf.out', 'stacks');
const stacks = readdirSync(folder).map(name => {
  const file = join(folder, name, 'cdk.tf.json');
  return { name, file, json: JSON.parse(readFileSync(file, 'utf8')) as TerraformJson };
});
for (const stack of stacks) {
  writeFileSync(stack.file, JSON.stringify(localized(stack, stacks, name => join(states, `${name}.tfstate`)), undefined, 2));
}
