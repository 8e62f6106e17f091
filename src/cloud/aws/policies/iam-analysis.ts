import type { Statement } from './_document';
import { allowed, nameOf } from './_document';
import type { Problem } from './_place';
import { covers, levelsOf, restrictable } from './iam-actions';

/** Actions that hand out credentials. Signing in to ECR is not counted: nothing can be pulled without it. */
const credentials = [
  'cognito-identity:GetCredentialsForIdentity', 'cognito-identity:GetOpenIdToken', 'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
  'codeartifact:GetAuthorizationToken',
  'ec2:GetPasswordData', 'ecr-public:GetAuthorizationToken', 'emr-containers:GetManagedEndpointSessionCredentials', 'grafana:CreateWorkspaceApiKey',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:ResetServiceSpecificCredential', 'iam:UpdateAccessKey',
  'lightsail:GetInstanceAccessDetails',
  'rds-db:connect', 'redshift:GetClusterCredentials', 'redshift:GetClusterCredentialsWithIAM', 'redshift-serverless:GetCredentials',
  'sso:GetRoleCredentials', 'sts:AssumeRole',
  'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:GetFederationToken', 'sts:GetSessionToken',
];

/** Actions that read what is worth stealing. */
const contents = ['s3:GetObject', 'secretsmanager:GetSecretValue', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];

/** Actions that together, on any resource, make more of an identity than it was given. */
const escalations: readonly (readonly string[])[] = [
  ...[
    'iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile',
    'iam:CreatePolicyVersion',
    'iam:PutGroupPolicy', 'iam:PutRolePolicy', 'iam:PutUserPolicy', 'iam:SetDefaultPolicyVersion', 'iam:UpdateAssumeRolePolicy',
    'iam:UpdateLoginProfile',
    'glue:UpdateDevEndpoint', 'lambda:UpdateFunctionCode', 'sagemaker:CreatePresignedNotebookInstanceUrl',
  ].map(action => [action]),
  ...[
    ['apprunner:CreateService'], ['cloudformation:CreateStack'], ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    ['cloudformation:UpdateStackSet'],
    ['codebuild:CreateProject', 'codebuild:StartBuild'], ['codebuild:CreateProject', 'codebuild:StartBuildBatch'], ['datapipeline:CreatePipeline'],
    ['ec2:RequestSpotInstances'],
    ['ec2:RunInstances'], ['ecs:RegisterTaskDefinition', 'ecs:CreateService'], ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    ['ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    ['glue:CreateDevEndpoint'], ['glue:CreateJob', 'glue:CreateTrigger'], ['glue:CreateJob', 'glue:StartJobRun'],
    ['glue:UpdateJob', 'glue:CreateTrigger'],
    ['glue:UpdateJob', 'glue:StartJobRun'], ['lambda:CreateFunction', 'lambda:AddPermission'],
    ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    ['lambda:CreateFunction', 'lambda:InvokeFunction'], ['sagemaker:CreateNotebookInstance'], ['sagemaker:CreateProcessingJob'],
    ['sagemaker:CreateTrainingJob'],
  ].map(actions => ['iam:PassRole', ...actions]),
  ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'], ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
  ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], ['ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'],
  ['ecs:ExecuteCommand', 'ecs:DescribeTasks'],
];

interface Granted {
  readonly action: string;
  readonly statement: Statement;
}

/** The combinations of actions by which an identity could raise itself. */
export function privilegeEscalation(statements: readonly Statement[]): readonly Problem[] {
  const all = undenied(granted(statements), statements);
  return escalations.flatMap(actions => {
    const found = actions.map(action => all.find(one => unbound(one, action)));
    const [first] = found;
    if (!first || found.includes(undefined)) return [];
    return [{
      at: `${first.statement.at}.Action`,
      message: `lets an identity raise itself with ${actions.join(' and ')} on any resource (${nameOf(first.statement)}), expected resources by name; ${remedy}`,
    }];
  });
}

/** Credentials that can be had without saying for what. */
export function credentialsExposure(statements: readonly Statement[]): readonly Problem[] {
  return told(undenied(granted(statements), statements).filter(one => credentials.some(action => unbound(one, action))), 'hands out credentials by');
}

/** Contents that can be read without saying which. */
export function dataExfiltration(statements: readonly Statement[]): readonly Problem[] {
  return told(undenied(open(statements), statements).filter(({ action }) => contents.some(other => covers(action, other))), 'reads any content by');
}

/** Changes of who may do what, on any resource. */
export function permissionsManagement(statements: readonly Statement[]): readonly Problem[] {
  return told(open(statements).filter(({ action }) => levelsOf(action).includes('permissions')), 'changes permissions of any resource by');
}

/** Writes to any resource. */
export function writes(statements: readonly Statement[]): readonly Problem[] {
  return told(open(statements).filter(({ action }) => levelsOf(action).includes('write')), 'writes to any resource by');
}

/** Actions on any resource although resources could be named. */
export function openResources(statements: readonly Statement[]): readonly Problem[] {
  return told(undenied(open(statements), statements), 'leaves the resource open for');
}

const remedy = 'name the resources, or add a condition';

/** Actions that statements without a condition allow. An exception from all actions counts as all of them. */
function granted(statements: readonly Statement[]): readonly Granted[] {
  return statements.filter(statement => allowed(statement) && statement.conditions.length === 0).flatMap(statement => {
    const actions = statement.notActions.length > 0 ? ['*'] : statement.actions;
    return actions.map(action => ({ action, statement }));
  });
}

/** Those of them on `*` for which a resource could have been named. */
function open(statements: readonly Statement[]): readonly Granted[] {
  return granted(statements).filter(({ action, statement }) => statement.resources.includes('*') && restrictable(action));
}

/** Without those that another statement denies everywhere. Writing is told all the same, as scanners do. */
function undenied(all: readonly Granted[], statements: readonly Statement[]): readonly Granted[] {
  const denied = statements.filter(statement => !allowed(statement) && statement.conditions.length === 0 && statement.resources.includes('*'))
    .flatMap(({ actions }) => actions);
  return all.filter(({ action }) => !denied.some(other => covers(other, action)));
}

/** Whether an action is granted on every resource: because it says so, or because none can be named for it. */
function unbound({ action, statement }: Granted, wanted: string): boolean {
  return covers(action, wanted) && (statement.resources.includes('*') || !restrictable(wanted));
}

function told(all: readonly Granted[], what: string): readonly Problem[] {
  return [...new Set(all.map(({ statement }) => statement))].map(statement => {
    const actions = all.filter(one => one.statement === statement).map(({ action }) => action);
    const shown = actions.length > 4 ? `${actions.slice(0, 4).join(', ')} and ${actions.length - 4} more` : actions.join(', ');
    return { at: `${statement.at}.Resource`, message: `${what} ${shown} (${nameOf(statement)}), expected resources by name; ${remedy}` };
  });
}
