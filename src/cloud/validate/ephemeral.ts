import { partsOf, type Expression } from './expression';
import { textsOf } from './graph';
import { isRecord } from './json-value';
import type { AttributeSchema, BlockSchema } from './knowledge';
import { own, type JudgedStack, type Report } from './place';
import { referenceOf, type Reference } from './references';
import type { Template } from './template';

/**
 * Judges that what Terraform forgets goes nowhere where it would be kept: arguments that are not write-only, and outputs.
 *
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/ephemeral
 */
export function judgeEphemeral(judged: JudgedStack, report: Report): void {
  const forgotten = forgottenIn(judged);
  if (forgotten.size === 0) return;
  for (const place of judged.places) {
    if (!['resource', 'data', 'output'].includes(place.kind)) continue;
    if (place.kind === 'output' && isRecord(place.body) && place.body.ephemeral === true) report('terraform', place, 'ephemeral', 'is true, but a stack puts out what lasts; put out what others need to find it, such as its ARN');
    for (const { at, template } of textsOf(place)) {
      const used = usedIn(template).find(({ address }) => forgotten.has(address));
      if (used && !mayForget(at, judged.schemaOf(place))) {
        report('terraform', place, at, `uses ${used.text}, which is ephemeral and would be kept here; ${place.kind === 'output' ? 'put out what others need to find it, such as its ARN' : `only write-only arguments take it${meant(at, judged.schemaOf(place))}`}`);
      }
    }
  }
}

/** The addresses of what Terraform forgets: blocks that are ephemeral, variables that say so, and locals that use either. */
function forgottenIn({ places }: JudgedStack): ReadonlySet<string> {
  const forgotten = new Set(places.filter(({ kind, body }) => kind === 'ephemeral' || (kind === 'variable' && isRecord(body) && body.ephemeral === true)).map(({ address }) => address));
  if (forgotten.size === 0) return forgotten;
  const locals = places.filter(({ kind }) => kind === 'local');
  for (let before = -1; before !== forgotten.size;) {
    before = forgotten.size;
    for (const local of locals) {
      if (textsOf(local).some(({ template }) => usedIn(template).some(({ address }) => forgotten.has(address)))) forgotten.add(local.address);
    }
  }
  return forgotten;
}

const usedIn = ({ parts }: Template): Reference[] => parts.flatMap(part => (typeof part === 'string' ? [] : usedBy(part)));

/** What a value is made of, but for what `ephemeralasnull` takes away. */
function usedBy(expression: Expression): Reference[] {
  if (expression.kind === 'call' && expression.name === 'ephemeralasnull') return [];
  const itself = expression.kind === 'reference' ? [referenceOf(expression.root, expression.steps)] : [];
  return [...itself, ...partsOf(expression).flatMap(({ part }) => usedBy(part))];
}

/** Whether an argument is one that nothing keeps; what the schema does not tell is left to Terraform. */
function mayForget(at: string, schema: BlockSchema | undefined): boolean {
  const [first] = at.split(/[.[]/, 1);
  if (['provisioner', 'connection', 'lifecycle'].includes(first)) return true;
  if (!schema || ['count', 'for_each'].includes(first)) return false;
  return attributeAt(at, schema)?.write_only === true;
}

/** The attribute of a path such as `login[0].password`. */
function attributeAt(at: string, schema: BlockSchema): AttributeSchema | undefined {
  let level: BlockSchema | undefined = schema;
  for (const name of at.replace(/\[[^\]]*\]/g, '').split('.').filter(word => word !== 'dynamic' && word !== 'content')) {
    const attribute: AttributeSchema | undefined = own(level?.attributes, name);
    if (attribute && !attribute.nested_type) return attribute;
    level = attribute?.nested_type ?? own(level?.block_types, name)?.block;
  }
  return undefined;
}

/** The write-only argument that stands beside one that is kept. */
function meant(at: string, schema: BlockSchema | undefined): string {
  return own(schema?.attributes, `${at}_wo`)?.write_only ? `; write ${at}_wo` : '';
}
