import { join } from 'node:path';
import { createJiti } from 'jiti';
import { renderPlatform } from '../support/manifests';
import type { MicroserviceSpec } from '../../src/spec';

const root = join(__dirname, '../..');

/** Writes the petstore in all environments to stdout. */
async function main(): Promise<void> {
  const jiti = createJiti(__filename, { alias: { 'marty-msf/spec': join(root, 'src/spec/index.ts') } });
  const { services, environments } = await jiti.import<{ services: MicroserviceSpec[]; environments: string[] }>(join(root, 'examples/petstore/fleet.ts'));
  for (const environment of environments) process.stdout.write(renderPlatform(services, environment, join(root, 'examples/petstore/releases')).text());
}

void main();
