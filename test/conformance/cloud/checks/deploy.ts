import { eachApp } from '../stacks/apps';
import { deployed } from '../stacks/deployed';
import { synthesized } from '../stacks/synthesized';
import { verdictOf, type Check, type Verdict } from '../../runner/check';

/** The way people take: `cdktf deploy` with a file of outputs, and a second time with nothing to do; for the fixture `cdktf destroy` too. */
export const deployChecks: readonly Check[] = [{
  name: 'deploy',
  judges: ['cdktf-cli', 'terraform'],
  run: async function* ({ judge }): AsyncIterable<Verdict> {
    const cli = judge('cdktf-cli');
    const tools = { cli, terraform: judge('terraform') };
    yield* eachApp(cli, async app => {
      const { outputs, count, problems } = await deployed(app, tools);
      const missing = (await synthesized(app)).flatMap(({ name, json }) => Object.entries(json.output ?? {})
        .filter(([output, { sensitive }]) => sensitive !== true && !output.startsWith('cross-stack-output') && outputs[name]?.[output] === undefined)
        .map(([output]) => `the file of outputs has no ${output} of ${name}`));
      return [verdictOf(cli, app.name, count, [...problems, ...missing])];
    });
  },
}];
