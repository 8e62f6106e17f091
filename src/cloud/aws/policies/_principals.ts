import type { Block } from '../../validate/stack';
import type { Condition, Statement } from './_document';
import { allowed, nameOf, statementsOf } from './_document';
import type { Problem } from './_place';

/** Which conditions make a statement for everybody one for somebody. */
export type Narrowing = 'any condition' | 'a condition on the caller';

/** Statements of a resource's policy that let everybody in. */
export function openStatements(block: Block, at: string, narrowing: Narrowing): readonly Problem[] {
  const open = statementsOf(block, at).filter(statement => allowed(statement) && forEverybody(statement) && !narrowed(statement, narrowing));
  return open.map(statement => ({
    at: statement.at,
    message: `lets everybody in (${nameOf(statement)} has the principal "*"), expected named accounts, roles or services; name them, or add a condition such as aws:PrincipalOrgID`,
  }));
}

export function forEverybody(statement: Statement): boolean {
  return statement.principals.some(({ kind, value }) => value === '*' && (kind === 'AWS' || kind === '*'))
    || statement.principals.some(({ kind, value }) => kind === 'AWS' && /^arn:[^:]*:[^:]*:[^:]*:\*:/.test(value));
}

function narrowed(statement: Statement, narrowing: Narrowing): boolean {
  return narrowing === 'any condition' ? statement.conditions.length > 0 : statement.conditions.some(limits);
}

const callers = new Set([
  'aws:sourcearn', 'aws:principalarn', 'aws:sourceowner', 'aws:sourceaccount', 'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths', 'kms:calleraccount', 'aws:userid', 'aws:sourceip', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip', 'saml:aud',
]);

/** Whether a condition names who may come; negated ones and dates, referers and the like do not. */
function limits({ operator, key, values }: Condition): boolean {
  const relevant = /^(ForAllValues:|ForAnyValue:)?(Arn(Equals|Like)|String(Equals|Like)(IgnoreCase)?|IpAddress)(IfExists)?$/i.test(operator);
  return relevant && callers.has(key.toLowerCase()) && values.length > 0
    && !values.some(value => value === '*' || /\/0$/.test(value) || /^arn:[^:]*:[^:]*:[^:]*:\*/.test(value));
}
