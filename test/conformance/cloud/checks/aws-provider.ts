import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackNamed } from './validate';
import { broken } from '../fixture/broken';
import { eachApp, fixture } from '../stacks/apps';
import { withoutTheNew } from '../stacks/older';
import { synthesized, type Stack } from '../stacks/synthesized';
import { stackFolder, strippedEnvironment } from '../stacks/terraform';
import type { ProviderSchema } from '../../../../src/cloud/validate/knowledge';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { execute, removeScratch, scratchFolder, type Outcome } from '../../runner/processes';

/**
 * The real provider where it is: it knows what stands in no schema, such as how long a name may be and for how many days logs can be kept. It may be
 * older than the one that the stacks are for; what it does not know yet is left out of its copy, and told.
 */
export const awsProviderChecks: readonly Check[] = [{ name: 'aws-provider', judges: ['aws-provider', 'terraform'], run: validateForReal }];

type Run = (folder: string, ...command: readonly string[]) => Promise<Outcome>;

async function* validateForReal({ judge: judgeNamed }: CheckContext): AsyncIterable<Verdict> {
  const judge = judgeNamed('aws-provider');
  const place = scratchFolder('aws-provider');
  const configuration = join(place, 'terraform.rc');
  writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(judge.path)}\n  }\n}\n`);
  const env = { ...strippedEnvironment(), TF_CLI_CONFIG_FILE: configuration, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  const run: Run = (cwd, ...command) => execute(judgeNamed('terraform').path, command, { cwd, env, timeoutMs: 300_000 });
  const schema = await schemaOf(judge, place, run);
  const ground = stackNamed(await synthesized(fixture), 'ground');
  for (const { name, change, message } of broken.filter(({ by }) => by === 'provider')) {
    const { detail } = await judged(judge, { ...ground, json: change(ground.json) }, schema, join(place, 'broken'), run);
    yield verdictOf(judge, name, 1, message.test(detail) ? [] : [`it said ${detail || 'nothing'}, expected ${message.source}`]);
  }
  yield* eachApp(judge, async app => {
    const verdicts: Verdict[] = [];
    // One after the other: each takes 600 MB.
    for (const stack of (await synthesized(app)).filter(isOfAws)) verdicts.push(await judged(judge, stack, schema, join(place, app.name), run));
    return verdicts;
  });
  removeScratch(place);
}

async function judged(judge: FoundJudge, stack: Stack, schema: ProviderSchema, place: string, run: Run): Promise<Verdict> {
  const { json, left } = withoutTheNew(stack.json, schema);
  const folder = stackFolder(place, stack.name, { ...json, terraform: requiring(judge) });
  const init = await run(folder, 'init', '-backend=false', '-input=false', '-no-color');
  const { stdout, stderr } = await run(folder, 'validate', '-json');
  if (!stdout.startsWith('{')) return verdictOf(judge, stack.title, 0, [`validate said ${stderr.trim() || init.stderr.trim()}`]);
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
  const problems = diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ address, summary, detail }) => [address, summary, detail].filter(Boolean).join(': ').replace(/\s+/g, ' '));
  return verdictOf(judge, stack.title, stack.addresses.length, problems, left.length > 0 ? `without ${left.join(', ')}` : '');
}

interface Diagnostic { readonly severity: string; readonly summary: string; readonly detail?: string; readonly address?: string }

async function schemaOf(judge: FoundJudge, place: string, run: Run): Promise<ProviderSchema> {
  const folder = stackFolder(place, 'schema', { terraform: requiring(judge) });
  await run(folder, 'init', '-backend=false', '-input=false', '-no-color');
  const { stdout, stderr } = await run(folder, 'providers', 'schema', '-json');
  if (!stdout.startsWith('{')) throw new Error(`the provider tells no schema: ${stderr.trim()}`);
  const [schema] = Object.values((JSON.parse(stdout) as { readonly provider_schemas: Readonly<Record<string, ProviderSchema>> }).provider_schemas);
  return schema;
}

function requiring({ version }: FoundJudge) {
  return { required_providers: { aws: { source: 'hashicorp/aws', version } } };
}

function isOfAws({ json }: Stack): boolean {
  return json.provider?.aws !== undefined;
}
