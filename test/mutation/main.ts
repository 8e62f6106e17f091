import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';
import { covering } from './documents';
import { mutantsOf, type Mutant } from './mutants';
import { verdictOf } from './verdict';
import { descriptionJsonSchema, descriptionOf } from '../../src/spec/description';
import { fullFleet } from '../support/arbitrary-fleet';
import { Schema } from '../support/json-schema';
import type { MicroserviceSpec } from '../../src/spec';

const root = join(__dirname, '../..');

/** The mutants of a file: JSON lines, or one list, of `{ "document": {…}, "path": "services[0].name" }`. */
function mutantsIn(file: string): Mutant[] {
  const text = readFileSync(file, 'utf8').trim();
  const entries = text.startsWith('[') ? JSON.parse(text) as unknown[] : text.split('\n').filter(line => line.trim()).map(line => JSON.parse(line) as unknown);
  return entries.map((entry, index) => {
    const { document, path } = entry as { document?: unknown; path?: unknown };
    if (document === undefined || typeof path !== 'string') throw new Error(`${file}: entry ${index + 1} has no document or no path`);
    return { document, path, what: `is entry ${index + 1} of ${file}` };
  });
}

/** Every mutant, at every place, of the petstore and of generated documents. */
async function derived(): Promise<Mutant[]> {
  const jiti = createJiti(__filename, { alias: { 'marty-msf/spec': join(root, 'src/spec/index.ts') } });
  const { services } = await jiti.import<{ services: MicroserviceSpec[] }>(join(root, 'examples/petstore/fleet.ts'));
  const schema = new Schema(descriptionJsonSchema());
  const petstore: unknown = JSON.parse(JSON.stringify(descriptionOf(services)));
  return [petstore, fullFleet(), ...covering(schema).map(({ document }) => document)].flatMap(document => mutantsOf(schema, document));
}

/** Holds mutants against the checks; the exit code says whether all were refused at their places. */
async function main(args: readonly string[]): Promise<number> {
  const { values: { file } } = parseArgs({ args: [...args], options: { file: { type: 'string' } } });
  const mutants = file === undefined ? await derived() : mutantsIn(file);
  let survived = 0;
  for (const mutant of mutants) {
    const verdict = verdictOf(mutant);
    if (verdict.verdict === 'refused') continue;
    survived++;
    process.stdout.write(`${mutant.path} ${mutant.what}: ${verdict.verdict === 'accepted' ? 'accepted' : `refused at ${verdict.paths.join(', ')}`}\n`);
  }
  process.stdout.write(`${mutants.length} mutants, ${mutants.length - survived} refused at their places, ${survived} not\n`);
  return survived || mutants.length === 0 ? 1 : 0;
}

void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
