import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generateImports } from './generate';
import { generateTerraform } from './terraform';

const root = resolve(__dirname, '../..');
const target = join(root, 'src/imports');
mkdirSync(target, { recursive: true });
for (const [name, text] of generateImports(root)) writeFileSync(join(target, name), text);
for (const [path, text] of generateTerraform(root)) writeFileSync(join(root, 'src', path), text);
