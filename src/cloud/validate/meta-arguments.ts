import { judgeBody, scopeAt, type Judging } from './block-body';
import { connectionSchema, dataLifecycle, provisioners, resourceLifecycle } from './builtin';
import { typeOfJson } from './inference';
import type { BlockSchema } from './knowledge';
import { isRecord } from './json-value';
import { own } from './place';
import { pathProblem } from './resolution';
import type { Arguments } from './stack';
import { hasExpression, parseBare } from './template';
import { toldType } from './value-type';
import { didYouMean } from '../../errors';

/** What Terraform itself takes in a block, beside what its type has. */
export const metaNames = {
  resource: ['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'connection', 'provisioner'],
  data: ['count', 'for_each', 'depends_on', 'provider', 'lifecycle'],
  ephemeral: ['count', 'for_each', 'depends_on', 'provider', 'lifecycle'],
  provider: ['alias', 'version'],
} as const;

/** Judges what Terraform itself takes in a resource or data source; the schema is that of its type, where it is known. */
export function judgeMeta(body: Arguments, schema: BlockSchema | undefined, judging: Judging): void {
  const { place, report } = judging;
  judgeRepetition(body, judging);
  judgeProvider(body.provider, judging);
  for (const lifecycle of body.lifecycle === undefined || body.lifecycle === null ? [] : [body.lifecycle].flat()) {
    if (isRecord(lifecycle)) judgeLifecycle(lifecycle, schema, judging);
    else report('terraform', place, 'lifecycle', 'is no block, expected an object');
  }
  if (place.kind === 'resource') {
    for (const connection of [body.connection].flat().filter(isRecord)) judgeBody(connection, connectionSchema, 'connection', judging);
    judgeProvisioners(body.provisioner, judging);
  }
}

function judgeRepetition({ count, for_each: forEach }: Arguments, judging: Judging): void {
  const { place, report } = judging;
  if (count !== undefined && forEach !== undefined) report('terraform', place, 'for_each', 'stands beside count, expected one of them; remove one');
  if (count !== undefined) {
    const type = typeOfJson(count, scopeAt(judging, 'count'));
    const known = typeof count === 'string' && !hasExpression(count) ? Number(count) : count;
    const wrong = typeof known === 'number' ? !(Number.isInteger(known) && known >= 0) : !['number', 'string', 'dynamic'].includes(type.kind);
    if (wrong) report('terraform', place, 'count', `is ${JSON.stringify(count)}, expected a whole number from 0`);
  }
  if (forEach !== undefined) {
    const type = typeOfJson(forEach, scopeAt(judging, 'for_each'));
    const wrong = !['map', 'object', 'set', 'dynamic'].includes(type.kind);
    if (wrong) report('terraform', place, 'for_each', `is ${toldType(type)}, expected a map or a set of text; write toset(…) around a list`);
  }
}

function judgeProvider(provider: unknown, { judged, place, report }: Judging): void {
  if (provider === undefined || provider === null) return;
  const known = judged.places.filter(({ kind }) => kind === 'provider').map(({ address }) => address.slice('provider.'.length));
  const name = typeof provider === 'string' ? provider.replace(/^\$\{(.*)\}$/, '$1') : '';
  // A provider without a block of its own is there all the same, with its defaults.
  if (known.includes(name) || (/^[\w-]+$/.test(name) && !name.includes('.'))) return;
  report('terraform', place, 'provider', `is ${JSON.stringify(provider)}, expected a provider of the stack: ${known.join(', ')}${didYouMean(name, known)}`);
}

function judgeLifecycle(lifecycle: Arguments, schema: BlockSchema | undefined, judging: Judging): void {
  const { place, report } = judging;
  const at = 'lifecycle';
  judgeBody(lifecycle, place.kind === 'resource' ? resourceLifecycle : dataLifecycle, at, judging);
  for (const name of ['create_before_destroy', 'prevent_destroy']) {
    if (hasExpression(lifecycle[name])) report('terraform', place, `${at}.${name}`, `is ${JSON.stringify(lifecycle[name])}, expected true or false: Terraform reads it before any expression`);
  }
  const ignored = lifecycle.ignore_changes;
  if (ignored === undefined || ignored === null || ignored === 'all' || ignored === '${all}') return;
  if (!Array.isArray(ignored)) return report('terraform', place, `${at}.ignore_changes`, `is ${JSON.stringify(ignored)}, expected a list of arguments or "all"`);
  ignored.forEach((path: unknown, index) => {
    const problem = ignoredProblem(path, schema);
    if (problem !== undefined) report('terraform', place, `${at}.ignore_changes[${index}]`, `is ${JSON.stringify(path)}, but ${place.type} ${problem}`);
  });
}

function ignoredProblem(path: unknown, schema: BlockSchema | undefined): string | undefined {
  const { expression } = typeof path === 'string' ? parseBare(path) : {};
  if (expression?.kind !== 'reference') return 'has no such argument; expected a path such as tags["Name"]';
  return schema && pathProblem(schema, expression.root, expression.steps);
}

function judgeProvisioners(given: unknown, judging: Judging): void {
  const { place, report } = judging;
  if (given === undefined) return;
  const all = [given].flat().flatMap((entry, index) => Object.entries(isRecord(entry) ? entry : {})
    .flatMap(([type, bodies]) => [bodies].flat().map((body: unknown) => ({ type, body, at: `provisioner[${index}].${type}` }))));
  for (const { type, body, at } of all) {
    const schema = own(provisioners, type);
    if (!schema) report('terraform', place, at, `is no provisioner, expected ${Object.keys(provisioners).join(', ')}${didYouMean(type, Object.keys(provisioners))}`);
    else if (isRecord(body)) judgeBody(body, schema, at, judging);
  }
}
