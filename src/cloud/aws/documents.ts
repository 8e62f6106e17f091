/** One statement of a policy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: 'Allow' | 'Deny';
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy as the text that AWS takes; a statement allows unless it says otherwise. */
export function policyOf(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(({ Sid, Effect = 'Allow', ...rest }) => ({ ...Sid && { Sid }, Effect, ...rest })) });
}

/** Services that say for which account they take a role. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
const tellingAccount = ['eks.amazonaws.com', 'monitoring.rds.amazonaws.com', 'pods.eks.amazonaws.com', 'vpc-flow-logs.amazonaws.com'];

/** The policy by which services of AWS take a role; for this account's resources alone where they say whose they are. */
export function trustOf(
  services: readonly string[], account: string, actions: readonly string[] = ['sts:AssumeRole'], equal: Readonly<Record<string, string>> = {},
): string {
  const telling = services.every(service => tellingAccount.includes(service));
  return policyOf([{
    Principal: { Service: services },
    Action: actions,
    ...(telling || Object.keys(equal).length > 0) && { Condition: { StringEquals: { ...telling && { 'aws:SourceAccount': account }, ...equal } } },
  }]);
}
