import { MartyError } from '../../errors';
import { problemsOf } from '../../spec/problems';
import { labelSchema, nameSchema } from '../../spec/syntax';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { exitCodes, type ExitCode } from '../exit-code';
import { importManifests } from '../import/import';
import { closingLines } from '../import/result';
import { readSource } from '../import/source';
import { typescriptOf } from '../import/typescript';

interface ImportOptions {
  readonly environment?: string;
  readonly name?: string;
  readonly platform?: string;
  readonly namespace?: string;
  readonly jobs?: boolean;
}

/** `marty import`: a description of what runs already. */
export function addImport(cli: Cli): void {
  addCommand<ImportOptions>(cli, 'import <source>', 'Make a description of plain manifests', run)
    .option('--environment <name>', 'the environment that they are the manifests of (default: production)')
    .option('--name <name>', 'the name of the service, where there is one workload; its own when not given')
    .option('--platform <name>', 'the name of the platform; that of the namespace when not given')
    .option('--namespace <name>', 'describe what runs in this namespace; the one that most objects name when not given')
    .option('--jobs', 'describe jobs too, although described they are new ones that run again; not done by default, unless nothing else runs')
    .addHelpText('after', `
The source is a file, a folder or - for stdin: rendered YAML or JSON, such as \`kubectl get -o yaml\`, \`helm template\` or
\`kustomize build\` print it. The description is TypeScript, or JSON with --json. What its fields cannot say stands in \`patches\` and
\`objects\`; what all services share is listed, and left out. The description is rendered in memory and compared with what was read; every
difference is listed, and the exit code is 1 then.`);
}

function run(context: Context, { environment = 'production', name, platform, namespace, jobs }: ImportOptions, [source]: readonly string[]): ExitCode {
  const { io, cwd, json } = context;
  check('--environment', environment, 40);
  if (name !== undefined) check('--name', name, 50);
  if (platform !== undefined) check('--platform', platform, 40);
  const result = importManifests(readSource(io, cwd, source), { environment, name, platform, namespace, jobs });
  if (name !== undefined && result.workloads > 1) throw new MartyError('USAGE', `--name is given, but there are ${result.workloads} workloads; import them one by one, or leave it out`);
  if (json) {
    io.data(jsonText(result));
  } else {
    if (result.description) io.data(typescriptOf(result));
    io.talk(closingLines(result));
  }
  return result.equal ? exitCodes.ok : exitCodes.found;
}

function check(option: string, value: string, longest: number): void {
  const [problem] = problemsOf(option === '--platform' ? labelSchema(longest) : nameSchema(longest), value);
  if (problem) throw new MartyError('USAGE', `${option} ${problem.message}`);
}
