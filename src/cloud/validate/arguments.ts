import { judgeBody, type Judging } from './block-body';
import { outputSchema, variableSchema } from './builtin';
import type { BlockSchema, ProviderKnowledge } from './knowledge';
import { judgeMeta, metaNames } from './meta-arguments';
import { isRecord } from './json-value';
import { prefixOf, type JudgedStack, type Place, type Report } from './place';
import type { Scope } from './resolution';
import { hasExpression } from './template';
import { closest } from '../../errors';

/** Judges every argument of a stack by the schemas of its types, as Terraform would. */
export function judgeArguments(judged: JudgedStack, locals: Scope['locals'], report: Report): void {
  for (const place of judged.places) {
    const judging: Judging = { judged, place, locals, report, bound: new Map() };
    switch (place.kind) {
      case 'resource': case 'data': case 'ephemeral': case 'provider': judgeBlock(place, place.kind, judging); break;
      case 'output': judgeSection(place, outputSchema, ['depends_on'], judging); break;
      case 'variable': judgeSection(place, variableSchema, [], judging); break;
      case 'terraform': judgeSettings(place, report); break;
      default: break;
    }
  }
  judgeProviders(judged, report);
}

type BlockKind = 'resource' | 'data' | 'ephemeral' | 'provider';

function judgeBlock(place: Place, kind: BlockKind, judging: Judging): void {
  const { judged, report } = judging;
  if (!isRecord(place.body)) return report('terraform', place, '', 'is no block, expected an object');
  const schema = judged.schemaOf(place);
  if (kind === 'provider') {
    if (schema) judgeBody(place.body, schema, '', judging, metaNames.provider);
    return;
  }
  const known = judged.providerOf(place.type);
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(place.name)) report('terraform', place, '', `is called ${JSON.stringify(place.name)}, expected a name of letters, digits, - and _ that starts with a letter`);
  if (schema) judgeBody(place.body, schema, '', judging, metaNames[kind]);
  else if (known) judgeUnknownType(place, kind, known, report);
  else judgeUnknownProvider(place, judging);
  judgeMeta(place.body, schema, judging);
}

const sections = {
  resource: { schemas: 'resource_schemas', what: 'a resource' },
  data: { schemas: 'data_source_schemas', what: 'a data source' },
  ephemeral: { schemas: 'ephemeral_resource_schemas', what: 'an ephemeral resource' },
} as const;

function judgeUnknownType(place: Place, kind: keyof typeof sections, { name, version, schema }: ProviderKnowledge, report: Report): void {
  const left = schema.other_types?.[kind];
  if (left?.includes(place.type)) return;
  const { schemas, what } = sections[kind];
  const types = [...Object.keys(schema[schemas] ?? {}), ...left ?? []];
  const meant = closest(place.type, types, 5);
  report('terraform', place, '', `is ${what} of type ${place.type}, which provider ${name} ${version} does not have; ${meant === undefined ? 'see its documentation for the types it has' : `did you mean ${meant}?`}`);
}

/** A type of a provider that nobody requires, and that is nearly called like one that is known, is misspelt. */
function judgeUnknownProvider(place: Place, { judged, report }: Judging): void {
  const prefix = prefixOf(place.type);
  if (judged.requires(prefix) || isRecord(place.body) && place.body.provider !== undefined) return;
  const types = judged.knowledge.flatMap(({ schema }) => Object.keys(place.kind === 'data' ? schema.data_source_schemas : schema.resource_schemas));
  const meant = closest(place.type, types, 4) ?? closest(prefix, judged.knowledge.map(({ name }) => name), 2);
  if (meant !== undefined) report('terraform', place, '', `is of type ${place.type}, but the stack requires no provider ${prefix}; did you mean ${meant}?`);
}

function judgeSection(place: Place, schema: BlockSchema, also: readonly string[], judging: Judging): void {
  const { body } = place;
  if (!isRecord(body)) return judging.report('terraform', place, '', 'is no block, expected an object');
  judgeBody(body, schema, '', judging, also);
  // In blocks null means absent; what Terraform reads itself has to be something.
  for (const name of ['description', 'sensitive', 'ephemeral', 'nullable'].filter(key => body[key] === null)) judging.report('terraform', place, name, 'is null; leave it out');
}

/** Backends and versions are read before any expression. */
function judgeSettings(place: Place, report: Report): void {
  const visit = (value: unknown, at: string): void => {
    if (isRecord(value)) for (const [key, inner] of Object.entries(value)) visit(inner, at ? `${at}.${key}` : key);
    else if (Array.isArray(value)) value.forEach((inner, index) => visit(inner, `${at}[${index}]`));
    else if (hasExpression(value)) report('terraform', place, at, `is ${JSON.stringify(value)}, expected a value that is known at synth: Terraform reads its settings before any expression`);
  };
  visit(place.body, '');
}

function judgeProviders({ places }: JudgedStack, report: Report): void {
  const seen = new Set<string>();
  for (const place of places.filter(({ kind }) => kind === 'provider')) {
    if (seen.has(place.address)) report('terraform', place, 'alias', `is ${place.name ? `${place.name} a second time` : 'missing in a second provider'}, expected each once; give it an alias of its own`);
    seen.add(place.address);
  }
}
