import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesBelow } from '../../support/folder';
import { skipped, verdictOf, type Check, type CheckContext, type Verdict } from '../runner/check';
import { execute, removeScratch, scratchFolder } from '../runner/processes';
import type { FoundJudge } from '../judges/judge';

const root = resolve(__dirname, '../../..');

/** Apps of other people: what they write with `App.synth()` and with ours in its place has to be the same. */
export const checks: readonly Check[] = [{ name: 'cdk8s-examples', judges: ['cdk8s-examples'], run: examples }];

/** Examples that need more than they hold. */
const unable: Readonly<Record<string, string>> = {
  'cdk8s-helm': 'it downloads a Helm chart while it runs',
  'cdk8s-include': 'it downloads a manifest while it runs',
  'kubernetes-end-to-end-aws': 'it is an app of the AWS CDK, and has no App.synth() of cdk8s',
};

async function* examples({ judge }: CheckContext): AsyncIterable<Verdict> {
  const found = judge('cdk8s-examples');
  const folder = join(found.path, 'typescript');
  for (const example of readdirSync(folder).filter(name => existsSync(join(folder, name, 'index.ts'))).sort()) {
    yield unable[example] ? skipped(found, example, unable[example]) : await compared(found, join(folder, example), example);
  }
}

async function compared(judge: FoundJudge, from: string, example: string): Promise<Verdict> {
  const work = scratchFolder('examples');
  try {
    cpSync(from, work, { recursive: true, filter: source => !/[/\\](dist|node_modules)$/.test(source) });
    symlinkSync(join(judge.path, 'typescript/node_modules'), join(work, 'node_modules'));
    const jiti = join(judge.path, 'typescript/node_modules/jiti/lib/jiti-cli.mjs');
    const synthesize = async (name: string, entry: string) => {
      const [script, outdir] = [join(work, `${name}.ts`), join(work, 'out', name)];
      mkdirSync(outdir, { recursive: true });
      writeFileSync(script, entry);
      const { code, stderr } = await execute(process.execPath, [jiti, script], { cwd: work, env: { ...process.env, CDK8S_OUTDIR: outdir } });
      if (code !== 0) throw new Error(`${example} ended with ${code}\n${stderr.trim().split('\n').slice(-10).join('\n')}`);
      return filesBelow(outdir);
    };
    const theirs = await synthesize('theirs', "require('./index');\n");
    // The app stays as it is: its own call of App.synth() ends here.
    const ours = await synthesize('ours', [
      "const { App } = require('cdk8s');",
      `const { synth } = require(${JSON.stringify(join(root, 'src/synth/synth.ts'))});`,
      "App.prototype.synth = function () { require('fs').writeFileSync('called', ''); synth(this); };",
      "require('./index');\n",
    ].join('\n'));
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].sort();
    const problems = names.filter(name => theirs[name] !== ours[name]).map(name => `${name} differs`);
    if (!existsSync(join(work, 'called'))) problems.push('it was not synthesized with ours');
    const objects = Object.values(theirs).reduce((sum, text) => sum + [...text.matchAll(/^kind: /gm)].length, 0);
    return verdictOf(judge, example, objects, problems);
  } finally {
    removeScratch(work);
  }
}
