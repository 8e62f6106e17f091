import type { IConstruct, IValidation } from 'constructs';
import { Annotations, App, Aspects, TerraformStack } from './engine';
import { judge, readStack, type Finding, type Judgement, type ProviderKnowledge, type SynthesizedStack, type TerraformJson, type Waiver } from './validate';
import { MartyError, didYouMean, type Problem } from '../errors';

const waivers = 'marty-msf/waiver';
const mark = Symbol.for('marty-msf.checked-stack');

/** What is known of a checked stack: of which providers, and what was written for it when it was checked. */
interface Checked { readonly knowledge: readonly ProviderKnowledge[]; judged: boolean; json: TerraformJson | undefined }
type Marked = TerraformStack & { [mark]?: Checked };

/**
 * Lets a construct, and what it is made of, break a policy.
 *
 * @param rule the id of the policy, `CKV_AWS_37`, or that of another scanner for it.
 * @param reason why it may be broken, at least 10 characters.
 * @throws PROPS_INVALID when there is no reason.
 */
export function waivePolicy(construct: IConstruct, rule: string, reason: string): void {
  const { length } = String(reason as unknown ?? '').trim();
  if (length < 10) throw new MartyError('PROPS_INVALID', `${construct.node.path}: the waiver of ${rule} has a reason of ${length} characters, expected at least 10`);
  construct.node.addMetadata(waivers, { rule, reason });
}

/** Has a stack checked whenever it is synthesized, before anything of any stack is written. */
export function checkWhenSynthesized(stack: TerraformStack, knowledge: readonly ProviderKnowledge[]): void {
  const marked = stack as Marked;
  if (marked[mark]) return;
  Object.defineProperty(marked, mark, { value: { knowledge, judged: false, json: undefined } satisfies Checked });
  const validation: IValidation = { validate: () => (check(stack), []) };
  stack.node.addValidation(validation);
}

/** What was written for a stack when it was checked, once: nothing changes between the check and the writing. */
export function takeChecked(stack: TerraformStack): TerraformJson | undefined {
  const checked = (stack as Marked)[mark];
  const json = checked?.json;
  if (checked) Object.assign(checked, { json: undefined, judged: false });
  return json;
}

/** Checks a stack, and with it every other one of its app, unless aspects have yet to change them. */
function check(stack: Marked): void {
  if (stack[mark]?.judged) return;
  const app = stack.node.root;
  const all = App.isApp(app) ? app.node.findAll() : [];
  const changing = all.some(construct => Aspects.of(construct).all.length > 0);
  const checked = all.filter((each): each is Marked => TerraformStack.isStack(each) && (each as Marked)[mark] !== undefined);
  const stacks = changing || checked.length === 0 ? [stack] : checked;
  const judged = stacks.map(judgedOf);
  const findings = [...judged.flatMap(each => each.findings), ...acrossOf(judged)];
  const problems = [...findings.map(problemOf), ...judged.flatMap(({ strange }) => strange)];
  if (problems.length === 0) return;
  stacks.forEach(each => takeChecked(each));
  const [which, how] = stacks.length === 1 ? [`the stack ${stack.node.id}`, 'it is'] : ['the stacks', 'they are'];
  throw new MartyError('INFRASTRUCTURE_INVALID', `${which} cannot be deployed as ${how}:`, { problems });
}

/** A stack as it was read, what is known of its providers, what is wrong with it, and with its waivers. */
interface Judged {
  readonly stack: SynthesizedStack;
  readonly knowledge: readonly ProviderKnowledge[];
  readonly findings: readonly Finding[];
  readonly strange: readonly Problem[];
}

function judgedOf(marked: Marked): Judged {
  const json = marked.toTerraform() as TerraformJson;
  const stack = readStack(marked.node.id, json);
  const { knowledge = [] } = marked[mark] ?? {};
  const waived = waiversOf(marked);
  const judgement = judge(stack, knowledge, { waivers: waived });
  Object.assign(marked[mark] ?? {}, { judged: true, json });
  tell(marked, judgement);
  return { stack, knowledge, findings: judgement.findings, strange: strangeOf(waived, knowledge) };
}

/** Waivers of policies that there are not: whoever wrote one believes that something is agreed to. */
function strangeOf(waived: readonly Waiver[], knowledge: readonly ProviderKnowledge[]): Problem[] {
  const known = knowledge.flatMap(({ policies }) => policies.flatMap(({ id, also }) => [id, ...also]));
  return waived.filter(({ rule }) => !known.includes(rule)).map(({ rule, path }) => ({
    path, message: `waives ${rule}, which is no policy that is known here${didYouMean(rule, known)}; correct it, or remove it`,
  }));
}

function acrossOf(judged: readonly Judged[]): Finding[] {
  return [...new Set(judged.flatMap(({ knowledge }) => knowledge))]
    .flatMap(known => known.across?.(judged.filter(({ knowledge }) => knowledge.includes(known)).map(({ stack }) => stack)) ?? []);
}

const problemOf = ({ path, at, rule, message, address }: Finding): Problem => ({
  path: at ? `${path} ${at}` : path,
  message: `${message}${rule === 'terraform' || rule === 'provider' ? '' : ` (${rule})`}${path === address ? '' : ` [${address}]`}`,
});

function waiversOf(stack: TerraformStack): Waiver[] {
  return stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === waivers)
    .map(({ data }) => ({ ...(data as { rule: string; reason: string }), path: node.path })));
}

/** What is no mistake, and yet is to be known. */
function tell(stack: TerraformStack, { waived, unused, unjudged }: Judgement): void {
  const notes = Annotations.of(stack);
  for (const { rule, path, reason } of waived) notes.addInfo(`${path}: ${rule} is waived: ${reason ?? ''}`);
  for (const { rule, path } of unused) notes.addWarning(`${path}: the waiver of ${rule} is needed by nothing; remove it`);
  const types = Object.entries(unjudged).map(([type, count]) => `${type} (${count})`);
  if (types.length) notes.addInfo(`not checked, since nothing is known of them here: ${types.join(', ')}`);
}
