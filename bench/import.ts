import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compare, type Result } from './measure';

const root = join(__dirname, '..');
const load = (module: string) => [process.execPath, '-e', `require('${module}')`];

/** What loading the package costs, against loading cdk8s alone; and what it must never load. */
export function benchImport(): Result[] {
  const loaded = (module: string) => execFileSync(process.execPath, ['-e', `require('${module}'); console.log(Object.keys(require.cache).join('\\n'))`], { cwd: root, encoding: 'utf8' });
  const heavy = loaded('marty-msf').match(/node_modules\/(cdk8s-plus-[0-9]+|cdktf|@cdktf)\//);
  if (heavy) throw new Error(`require('marty-msf') loads ${heavy[1]}`);
  if (/node_modules\/(cdk8s|constructs)\//.test(loaded('marty-msf/spec'))) throw new Error("require('marty-msf/spec') loads cdk8s");
  const peer = { peerName: "require('cdk8s')", peer: load('cdk8s'), runs: 21, cwd: root };
  return [
    compare({ ...peer, name: "require('marty-msf')", goal: 1.5, ours: load('marty-msf') }),
    // What stands behind a name is loaded when it is used: this is all that a whole platform needs, zod included.
    compare({ ...peer, name: "require('marty-msf').PlatformChart", goal: 2, ours: [process.execPath, '-e', "require('marty-msf').PlatformChart"] }),
  ];
}
