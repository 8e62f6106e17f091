import { resolve, relative } from 'node:path';
import type { Severity } from '../../check/finding';
import type { Rule } from '../../check/rule';
import { didYouMean, MartyError } from '../../errors';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from '../../manifests/kubernetes-version';
import { junitOf } from '../check/junit';
import { check, ruleIds } from '../check/run';
import { sarifOf } from '../check/sarif';
import { readSets } from '../check/source';
import { closingText, textOf } from '../check/text';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { exitCodes, type ExitCode } from '../exit-code';

interface CheckOptions {
  readonly kubernetes?: string;
  readonly severity?: string;
  readonly rule?: string;
  readonly policies?: string;
  readonly format?: string;
  readonly config?: string;
}

const formats = ['text', 'json', 'sarif', 'junit'] as const;
const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** `marty check`: manifests held against the rules. */
export function addCheck(cli: Cli): void {
  addCommand<CheckOptions>(cli, 'check [paths...]', 'Hold manifests against the rules', run)
    .option('--kubernetes <version>', 'the version that they are meant for (default: what the pod security label of a Namespace names, else the newest known)')
    .option('--severity <level>', 'leave out what is less grave: error, warning or info (default: info)')
    .option('--rule <ids>', 'only these rules, separated by commas')
    .option('--policies <module>', 'hold them against the policies as well that this module exports, in TypeScript or JavaScript')
    .option('--format <format>', `${formats.join(', ')} (default: text)`)
    .option('--config <file>', 'read this file instead of cdk8s.yaml, when no path is given')
    .addHelpText('after', `
Paths are files, folders or - for stdin; without one, the output of cdk8s.yaml is checked. Each environment of our output is
judged as a cluster of its own; everything else that is given is judged as one. What could not be checked is told as not run.`);
}

async function run(context: Context, options: CheckOptions, paths: readonly string[]): Promise<ExitCode> {
  const { kubernetes, severity, rule, policies: module, format, config } = options;
  const { io, cwd, json } = context;
  const shape = oneOf('--format', format ?? (json ? 'json' : 'text'), formats);
  if (json && shape !== 'json') throw new MartyError('USAGE', `--format is ${shape}, expected json or nothing beside --json`);
  const policies = module === undefined ? [] : await policyRules(context, module);
  const selection = {
    policies,
    kubernetes: kubernetes === undefined ? undefined : oneOf<KubernetesVersion>('--kubernetes', kubernetes.replace(/^v/, ''), KUBERNETES_VERSIONS),
    severity: severity === undefined ? undefined : oneOf('--severity', severity, severities),
    rules: rulesOf(rule, policies.map(({ id }) => id)),
  };
  const result = check(readSets(io, cwd, paths.length ? paths : [outputOf(context, config)]), selection);
  if (shape === 'json') io.data(jsonText(result));
  else if (shape === 'sarif') io.data(jsonText(sarifOf(result, cwd)));
  else if (shape === 'junit') io.data(junitOf(result));
  else io.data(textOf(result));
  if (!json) io.talk(closingText(result));
  return result.findings.length ? exitCodes.found : exitCodes.ok;
}

/** The policies of a module as rules; what reads them is loaded when there are some. */
/* eslint-disable @typescript-eslint/no-require-imports */
async function policyRules({ io, cwd }: Context, module: string): Promise<Rule[]> {
  const { policyRule } = require('../../check/policies') as typeof import('../../check/policies');
  const { loadPolicies } = require('../check/policies') as typeof import('../check/policies');
  return (await loadPolicies(io, resolve(cwd, module))).map(policyRule);
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** The output folder of the project, as one would write it from here. */
function outputOf({ io, cwd }: Context, config: string | undefined): string {
  const project = projectConfig().readProject(io, cwd, config);
  const folder = resolve(project.folder, project.output);
  if (!io.files.exists(folder)) throw new MartyError('USAGE', `${folder} is not there; run \`marty synth\` first, or name what is to be checked`);
  return relative(cwd, folder) || '.';
}

function rulesOf(text: string | undefined, more: readonly string[]): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map(name => name.trim()).filter(Boolean);
  if (!names.length) throw new MartyError('USAGE', '--rule is empty, expected ids of rules separated by commas');
  return names.map(name => oneOf('--rule', name, [...ruleIds, ...more]));
}

function oneOf<T extends string>(option: string, got: string, known: readonly T[]): T {
  const found = known.find(each => each === got);
  if (found !== undefined) return found;
  const expected = known.length > 12 ? 'the id of a rule' : `one of ${known.join(', ')}`;
  throw new MartyError('USAGE', `${option} is ${got}, expected ${expected}${didYouMean(got, known)}`);
}

/** Loaded when a project is asked for: whoever names paths needs none. */
function projectConfig(): typeof import('../project/config') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../project/config') as typeof import('../project/config');
}
