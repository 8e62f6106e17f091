import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { hasExpression } from '../../validate/template';
import { allowed, nameOf, statementsOf } from './_document';
import { textsOf } from './_place';
import { policy } from './_policy';
import { forEverybody } from './_principals';
import { credentialsExposure, dataExfiltration, openResources, permissionsManagement, privilegeEscalation, writes } from './iam-analysis';

const written = ['aws_iam_role_policy', 'aws_iam_policy'];
const spelledOut = ['data.aws_iam_policy_document'];

/** What identities may do. */
export const iamPolicies: readonly Policy[] = [
  ...twice('CKV_AWS_286', 'CKV_AWS_110', [], 'no identity can raise itself', privilegeEscalation),
  ...twice('CKV_AWS_287', 'CKV_AWS_107', [], 'no identity gets credentials of another for the asking', credentialsExposure),
  ...twice('CKV_AWS_288', 'CKV_AWS_108', [], 'no identity reads contents that are not named', dataExfiltration),
  ...twice('CKV_AWS_289', 'CKV_AWS_109', [], 'no identity changes permissions of resources that are not named', permissionsManagement),
  ...twice('CKV_AWS_290', 'CKV_AWS_111', [], 'no identity writes to resources that are not named', writes),
  ...twice('CKV_AWS_355', 'CKV_AWS_356', ['AWS-0057', 'AWS-0346'], 'resources are named where they can be', openResources),
  ...twice('CKV_AWS_62', 'CKV_AWS_1', [], 'nobody may do everything', statements => statements
    .filter(statement => allowed(statement) && statement.actions.includes('*') && statement.resources.includes('*'))
    .map(statement => ({ at: statement.at, message: `allows everything (${nameOf(statement)}), expected actions on resources by name; list what is needed` }))),
  ...twice('CKV_AWS_63', 'CKV_AWS_49', ['AWS-0057'], 'actions are named', statements => statements
    .filter(statement => allowed(statement) && statement.actions.includes('*'))
    .map(statement => ({ at: `${statement.at}.Action`, message: `is "*" in ${nameOf(statement)}, expected actions by name; list what is needed` }))),
  policy({
    id: 'CKV2_AWS_40', title: 'nobody may do everything with identities', types: [...written, ...spelledOut],
  }, block => statementsOf(block).filter(statement => allowed(statement) && statement.actions.some(action => /^(\*|iam:\*)$/i.test(action)))
    .map(statement => ({ at: `${statement.at}.Action`, message: `gives all of IAM (${nameOf(statement)}), expected actions by name; list what is needed` }))),
  policy({
    id: 'MARTY_AWS_SERVICE_WILDCARD', also: ['AWS-0345', 'AWS-0057'], title: 'nobody may do everything with a service',
    types: [...written, ...spelledOut],
  }, block => statementsOf(block).filter(statement => allowed(statement) && statement.principals.length === 0)
    .flatMap(statement => statement.actions.filter(action => /^[a-z0-9-]+:\*$/i.test(action))
      .map(action => ({ at: `${statement.at}.Action`, message: `is ${told(action)} in ${nameOf(statement)}, expected actions by name; list what is needed` })))),
  policy({
    id: 'MARTY_AWS_PASS_ROLE', title: 'a role is passed only to services that are named', types: [...written, ...spelledOut],
  }, block => statementsOf(block).filter(statement => allowed(statement) && statement.actions.some(action => /^iam:passrole$/i.test(action)))
    .filter(statement => statement.resources.includes('*') || !statement.conditions.some(({ key }) => /^iam:PassedToService$/i.test(key)))
    .map(statement => ({ at: statement.at, message: `passes roles freely (${nameOf(statement)}), expected roles by ARN and the condition iam:PassedToService; add both` }))),
  policy({
    id: 'CKV_AWS_274', title: 'nobody is an administrator by attachment', types: ['aws_iam_role', 'aws_iam_role_policy_attachment'],
  }, block => managed(block, 'AdministratorAccess')),
  policy({
    id: 'CKV2_AWS_56', title: 'nobody has all of IAM by attachment', types: ['aws_iam_role', 'aws_iam_role_policy_attachment'],
  }, block => managed(block, 'IAMFullAccess')),
  policy({
    id: 'CKV_AWS_283', title: 'no document lets everybody in', types: spelledOut,
  }, block => statementsOf(block).filter(statement => allowed(statement) && statement.conditions.length === 0 && forEverybody(statement))
    .map(statement => ({ at: statement.at, message: `lets everybody in (${nameOf(statement)} has the principal "*"), expected named principals; name them, or add a condition` }))),
  policy({
    id: 'CKV_AWS_41', title: 'no key of AWS stands in the configuration', types: ['provider.aws'],
  }, block => ['access_key', 'secret_key', 'token'].filter(at => typeof block.body[at] === 'string' && block.body[at] !== '' && !hasExpression(block.body[at])).map(at => ({
    at, message: 'is set, expected nothing here; take it out, withdraw the key, and let the environment or a role sign requests',
  }))),
];

type Analysis = (statements: ReturnType<typeof statementsOf>) => ReturnType<Policy['problems']>;

/** The same question of policies given as JSON text and of those a data source spells out: scanners have two ids for it. */
function twice(id: string, ofData: string, also: readonly string[], title: string, analysis: Analysis): readonly Policy[] {
  return [
    policy({ id, also, title, types: written }, block => analysis(statementsOf(block))),
    policy({ id: ofData, also, title, types: spelledOut }, block => analysis(statementsOf(block))),
  ];
}

function managed(block: Parameters<Policy['problems']>[0], name: string): ReturnType<Policy['problems']> {
  const at = block.type === 'aws_iam_role' ? 'managed_policy_arns' : 'policy_arn';
  return textsOf(block.body[at]).filter(arn => arn.endsWith(`policy/${name}`)).map(arn => ({
    at, message: `is ${told(arn)}, expected a policy for the task; write one with the actions that are needed`,
  }));
}
