import { admittedOf } from '../../manifests/admitted';
import type { MatchedKind, PolicySpec, Refusal } from '../../spec/policy';
import { groupOf } from '../manifest';
import { fieldAt, fieldsOf, textAt, type Fields } from '../value';
import type { Scope } from './cel/evaluate';
import type { Compiled } from './cel/expression';
import { EvaluationError } from './cel/problem';
import { valueOf, type Value } from './cel/values';

/** A policy whose expressions were found right. */
export interface CompiledPolicy {
  readonly spec: PolicySpec;
  readonly kinds: readonly MatchedKind[];
  readonly variables: ReadonlyMap<string, Compiled>;
  readonly validations: readonly { readonly message: string; readonly expression: Compiled; readonly messageExpression?: Compiled }[];
  /** Whether it is about Secrets, of which nothing is told but the messages that are written out. */
  readonly secret: boolean;
}

/** What a policy says of an object when a manifest of it is applied. */
export function judgeOf(policy: CompiledPolicy): (object: Fields) => readonly Refusal[] | undefined {
  return object => {
    const aspect = aspectOf(policy, object);
    if (aspect === 'other') return undefined;
    const versions = policy.kinds.filter(({ kind }) => kind === object.kind).map(({ group, version }) => (group ? `${group}/${version}` : version));
    if (aspect === 'other version') return [{ validation: 0, message: `apiVersion is ${String(object.apiVersion)}, expected ${versions.join(' or ')}, in which the policy reads it` }];
    const plain = plainOf(object);
    if (plain === undefined) return [{ validation: 0, message: 'it cannot be judged, since it contains itself or is nested too deep' }];
    const scope = scopeOf(policy, plain);
    return policy.validations.flatMap(({ expression, message, messageExpression }, validation) => {
      const answer = attempt(() => expression.evaluate(scope));
      if (answer === true) return [];
      const told = messageExpression === undefined ? undefined : attempt(() => messageExpression.evaluate(scope));
      const text = typeof told === 'string' && told.trim() !== '' && !told.includes('\n') ? told.trim() : message;
      const why = answer instanceof EvaluationError ? `${text} (it has no answer${policy.secret ? '' : `: ${answer.message}`})` : text;
      return [{ validation, message: why }];
    });
  };
}

/** Whether a policy is about an object, as the cluster decides it; waivers are left to who asks. */
function aspectOf({ spec, kinds }: CompiledPolicy, object: Fields): 'judged' | 'other' | 'other version' {
  const apiVersion = textAt(object, 'apiVersion');
  const named = kinds.filter(({ group, kind }) => group === groupOf(apiVersion) && kind === object.kind);
  if (named.length === 0) return 'other';
  const labels = fieldsOf(fieldAt(object, 'metadata.labels'));
  if (Object.entries(spec.match.labels ?? {}).some(([key, value]) => labels[key] !== value)) return 'other';
  const isNamespace = apiVersion === 'v1' && object.kind === 'Namespace';
  if (spec.exempt.namespaces.includes(textAt(object, isNamespace ? 'metadata.name' : 'metadata.namespace'))) return 'other';
  if (spec.exempt.names.includes(textAt(object, 'metadata.name'))) return 'other';
  return named.some(({ version }) => version === apiVersion.slice(apiVersion.indexOf('/') + 1)) ? 'judged' : 'other version';
}

/** The object as JSON would carry it; undefined where it cannot be carried. */
function plainOf(object: Fields): Fields | undefined {
  try {
    return JSON.parse(JSON.stringify(object)) as Fields;
  } catch {
    return undefined;
  }
}

/** Variables are evaluated when they are asked for, once. */
function scopeOf({ variables }: CompiledPolicy, object: Fields): Scope {
  const known = new Map<string, Value | EvaluationError>();
  const scope: Scope = {
    object: valueOf(admittedOf(object)),
    locals: new Map(),
    variable: name => {
      const found = known.get(name) ?? attempt(() => variables.get(name)?.evaluate(scope) ?? null);
      known.set(name, found);
      if (found instanceof EvaluationError) throw found;
      return found;
    },
  };
  return scope;
}

function attempt(evaluate: () => Value): Value | EvaluationError {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}
