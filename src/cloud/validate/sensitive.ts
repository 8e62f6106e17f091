import { partsOf, type Expression } from './expression';
import { typeOfJson } from './inference';
import type { AttributeSchema, BlockSchema } from './knowledge';
import { isRecord } from './json-value';
import { own, type JudgedStack, type Place, type Report } from './place';
import type { Scope } from './resolution';
import { parseTemplate, readJson } from './template';
import { blockType, hasSecret } from './value-type';

/** The rule of secrets that stand in what is synthesized. */
export const secretInClear = 'MARTY_SECRET_IN_CLEAR';

/** Judges that no secret stands in the clear, and that no output shows one. */
export function judgeSecrets(judged: JudgedStack, locals: Scope['locals'], report: Report): void {
  for (const place of judged.places) {
    if (!isRecord(place.body)) continue;
    const schema = judged.schemaOf(place);
    const secret = schema && place.kind === 'provider' ? withCredentials(schema) : schema;
    if (secret && hasSecret(blockType(secret))) judgeBody(place.body, secret, '', place, report);
    if (place.kind === 'variable') judgeVariable(place.body, place, report);
    if (place.kind === 'output') judgeOutput(place.body, { judged, place, at: 'value', locals, bound: new Map(), problem: () => undefined }, report);
  }
}

/** Arguments of providers that are secrets although no schema says so. */
const credentials = new Set(['secret_key', 'token', 'password', 'client_secret', 'client_certificate_password', 'private_key', 'access_token', 'web_identity_token', 'credentials']);

const schemas = new WeakMap<BlockSchema, BlockSchema>();

function withCredentials(schema: BlockSchema): BlockSchema {
  const before = schemas.get(schema);
  if (before) return before;
  const attributes = Object.entries(schema.attributes ?? {})
    .map(([name, attribute]) => [name, credentials.has(name) ? { ...attribute, sensitive: true } : attribute]);
  const blocks = Object.entries(schema.block_types ?? {}).map(([name, nested]) => [name, { ...nested, block: withCredentials(nested.block ?? {}) }]);
  const result: BlockSchema = { attributes: Object.fromEntries(attributes), block_types: Object.fromEntries(blocks) };
  schemas.set(schema, result);
  return result;
}

function judgeBody(body: Readonly<Record<string, unknown>>, schema: BlockSchema, at: string, place: Place, report: Report): void {
  for (const [name, value] of Object.entries(body)) {
    const path = at ? `${at}.${name}` : name;
    const attribute = own(schema.attributes, name);
    if (attribute) judgeAttribute(value, attribute, path, place, report);
    const nested = own(schema.block_types, name)?.block;
    if (!nested) continue;
    if (isRecord(value)) judgeBody(value, nested, path, place, report);
    else if (Array.isArray(value)) value.forEach((member, index) => isRecord(member) && judgeBody(member, nested, `${path}[${index}]`, place, report));
  }
}

function judgeAttribute(value: unknown, schema: AttributeSchema, at: string, place: Place, report: Report): void {
  if (schema.sensitive || schema.write_only) {
    for (const path of clearIn(value, at)) {
      const where = schema.write_only ? 'the synthesized file, and with it whoever reads that' : 'the synthesized file and in the state';
      // The value itself is not told: it would be in the clear here, too.
      report(secretInClear, place, path, `is a secret written out, which ends up in ${where}; let the provider make it, read it from a secret store, or take it from a variable that is sensitive`);
    }
  }
  if (schema.nested_type && isRecord(value)) judgeBody(value, { attributes: schema.nested_type.attributes }, at, place, report);
}

/** Where in a value text is written out. */
function clearIn(value: unknown, at: string): string[] {
  if (typeof value === 'string') return isClear(value) ? [at] : [];
  if (typeof value === 'number') return [at];
  if (Array.isArray(value)) return value.flatMap((member, index) => clearIn(member, `${at}[${index}]`));
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => clearIn(inner, `${at}.${key}`)) : [];
}

const secretName = /pass(word|wd|phrase)?$|secret|token|credential|private[_-]?key|api[_-]?key/i;

function isClear(text: string): boolean {
  const template = parseTemplate(text);
  if (template.problem !== undefined || text === '') return false;
  if (template.literal !== undefined) return true;
  if (template.whole) return isConstant(template.whole) || hasClearMember(template.whole);
  const { json } = readJson(text);
  return template.parts.every(part => typeof part === 'string' || isConstant(part)) || hasClearEntry(json);
}

/** Whether everything in an expression is written out. */
function isConstant(expression: Expression): boolean {
  if (expression.kind === 'reference') return false;
  // What these give does not stand in the text.
  if (expression.kind === 'call' && /^(uuid|timestamp|plantimestamp|file.*|templatefile)$/.test(expression.name)) return false;
  if (expression.kind === 'literal') return expression.value !== null;
  return partsOf(expression).every(({ part }) => isConstant(part));
}

/** Whether an object in an expression has a password that is written out. */
function hasClearMember(expression: Expression): boolean {
  const clear = expression.kind === 'object' && expression.entries.some(([key, value]) => key.kind === 'literal' && secretName.test(String(key.value))
    && value.kind === 'literal' && typeof value.value === 'string' && value.value !== '');
  return clear || partsOf(expression).some(({ part }) => hasClearMember(part));
}

function hasClearEntry(json: unknown): boolean {
  if (Array.isArray(json)) return json.some(hasClearEntry);
  return isRecord(json) && Object.entries(json).some(([key, value]) => (typeof value === 'string' ? secretName.test(key) && value !== '' && !value.includes('${') : hasClearEntry(value)));
}

function judgeVariable(body: Readonly<Record<string, unknown>>, place: Place, report: Report): void {
  if (body.sensitive !== true && body.sensitive !== 'true') return;
  for (const path of clearIn(body.default, 'default')) report(secretInClear, place, path, 'is a secret written out as the default of a sensitive variable; leave the default out and give the value with TF_VAR_… when it is applied');
}

function judgeOutput(body: Readonly<Record<string, unknown>>, scope: Scope, report: Report): void {
  if (body.sensitive !== undefined && body.sensitive !== false && body.sensitive !== 'false') return;
  if (hasSecret(typeOfJson(body.value, scope))) report('terraform', scope.place, 'value', 'shows a sensitive value, which Terraform refuses; set sensitive to true, or put out what others need to find it, such as its ARN');
}
