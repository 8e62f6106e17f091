import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stackNamed } from './validate';
import { refusing } from '../provider/pretend';
import { applied, applyAll, type AppliedStack } from '../stacks/applied';
import { eachApp, fixture } from '../stacks/apps';
import { deployed } from '../stacks/deployed';
import { revealingFiles } from '../stacks/sentinel';
import { folderOf, synthesized } from '../stacks/synthesized';
import { withTerraform } from '../stacks/terraform';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { together } from '../../runner/together';

/** A secret given in every way there is, and looked for in all that is written: synthesized stacks, plans, states, outputs, logs and errors. */
export const sentinelChecks: readonly Check[] = [{
  name: 'sentinel',
  judges: ['terraform', 'cdktf-cli'],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed('terraform');
    yield* eachApp(judge, async app => {
      const stacks = await synthesized(app);
      const live = await applied(app, judge);
      const errors = await refused(live, judge);
      const deployment = await deployed(app, { cli: judgeNamed('cdktf-cli'), terraform: judge });
      const folders = [folderOf(app), deployment.folder, ...live.map(({ folder }) => folder)];
      const problems = folders.flatMap(folder => revealingFiles(folder).map(file => `the secret is in ${relative(join(folder, '..'), file)}`));
      // What ended early wrote less than it could have.
      const unfinished = [...deployment.problems, ...live.flatMap(({ problems: met }) => met)].slice(0, 1);
      return [verdictOf(judge, app.name, stacks.length, [...errors, ...unfinished, ...problems])];
    });
    yield await refusals(judge);
  },
}];

/** Has a cloud refuse every stack, and leaves what is said beside it. */
async function refused(live: readonly AppliedStack[], judge: FoundJudge): Promise<string[]> {
  const work = ({ stack, folder }: AppliedStack) => withTerraform(judge, [stack.json], async terraform => {
    const { code, stdout, stderr } = await terraform.run(folder, 'plan', '-input=false', '-no-color');
    writeFileSync(join(folder, 'refused.txt'), `${stdout}\n${stderr}`);
    return code === 1 && stderr.includes('the cloud refuses') ? [] : [`${stack.title}: a plan that the cloud refuses ended with ${code}, expected 1`, stderr];
  }, refusing);
  return (await together(live, work)).flat();
}

/** A secret that the provider is told to keep: it has to be found in the state and in both plans. */
async function refusals(judge: FoundJudge): Promise<Verdict> {
  const service = stackNamed(await synthesized(fixture), 'service');
  const ground = stackNamed(await synthesized(fixture), 'ground');
  const [type, name] = ['aws_secretsmanager_secret_version', 'version'];
  const { secret_id: secret } = service.json.resource?.[type]?.[name] ?? {};
  const kept: TerraformJson = {
    ...service.json,
    variable: { token: { type: 'string', sensitive: true } },
    resource: { ...service.json.resource, [type]: { [name]: { secret_id: secret, secret_string: '${var.token}' } } },
  };
  const [, live] = await applyAll([ground, { ...service, json: kept }], judge);
  const found = revealingFiles(live.folder).map(file => relative(live.folder, file));
  const expected = ['after.plan', 'applied.tfstate', 'before.plan', 'terraform.tfstate.backup'];
  const missed = expected.filter(file => !found.includes(file)).map(file => `the secret was not found in ${file}`);
  return verdictOf(judge, 'what is wrong', expected.length, [...live.problems, ...missed]);
}
