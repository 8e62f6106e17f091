import { broken } from '../fixture/broken';
import { eachApp, fixture } from '../stacks/apps';
import { synthesized, type Stack } from '../stacks/synthesized';
import { stackFolder, withTerraform, type Terraform } from '../stacks/terraform';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { together } from '../../runner/together';

/** Terraform and OpenTofu read every stack: schemas of exactly the providers' versions, references, functions and circles. */
export const validateChecks: readonly Check[] = [['validate', 'terraform'], ['tofu-validate', 'opentofu']].map(([name, program]) => ({
  name,
  judges: [program],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed(program);
    yield* eachApp(judge, async app => {
      const stacks = await synthesized(app);
      return withTerraform(judge, stacks.map(({ json }) => json), terraform => together(stacks, async stack => {
        const problems = await complaintsOf(terraform, stack.folder);
        return verdictOf(judge, stack.title, stack.addresses.length, problems);
      }));
    });
    yield await refusals(judge);
  },
}));

/** What is said of the stack in a folder, one line for each thing. */
async function complaintsOf(terraform: Terraform, folder: string): Promise<string[]> {
  const { stdout, stderr } = await terraform.run(folder, 'validate', '-json');
  if (!stdout.startsWith('{')) return [`validate said ${`${stdout}\n${stderr}`.trim()}`];
  const { valid, diagnostics } = JSON.parse(stdout) as Report;
  const lines = diagnostics.map(({ summary, detail, address }) => [address, summary, detail].filter(Boolean).join(': ').replace(/\s+/g, ' '));
  return valid || lines.length > 0 ? lines : ['it is not valid, and nothing says why'];
}

interface Report {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly summary: string; readonly detail?: string; readonly address?: string }[];
}

/** The fixture with one thing wrong at a time: each has to be refused, for what is wrong with it. */
async function refusals(judge: FoundJudge): Promise<Verdict> {
  const stacks = await synthesized(fixture);
  const cases = broken.filter(({ by }) => by === 'validate').map(one => ({ ...one, json: one.change(stackNamed(stacks, one.stack).json) }));
  const place = scratchFolder('broken');
  try {
    const work = async (terraform: Terraform, { name, json, message }: (typeof cases)[number]) => {
      const said = await complaintsOf(terraform, stackFolder(place, name, json));
      return said.some(line => message.test(line)) ? [] : [`${name}: it said ${said.join('; ') || 'nothing'}, expected ${message.source}`];
    };
    const problems = await withTerraform(judge, cases.map(({ json }) => json), terraform => together(cases, one => work(terraform, one)));
    return verdictOf(judge, 'what is wrong', cases.length, problems.flat());
  } finally {
    removeScratch(place);
  }
}

/** @throws Error when there is no stack of that name. */
export function stackNamed(stacks: readonly Stack[], name: string): Stack {
  const stack = stacks.find(candidate => candidate.name === name);
  if (!stack) throw new Error(`stack: name is ${name}, expected one of ${stacks.map(each => each.name).join(', ')}`);
  return stack;
}
