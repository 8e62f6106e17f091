import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { referrersOf } from './_attached';
import type { Statement } from './_document';
import { allowed, nameOf, statementsOf } from './_document';
import type { Problem } from './_place';
import { policy } from './_policy';

const role = ['aws_iam_role'];
const at = 'assume_role_policy';

/** Who may take a role. */
export const iamTrustPolicies: readonly Policy[] = [
  policy({ id: 'CKV_AWS_60', title: 'not everybody may take a role', types: role }, block => trusts(block)
    .filter(({ principals }) => principals.some(({ kind, value }) => value === '*' && (kind === 'AWS' || kind === '*')))
    .map(statement => ({ at: statement.at, message: `lets everybody take the role (${nameOf(statement)} has the principal "*"), expected named principals; name them` }))),
  policy({ id: 'CKV_AWS_61', title: 'not every identity of an account may take a role', types: role }, block => trusts(block)
    .flatMap(statement => statement.principals.filter(({ kind, value }) => kind === 'AWS' && isAccount(value, statement)).map(({ value }) => ({
      at: `${statement.at}.Principal`, message: `lets every identity of an account take the role (${value}), expected roles by name; name them`,
    })))),
  ...([['CKV_AWS_393', role, at], ['CKV_AWS_358', ['data.aws_iam_policy_document'], 'statement']] as const).map(([id, types, argument]) => policy({
    id, title: 'GitHub takes a role only for repositories that are named', types,
  }, block => statementsOf(block, argument).filter(allowed).flatMap(githubProblem))),
  policy({
    id: 'MARTY_AWS_TRUST_SUBJECT', title: 'an identity provider vouches only for identities that are named', types: role,
  }, block => trusts(block).filter(statement => statement.principals.some(({ kind, value }) => kind === 'Federated' && !/saml-provider\//.test(value)))
    .flatMap(statement => [':sub', ':aud'].filter(claim => !statement.conditions.some(({ operator, key, values }) =>
      /^String(Equals|Like)$/.test(operator) && (key.endsWith(claim) || (key.startsWith('${') && key.includes(claim))) && !values.includes('*')))
      .map(claim => ({
        at: `${statement.at}.Condition`,
        message: `does not fix ${claim.slice(1)} (${nameOf(statement)}), expected StringEquals on <issuer>${claim}; add it, or whoever the provider knows takes the role`,
      })))),
  policy({
    id: 'MARTY_AWS_POD_IDENTITY_TRUST', title: 'Pod Identity may take the roles that it is given', types: role,
  }, (block, stack) => {
    const given = referrersOf(block, 'aws_eks_pod_identity_association', stack);
    const statements = trusts(block).filter(({ principals }) => principals.some(({ value }) => value === 'pods.eks.amazonaws.com'));
    if (given.length === 0 || statementsOf(block, at).length === 0) return [];
    const missing = ['sts:AssumeRole', 'sts:TagSession'].filter(action => !statements.some(({ actions }) => actions.includes(action)));
    return missing.length === 0 ? [] : [{
      at,
      message: `does not allow ${missing.join(' and ')} to pods.eks.amazonaws.com although ${given[0].address} gives the role, expected both; add them`,
    }];
  }),
];

function trusts(block: Parameters<typeof statementsOf>[0]): readonly Statement[] {
  return statementsOf(block, at).filter(allowed);
}

/** An account instead of an identity in it; a condition is taken for a narrowing where the account is written as an expression. */
function isAccount(principal: string, statement: Statement): boolean {
  return /^(\d{12}|arn:aws[^:$]*:iam::\d{12}:root)/.test(principal) || (/:root$/.test(principal) && statement.conditions.length === 0);
}

/** Claims of a workflow that whoever writes the workflow chooses. */
const chosen = ['workflow', 'environment', 'ref', 'context', 'head_ref', 'base_ref'];

function githubProblem(statement: Statement): readonly Problem[] {
  if (!statement.principals.some(({ kind, value }) => kind === 'Federated' && value.includes('oidc-provider/token.actions.githubusercontent.com'))) return [];
  const subjects = statement.conditions.filter(({ key }) => /^token\.actions\.githubusercontent\.com(\/[\w-]+)?:sub$/.test(key)).flatMap(({ values }) => values);
  const wrong = subjects.find(subject => !isRepository(subject));
  if (subjects.length > 0 && wrong === undefined) return [];
  return [{
    at: `${statement.at}.Condition`,
    message: `${wrong === undefined ? 'does not fix the subject' : `accepts the subject ${told(wrong)}`}, expected one such as "repo:owner/name:ref:refs/heads/main"; write it under token.actions.githubusercontent.com:sub`,
  }];
}

function isRepository(subject: string): boolean {
  const [claim, value] = subject.split(':');
  if (value === undefined || value === '*' || chosen.some(one => claim.startsWith(one))) return false;
  return claim !== 'repo' || /^[\w.${}-]+\/[^/]+$/.test(value);
}
