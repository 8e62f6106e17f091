import { MartyError, type Problem } from '../../errors';
import { kindMeantBy } from '../../manifests/schema';
import { problemsOf } from '../../spec/problems';
import { matchedKindsOf, policySchema, type Policy, type PolicyInput, type PolicySpec } from '../../spec/policy';
import type { Compiled } from './cel/expression';
import type { Type } from './cel/types';
import type { CompiledPolicy } from './judge';
import { notJudged, unknownFieldsOf } from './unknown-fields';

/**
 * Defines a rule by expressions of CEL. The very same text is enforced when manifests are checked and rendered, and by clusters, as a
 * ValidatingAdmissionPolicy. What cannot be told from a manifest is refused here: requests, parameters, fields that the cluster writes, and
 * functions that are not evaluated outside of it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 * @throws POLICY_INVALID with everything that is wrong about it, each at its place in the text of an expression.
 */
export function definePolicy(input: PolicyInput): Policy {
  const subject = `policy ${typeof input?.id === 'string' ? input.id : '(without an id)'} cannot be defined:`;
  const wrong = problemsOf(policySchema, input);
  if (wrong.length) throw new MartyError('POLICY_INVALID', subject, { problems: wrong });
  const spec = policySchema.parse(input);
  const { policy, problems } = compiled(spec);
  if (problems.length) throw new MartyError('POLICY_INVALID', subject, { problems });
  return Object.freeze({ ...spec, judge: judge().judgeOf(policy) });
}

/** Only who defines policies loads what reads and judges them. */
/* eslint-disable @typescript-eslint/no-require-imports */
const language = () => require('./cel/expression') as typeof import('./cel/expression');
const judge = () => require('./judge') as typeof import('./judge');
/* eslint-enable @typescript-eslint/no-require-imports */

function compiled(spec: PolicySpec): { readonly policy: CompiledPolicy; readonly problems: readonly Problem[] } {
  const kinds = matchedKindsOf(spec);
  const unknown = unknownFieldsOf(kinds);
  const known = new Map<string, Type>();
  const problems: Problem[] = kinds.flatMap(({ group, version, kind }, index) => {
    const advice = notJudged[`${group}/${kind}`];
    const path = `match.kinds[${index}]`;
    if (advice !== undefined) return [{ path, message: `is ${kind}, of which manifests hold none; ${advice}` }];
    const apiVersion = group ? `${group}/${version}` : version;
    const expected = kindMeantBy(apiVersion, kind);
    return expected === undefined ? [] : [{ path, message: `is ${apiVersion}/${kind}, expected ${expected}` }];
  });
  const read = (path: string, source: string, wanted?: 'bool' | 'string'): Compiled => {
    const found = language().compile(source, { variables: known, unknown }, wanted);
    problems.push(...found.problems.map(({ path: at, message }) => ({ path: `${path} ${at}`, message })));
    return found;
  };
  const variables = new Map<string, Compiled>();
  spec.variables.forEach(({ name, expression }, index) => {
    if (known.has(name)) problems.push({ path: `variables[${index}].name`, message: `is ${name}, which another variable is called; rename one` });
    const found = read(`variables[${index}].expression`, expression);
    variables.set(name, found);
    known.set(name, found.type);
  });
  const secret = kinds.some(({ group, kind }) => group === '' && kind === 'Secret');
  const validations = spec.validations.map((validation, index) => {
    const path = `validations[${index}]`;
    const { expression, message, messageExpression } = validation;
    if (message === undefined && expression.includes('\n')) problems.push({ path: `${path}.message`, message: 'is missing, expected one where the expression has several lines' });
    if (secret && messageExpression !== undefined) problems.push({ path: `${path}.messageExpression`, message: 'could tell the value of a Secret; write a message' });
    return {
      message: message ?? `failed expression: ${expression}`,
      expression: read(`${path}.expression`, expression, 'bool'),
      ...(messageExpression === undefined ? {} : { messageExpression: read(`${path}.messageExpression`, messageExpression, 'string') }),
    };
  });
  return { policy: { spec, kinds, variables, validations, secret }, problems };
}
