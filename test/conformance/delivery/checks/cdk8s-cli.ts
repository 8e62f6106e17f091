import { existsSync, readFileSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { execute, removeScratch, scratchFolder } from '../../runner/processes';

const root = join(__dirname, '..', '..', '..', '..');

/** The validation runs inside the real `cdk8s synth`: it passes what is good, and what it finds ends the command. */
export const cdk8sCliChecks: readonly Check[] = [{ name: 'cdk8s-cli', judges: [], run: validate }];

interface Report {
  readonly title: string;
  readonly violations: readonly { readonly ruleName: string; readonly violatingConstructs: readonly { readonly constructPath?: string }[] }[];
  readonly summary: { readonly status: string };
}

async function* validate(): AsyncIterable<Verdict> {
  const program = join(root, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'cdk8s-cli', 'package.json'), 'utf8')) as { version: string };
  const judge = { name: 'cdk8s-cli', version, path: program };
  if (!existsSync(join(root, 'lib/check/index.js'))) {
    yield verdictOf(judge, 'validation', 0, ['lib/check/index.js is not there; run npm run compile first']);
    return;
  }
  const good = await synth(program, "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { LEVEL: 'info' } }");
  yield verdictOf(judge, 'a good manifest', 1, [
    ...(good.code === 0 ? [] : [`cdk8s synth ended with ${good.code}: ${good.text}`]),
    ...(good.reports[0]?.summary.status === 'success' ? [] : [`the report is ${JSON.stringify(good.reports)}, expected success`]),
  ]);
  const bad = await synth(program, "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { API_TOKEN: 'x' }, spec: {} }");
  const found = bad.reports.flatMap(({ violations }) => violations);
  const named = found.map(({ ruleName }) => ruleName).sort().join(', ');
  const paths = new Set(found.flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath)));
  yield verdictOf(judge, 'a bad manifest', 1, [
    ...(bad.code !== 0 ? [] : ['cdk8s synth ended with 0, expected a failure']),
    ...(named === 'config-map-secret, manifest-schema' ? [] : [`the rules are ${named}, expected config-map-secret, manifest-schema`]),
    ...([...paths].join() === 'shop/settings' ? [] : [`the constructs are ${[...paths].join(', ')}, expected shop/settings`]),
  ]);
}

interface Synthesized { readonly code: number | null; readonly text: string; readonly reports: readonly Report[] }

async function synth(program: string, object: string): Promise<Synthesized> {
  const folder = scratchFolder('cdk8s-cli');
  try {
    mkdirSync(join(folder, 'node_modules'));
    for (const name of ['cdk8s', 'constructs']) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    symlinkSync(root, join(folder, 'node_modules', 'marty-msf'));
    writeFileSync(join(folder, 'main.js'), `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
new ApiObject(new Chart(app, 'shop'), 'settings', ${object});
app.synth();
`);
    writeFileSync(join(folder, 'cdk8s.yaml'), `language: typescript
app: node main.js
validations:
  - package: ./node_modules/marty-msf/lib/check
    version: 0.0.0
    class: MartyCheck
    properties:
      kubernetes: '1.36'
`);
    const { code, stdout, stderr } = await execute(process.execPath, [program, 'synth', '--validate', '--validation-reports-output-file', 'reports.json'], { cwd: folder, env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' } });
    const file = join(folder, 'reports.json');
    return { code, text: `${stdout}\n${stderr}`.trim(), reports: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly reports: readonly Report[] }).reports : [] };
  } finally {
    removeScratch(folder);
  }
}
