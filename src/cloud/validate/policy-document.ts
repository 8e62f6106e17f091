import { isRecord } from './json-value';
import { didYouMean } from '../../errors';

/** What a policy document is attached to: an identity, a resource, a role that may be taken, or whatever. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'any';

const documentKeys = ['Version', 'Id', 'Statement'];
const statementKeys = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const principalKinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
const operators = /^(ForAllValues:|ForAnyValue:)?(String(Not)?Equals(IgnoreCase)?|String(Not)?Like|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/;

const isTexts = (value: unknown): value is string | readonly string[] => {
  const all = Array.isArray(value) ? value as unknown[] : [value];
  return all.length > 0 && all.every(text => typeof text === 'string' && text !== '');
};
const open = (text: string) => text.includes('${');

/** What is wrong with the grammar of a policy document; expressions in it stand as texts. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function documentProblem(document: unknown, kind: PolicyKind): string | undefined {
  if (!isRecord(document)) return 'is no policy document, expected an object with Version and Statement';
  const unknown = Object.keys(document).find(key => !documentKeys.includes(key));
  if (unknown !== undefined) return `has ${unknown}, expected only ${documentKeys.join(', ')}${didYouMean(unknown, documentKeys)}`;
  if (document.Version !== '2012-10-17') return `has Version ${JSON.stringify(document.Version)}, expected "2012-10-17": older ones know no variables`;
  const statements = Array.isArray(document.Statement) ? document.Statement as unknown[] : [document.Statement];
  if (document.Statement === undefined || statements.length === 0) return 'has no Statement, expected at least one';
  const ids = new Set<unknown>();
  for (const [index, statement] of statements.entries()) {
    // A statement that an expression gives cannot be told yet.
    if (typeof statement === 'string' && open(statement)) continue;
    const subject = `Statement[${index}]${isRecord(statement) && typeof statement.Sid === 'string' ? ` (${statement.Sid})` : ''}`;
    const problem = isRecord(statement) ? statementProblem(statement, kind) : 'is no statement, expected an object';
    if (problem !== undefined) return `${subject} ${problem}`;
    const id = isRecord(statement) ? statement.Sid : undefined;
    if (id !== undefined && ids.has(id)) return `${subject} has the Sid of an earlier statement, expected each once; rename one`;
    ids.add(id);
  }
  return undefined;
}

function statementProblem(statement: Record<string, unknown>, kind: PolicyKind): string | undefined {
  const unknown = Object.keys(statement).find(key => !statementKeys.includes(key));
  if (unknown !== undefined) return `has ${unknown}, expected only ${statementKeys.join(', ')}${didYouMean(unknown, statementKeys)}`;
  const sid = /^[A-Za-z0-9]*$/;
  // Policies of resources take any Sid; those of identities letters and digits.
  if (kind === 'identity' && typeof statement.Sid === 'string' && !open(statement.Sid) && !sid.test(statement.Sid)) return `has Sid ${JSON.stringify(statement.Sid)}, expected letters and digits`;
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') return `has Effect ${JSON.stringify(statement.Effect)}, expected Allow or Deny`;
  return exclusive(statement, 'Action', true) ?? actionProblem(statement)
    ?? exclusive(statement, 'Resource', kind === 'identity') ?? (kind === 'trust' ? absent(statement, ['Resource', 'NotResource'], 'a trust policy') : undefined)
    ?? exclusive(statement, 'Principal', kind === 'resource' || kind === 'trust') ?? (kind === 'identity' ? absent(statement, ['Principal', 'NotPrincipal'], 'a policy of an identity') : undefined)
    ?? principalProblem(statement.Principal ?? statement.NotPrincipal) ?? textsProblem(statement, 'Resource') ?? conditionProblem(statement.Condition);
}

function exclusive(statement: Record<string, unknown>, name: string, needed: boolean): string | undefined {
  const given = [name, `Not${name}`].filter(key => statement[key] !== undefined);
  if (given.length > 1) return `has both ${name} and Not${name}, expected one of them`;
  return needed && given.length === 0 ? `has no ${name}, expected ${name} or Not${name}` : undefined;
}

function absent(statement: Record<string, unknown>, names: readonly string[], where: string): string | undefined {
  const given = names.find(name => statement[name] !== undefined);
  return given === undefined ? undefined : `has ${given}, which has no place in ${where}; remove it`;
}

function textsProblem(statement: Record<string, unknown>, name: string): string | undefined {
  const given = statement[name] ?? statement[`Not${name}`];
  return given === undefined || isTexts(given) ? undefined : `has ${name} ${JSON.stringify(given)}, expected text or a list of at least one`;
}

function actionProblem(statement: Record<string, unknown>): string | undefined {
  const given = statement.Action ?? statement.NotAction;
  if (!isTexts(given)) return textsProblem(statement, 'Action');
  const wrong = [given].flat().find(action => !open(action) && !/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/.test(action));
  return wrong === undefined ? undefined : `has Action ${JSON.stringify(wrong)}, expected service:Operation such as s3:GetObject`;
}

function principalProblem(principal: unknown): string | undefined {
  if (principal === undefined || principal === '*' || (typeof principal === 'string' && open(principal))) return undefined;
  if (!isRecord(principal)) return `has Principal ${JSON.stringify(principal)}, expected "*" or an object such as {"Service": "eks.amazonaws.com"}`;
  const unknown = Object.keys(principal).find(key => !principalKinds.includes(key) && !open(key));
  if (unknown !== undefined) return `has Principal.${unknown}, expected ${principalKinds.join(', ')}${didYouMean(unknown, principalKinds)}`;
  const wrong = Object.entries(principal).find(([, value]) => !isTexts(value));
  return wrong && `has Principal.${wrong[0]} ${JSON.stringify(wrong[1])}, expected text or a list of at least one`;
}

function conditionProblem(condition: unknown): string | undefined {
  if (condition === undefined || (typeof condition === 'string' && open(condition))) return undefined;
  if (!isRecord(condition)) return `has Condition ${JSON.stringify(condition)}, expected an object`;
  for (const [operator, keys] of Object.entries(condition)) {
    if (!operators.test(operator) && !open(operator)) return `has Condition.${operator}, expected an operator such as StringEquals`;
    if (typeof keys === 'string' && open(keys)) continue;
    if (!isRecord(keys) || Object.keys(keys).length === 0) return `has Condition.${operator} ${JSON.stringify(keys)}, expected keys with their values`;
  }
  return undefined;
}
