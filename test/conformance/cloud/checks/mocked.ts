import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackNamed } from './validate';
import { broken } from '../fixture/broken';
import { applied } from '../stacks/applied';
import { eachApp, fixture } from '../stacks/apps';
import { localized } from '../stacks/local';
import { mockable, testOf } from '../stacks/mocks';
import { synthesized } from '../stacks/synthesized';
import { stackFolder, withTerraform, type Terraform } from '../stacks/terraform';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { together } from '../../runner/together';

/** Terraform's own tests with providers that it mocks: a plan and an apply of every stack, and what its outputs have to be. */
export const mockedChecks: readonly Check[] = [{
  name: 'test',
  judges: ['terraform'],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed('terraform');
    const place = scratchFolder('mocked');
    yield* eachApp(judge, async app => {
      const stacks = await synthesized(app);
      // A stack that reads the state of another one reads what the other left on the pretend cloud.
      const states = new Map((await applied(app, judge)).map(({ stack, folder }) => [stack.name, join(folder, 'applied.tfstate')]));
      const copies = stacks.map(stack => ({ stack, json: mockable(localized(stack, stacks, name => states.get(name) ?? '')) }));
      return withTerraform(judge, copies.map(({ json }) => json), terraform => together(copies, async ({ stack, json }) => {
        const { json: test, assertions } = testOf(json);
        const problems = await tested(terraform, stackFolder(join(place, app.name), stack.name, json), test);
        return verdictOf(judge, stack.title, stack.addresses.length, problems, `${assertions} assertions`);
      }));
    });
    yield await refusals(judge);
    removeScratch(place);
  },
}];

/** Runs the tests of a stack; two have to pass, the plan and the apply. */
async function tested(terraform: Terraform, folder: string, test: object): Promise<string[]> {
  writeFileSync(join(folder, 'stack.tftest.json'), JSON.stringify(test, undefined, 2));
  const { code, stdout, stderr } = await terraform.run(folder, 'test', '-json');
  const lines = stdout.split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line) as Line);
  const said = lines.flatMap(({ diagnostic }) => (diagnostic ? [`${diagnostic.summary}: ${diagnostic.detail ?? ''}`.replace(/\s+/g, ' ')] : []));
  const summary = lines.find(line => line.test_summary)?.test_summary;
  if (code === 0 && summary?.status === 'pass' && summary.passed === 2) return [];
  return said.length > 0 ? said : [`test ended with ${code}: ${`${stdout}\n${stderr}`.trim().slice(-2000)}`];
}

interface Line {
  readonly diagnostic?: { readonly summary: string; readonly detail?: string };
  readonly test_summary?: { readonly status: string; readonly passed: number };
}

/** What reading a stack does not find, and a test that expects what is not so: both have to fail. */
async function refusals(judge: FoundJudge): Promise<Verdict> {
  const stacks = await synthesized(fixture);
  const local = (json: TerraformJson) => localized({ name: 'ground', json }, stacks, () => 'terraform.tfstate');
  const ground = stackNamed(stacks, 'ground').json;
  const cases = broken.filter(({ by }) => by === 'test').map(({ name, message, change }) => {
    const json = local(change(ground));
    return { name, message, json, test: testOf(json).json };
  });
  const wrong = { run: [{ applied: { command: 'apply', assert: [{ condition: '${output.key-arn == "another"}', error_message: 'it is not another one' }] } }] };
  const place = scratchFolder('mocked-broken');
  try {
    const wrongly = { json: local(ground), test: { ...testOf(local(ground)).json, ...wrong } };
    const all = [...cases, { name: 'a test that expects another output', message: /it is not another one/, ...wrongly }];
    const problems = await withTerraform(judge, [ground], terraform => together([...all.entries()], async ([index, one]) => {
      const said = await tested(terraform, stackFolder(place, String(index), one.json), one.test);
      return said.some(line => one.message.test(line)) ? [] : [`${one.name}: it said ${said.join('; ') || 'nothing'}, expected ${one.message.source}`];
    }));
    return verdictOf(judge, 'what is wrong', all.length, problems.flat());
  } finally {
    removeScratch(place);
  }
}
