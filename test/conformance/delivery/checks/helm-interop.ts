import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { execute } from '../../runner/processes';

const root = resolve(__dirname, '../../../..');

/** Objects of cdk8s' own Helm construct, with Helm itself on the PATH: the unit tests have a stand-in for it. */
export const helmInteropChecks: readonly Check[] = ['helm', 'helm-3'].map(judge => ({
  name: `interop-${judge}`,
  judges: [judge],
  run: context => judgeInterop(context, judge),
}));

async function* judgeInterop(context: CheckContext, name: string): AsyncIterable<Verdict> {
  const judge = context.judge(name);
  const folder = mkdtempSync(join(tmpdir(), 'marty-helm-'));
  try {
    symlinkSync(judge.path, join(folder, 'helm'));
    const { code, stdout, stderr } = await execute('npx', ['jest', 'test/interop/helm', '--json'], {
      cwd: root, env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` }, timeoutMs: 120_000,
    });
    const { numPassedTests = 0, numPendingTests = 0 } = JSON.parse(stdout.slice(stdout.indexOf('{')) || '{}') as { numPassedTests?: number; numPendingTests?: number };
    const problems = [
      ...(code === 0 ? [] : stderr.split('\n').filter(line => line.includes('●')).slice(0, 10)),
      ...(code !== 0 && !stderr.includes('●') ? [`jest ended with ${code}`] : []),
      ...(numPendingTests ? [`${numPendingTests} tests were skipped although helm is there`] : []),
    ];
    yield verdictOf(judge, 'objects of the Helm construct of cdk8s', numPassedTests, problems);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
