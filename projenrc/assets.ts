import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { descriptionJsonSchema } from '../src/spec/description';

const load = createRequire(__filename);

/**
 * What the package ships besides compiled code: the generated strict schemas, the program of Kafka's nodes, the schemas of clouds, the JSON Schema
 * of descriptions, and a lazy main door.
 */
const lib = join(__dirname, '../lib');

mkdirSync(join(lib, 'imports'), { recursive: true });
const generated = join(__dirname, '../src/imports');
for (const file of readdirSync(generated).filter(name => name.endsWith('.json'))) copyFileSync(join(generated, file), join(lib, 'imports', file));

mkdirSync(join(lib, 'kafka/node'), { recursive: true });
copyFileSync(join(__dirname, '../src/kafka/node/marty-kafka.jar'), join(lib, 'kafka/node/marty-kafka.jar'));

// Every cloud's own schema: what a synthesized stack is judged by.
const clouds = join(__dirname, '../src/cloud');
for (const cloud of readdirSync(clouds).filter(name => existsSync(join(clouds, name, 'schema.json')))) {
  mkdirSync(join(lib, 'cloud', cloud), { recursive: true });
  copyFileSync(join(clouds, cloud, 'schema.json'), join(lib, 'cloud', cloud, 'schema.json'));
}

mkdirSync(join(lib, 'schemas'), { recursive: true });
writeFileSync(join(lib, 'schemas/description-v1.json'), `${JSON.stringify(descriptionJsonSchema(), null, 2)}\n`);

/**
 * Rewrites a compiled door so that a name loads what stands behind it when it is first used: who wants one block pays
 * for that block. The assignment that never runs is what Node's ESM loader finds the names by.
 */
function makeLazy(door: string): void {
  const file = join(lib, `${door}.js`);
  const modules = [...new Set([...readFileSync(file, 'utf8').matchAll(/require\("(\.[^"]+)"\)/g)].map(([, module]) => module))];
  const names = modules.flatMap(module => Object.keys(load(join(dirname(file), module)) as object).map(name => [name, module] as const));
  const published = new Set(Object.keys(load(file) as object));
  const kept = names.filter(([name]) => published.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    `0 && (module.exports = { ${kept.map(([name]) => name).join(', ')} });`,
    // Not spelled out per name: the loader's lexer takes a getter that it cannot read for unsafe, and hides the name.
    'const lazily = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });',
    ...kept.map(([name, module]) => `lazily("${name}", () => require("${module}").${name});`),
    '',
  ].join('\n'));
}

makeLazy('synth/index');
makeLazy('index');
