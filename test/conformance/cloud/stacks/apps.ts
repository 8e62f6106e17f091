import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../support/documents';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Verdict } from '../../runner/check';
import { together } from '../../runner/together';

/** An app of cdktf in this repository. */
export interface CloudApp {
  /** How the report calls it: `aws/minimal`. */
  readonly name: string;
  /** Its folder, from the root of the repository. */
  readonly place: string;
}

/** Small and by hand; it shows that the judges accept what is good, and what is made bad of it that they refuse what is bad. */
export const fixture: CloudApp = { name: 'fixture', place: 'test/conformance/cloud/fixture' };

/** All that Checkov has to refuse, in one app. */
export const twins: CloudApp = { name: 'twins', place: 'test/conformance/cloud/twins' };

/** Every example for a cloud, `examples/<cloud>/<name>`, after the fixture; only those that begin with MARTY_CLOUD_APP where that is set. */
export function apps(): CloudApp[] {
  const examples = join(root, 'examples');
  const found = foldersOf(examples).flatMap(cloud => foldersOf(join(examples, cloud)).map(name => `${cloud}/${name}`));
  const all = [fixture, ...found.filter(name => existsSync(join(examples, name, 'cdktf.json'))).map(name => ({ name, place: `examples/${name}` }))];
  return all.filter(({ name }) => name.startsWith(process.env.MARTY_CLOUD_APP ?? ''));
}

/** A verdict of each app; one of which none can be made has failed, and stops none of the others. */
export async function* eachApp(judge: FoundJudge, work: (app: CloudApp) => Promise<readonly Verdict[]>): AsyncIterable<Verdict> {
  // Much of the work is one process after the other: two apps at once fill the cores.
  const verdicts = await together(apps(), app => work(app)
    .catch((error: unknown) => [verdictOf(judge, app.name, 0, [error instanceof Error ? error.message : String(error)])]));
  yield* verdicts.flat();
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder).filter(name => name !== 'node_modules' && statSync(join(folder, name)).isDirectory()).sort();
}
