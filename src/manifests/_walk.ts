import { formats } from './_formats';
import { expectedOfList } from './_lists';
import { pathOf, report, reportScalar, reportUnknownField, reportVersion, show, under, type Walk } from './_report';
import { allowedOf, expectedOfScalar } from './_scalars';
import type { SchemaNode } from './_schema-node';
import type { Problem } from './problem';

type Fields = Readonly<Record<string, unknown>>;

/** Adds what is wrong with a value, and with everything below it, to the walk's problems. */
export function walk(run: Walk, node: SchemaNode, value: unknown): void {
  const target = node.$ref === undefined ? node : run.definitions[node.$ref];
  if (target.type === 'any' || (value === null && target.nullable)) return;
  if (target.type === 'object') {
    if (isRecord(value)) walkObject(run, target, value, node.$ref);
    else report(run, 'type', show(run, value), 'an object', value === null ? 'leave the field out' : undefined);
  } else if (target.type === 'array') {
    if (Array.isArray(value)) walkList(run, target, value);
    else report(run, 'type', show(run, value), 'a list', value === null ? 'leave the field out' : undefined);
  } else if (target.type === undefined) {
    walkBranch(run, target, value);
  } else {
    const expected = expectedOfScalar(target, value, run.version);
    if (expected !== undefined) reportScalar(run, target, value, expected);
  }
  if (target.oneOf ?? target.anyOf ?? target.allOf ?? target.not) walkJunctors(run, target, withDefaults(target, value));
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function walkObject(run: Walk, node: SchemaNode, value: Fields, definition: string | undefined): void {
  if (node.properties !== undefined) walkFields(run, node, node.properties, value, definition);
  else if (node.additionalProperties !== undefined) walkMap(run, node, node.additionalProperties, value);
  if (node.minProperties === undefined && node.maxProperties === undefined) return;
  const count = Object.values(value).filter(child => child !== undefined).length;
  if (node.minProperties !== undefined && count < node.minProperties) report(run, 'missing', `${count} fields`, `at least ${node.minProperties}`);
  if (node.maxProperties !== undefined && count > node.maxProperties) report(run, 'value', `${count} fields`, `at most ${node.maxProperties}`);
}

function walkFields(run: Walk, node: SchemaNode, properties: NonNullable<SchemaNode['properties']>, value: Fields, definition: string | undefined): void {
  for (const field in value) {
    const child = value[field];
    if (child === undefined) continue;
    if (!Object.hasOwn(properties, field)) {
      if (!run.branch && !node.preserve) reportUnknownField(run, field, properties, definition);
      continue;
    }
    const schema = properties[field];
    run.trail.push(field);
    if (schema.since !== undefined && run.version < schema.since) reportVersion(run, '', { since: schema.since });
    else if (schema.until !== undefined && run.version > schema.until) reportVersion(run, '', { until: schema.until });
    walk(run, schema, child);
    run.trail.pop();
  }
  if (node.required !== undefined) {
    for (const field of node.required) {
      // The server writes defaults before it looks for what is missing.
      if (value[field] === undefined && properties[field]?.default === undefined) reportMissing(run, field, properties[field]);
    }
  }
  if (node.requiredUntil !== undefined) {
    for (const field in node.requiredUntil) {
      if (value[field] === undefined && run.version <= node.requiredUntil[field]) reportMissing(run, field, properties[field]);
    }
  }
  if (node.exactlyOne !== undefined) walkChoice(run, node.exactlyOne, value);
}

function walkChoice(run: Walk, choices: readonly string[], value: Fields): void {
  const chosen = choices.filter(field => value[field] !== undefined);
  if (chosen.length === 1) return;
  const names = choices.length > 6 ? 'its alternatives' : choices.join(', ');
  if (chosen.length === 0) report(run, 'missing', 'without a choice', `exactly one of ${names}`);
  else report(run, 'value', `given ${chosen.join(' and ')}`, `exactly one of ${names}`);
}

function walkMap(run: Walk, node: SchemaNode, values: SchemaNode, value: Fields): void {
  const keys = node.keys === undefined ? undefined : formats[node.keys];
  let bytes = 0;
  for (const key in value) {
    const child = value[key];
    if (child === undefined) continue;
    run.trail.push(key);
    if (keys !== undefined && !keys.test(key)) report(run, 'value', 'no valid key', keys.expected);
    walk(run, values, child);
    run.trail.pop();
    if (node.maxBytes !== undefined && typeof child === 'string') bytes += Buffer.byteLength(key) + sizeOf(values, child);
  }
  if (node.maxBytes !== undefined && bytes > node.maxBytes) report(run, 'value', `${bytes} bytes long`, `at most ${node.maxBytes} bytes`);
}

/** What a value weighs on the server, which stores base64 decoded. */
function sizeOf(values: SchemaNode, value: string): number {
  return values.format === 'byte' ? Math.floor(value.length * 3 / 4) : Buffer.byteLength(value);
}

function walkList(run: Walk, node: SchemaNode, value: readonly unknown[]): void {
  const { items } = node;
  if (items === undefined) return;
  for (let index = 0; index < value.length; index++) {
    run.trail.push(index);
    walk(run, items, value[index]);
    run.trail.pop();
  }
  for (const { index, got, expected } of expectedOfList(node, items.$ref === undefined ? items : run.definitions[items.$ref], value)) {
    if (index === undefined) report(run, 'value', got, expected);
    else under(run, index, () => report(run, 'duplicate', got, expected));
  }
}

/** A branch names no type: it says something about objects, strings, or whether something is on. */
function walkBranch(run: Walk, node: SchemaNode, value: unknown): void {
  if (isRecord(value)) return walkFields(run, node, node.properties ?? {}, value, undefined);
  if (typeof value === 'boolean' && node.enum?.includes(value) === false) return reportScalar(run, node, value, node.enum.join(' or '));
  const expected = typeof value === 'string' ? expectedOfScalar({ ...node, type: 'string' }, value, run.version) : undefined;
  if (expected !== undefined) reportScalar(run, node, value, expected);
}

/** What the server compares branches with: the object after defaulting. */
function withDefaults({ properties }: SchemaNode, value: unknown): unknown {
  if (properties === undefined || !isRecord(value)) return value;
  const defaults = Object.entries(properties).filter(([field, node]) => node.default !== undefined && value[field] === undefined);
  return { ...value, ...Object.fromEntries(defaults.map(([field, node]) => [field, node.default])) };
}

function walkJunctors(run: Walk, node: SchemaNode, value: unknown): void {
  const problemsOf = (branch: SchemaNode): Problem[] => {
    const problems: Problem[] = [];
    walk({ ...run, branch: true, problems }, branch, value);
    return problems;
  };
  for (const branch of node.allOf ?? []) {
    const known = new Set(run.problems.map(({ path }) => path));
    run.problems.push(...problemsOf(branch).filter(({ path }) => !known.has(path)));
  }
  for (const branches of [node.anyOf, node.oneOf]) {
    const tried = branches?.map(problemsOf) ?? [];
    const matching = tried.filter(problems => problems.length === 0).length;
    if (tried.length > 0 && matching === 0) {
      const isMissing = tried.some(([first]) => first.reason === 'missing');
      report(run, isMissing ? 'missing' : 'value', show(run, value), alternatives(run, tried));
    }
    if (matching > 1 && branches === node.oneOf) report(run, 'value', show(run, value), `only one of the ${matching} alternatives it matches`);
  }
  if (node.not !== undefined && problemsOf(node.not).length === 0) {
    const refused = allowedOf(node.not, run.version).map(each => JSON.stringify(each)).join(', ');
    report(run, 'value', show(run, value), refused === '' ? 'something else' : `anything but ${refused}`);
  }
}

/** What each alternative asks for first: the field it misses, or the value it expects, and of which field. */
function alternatives({ trail }: Walk, tried: readonly (readonly Problem[])[]): string {
  const here = pathOf(trail);
  return tried.map(([{ reason, path, expected }]) => {
    const field = path.slice(here.length).replace(/^\./, '');
    return reason === 'missing' ? `${path.slice(path.lastIndexOf('.') + 1)} in it` : field ? `${field} ${expected}` : expected;
  }).join(', or ');
}

function reportMissing(run: Walk, field: string, node: SchemaNode | undefined): void {
  const target = node?.$ref === undefined ? node : run.definitions[node.$ref];
  const container = target?.type === 'array' ? 'a list' : 'an object';
  const expected = target === undefined ? 'a value' : expectedOfScalar(target, undefined, run.version) ?? container;
  under(run, field, () => report(run, 'missing', 'missing', expected));
}
