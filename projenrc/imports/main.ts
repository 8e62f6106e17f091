import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generateImports } from './generate';

const root = resolve(__dirname, '../..');
const target = join(root, 'src/imports');
mkdirSync(target, { recursive: true });
for (const [name, text] of generateImports(root)) writeFileSync(join(target, name), text);
