import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { synth, synthYaml } from '../../src/synth/synth';
import { filesBelow } from '../support/folder';

/** How a synth ended: what was written, and the error that stopped it. */
interface Outcome { readonly files: Readonly<Record<string, string>>; readonly error?: string }

export interface Comparison {
  /** What differs; undefined when nothing does. */
  readonly problem?: string;
  /** Whether both failed, with the same words. */
  readonly failed: boolean;
}

/**
 * Synthesizes an app with cdk8s and with ours, and compares every byte, also of what an error left behind.
 *
 * @param build makes the app anew, to be written to a folder.
 */
export function compareSynths(build: (outdir: string) => App, folder: string): Comparison {
  const theirs = outcomeOf(build, join(folder, 'theirs'), app => app.synth());
  const ours = outcomeOf(build, join(folder, 'ours'), app => synth(app));
  const theirText = textOf(build, join(folder, 'theirs'), app => app.synthYaml());
  const ourText = textOf(build, join(folder, 'ours'), app => synthYaml(app));
  const problem = differenceOf(theirs, ours) ?? (theirText === ourText ? undefined : `synthYaml is\n${ourText}\nexpected\n${theirText}`);
  return { problem, failed: theirs.error !== undefined };
}

function outcomeOf(build: (outdir: string) => App, outdir: string, run: (app: App) => void): Outcome {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const error = errorOf(() => run(build(outdir)));
  return { files: existsSync(outdir) ? filesBelow(outdir) : {}, error };
}

function textOf(build: (outdir: string) => App, outdir: string, run: (app: App) => string): string {
  let text = '';
  const error = errorOf(() => { text = run(build(outdir)); });
  return error ?? text;
}

function errorOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

function differenceOf(theirs: Outcome, ours: Outcome): string | undefined {
  if (theirs.error !== ours.error) return `error is ${ours.error}, expected ${theirs.error}`;
  const names = [...new Set([...Object.keys(theirs.files), ...Object.keys(ours.files)])].sort();
  const different = names.find(name => theirs.files[name] !== ours.files[name]);
  return different === undefined ? undefined : `${different} is\n${ours.files[different]}\nexpected\n${theirs.files[different]}`;
}
