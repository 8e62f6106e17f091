import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ownershipFile, ownershipText, transitionOf, type Ownership } from './ownership';
import { indexFileOf, type Plan } from './plan';

/**
 * Carries out a plan. Every file is replaced at once or not at all, and at every moment the ownership files name all
 * that we wrote, so that an interrupted run is mended by the next one.
 */
export function applyPlan(plan: Plan): void {
  const { outdir, changes, folders, indexes } = plan;
  const ownership = (folder: string) => join(outdir, folder, ownershipFile);
  sweep(outdir);
  for (const [folder, { before, after }] of folders) {
    if (after) replace(ownership(folder), ownershipText(transitionOf(before, after)));
  }
  for (const change of changes) {
    if (change.action !== 'write') continue;
    const { folder, file, text } = change;
    if (text !== undefined) put(join(outdir, folder, file), text);
  }
  for (const [environment, text] of indexes) {
    if (text === undefined) rmSync(join(outdir, indexFileOf(environment)), { force: true });
    else replace(join(outdir, indexFileOf(environment)), text);
  }
  for (const { folder, file, action } of changes) if (action === 'remove') rmSync(join(outdir, folder, file), { force: true });
  for (const [folder, { before, after }] of folders) {
    if (after) {
      // What was said on the way is the last word already where there was nothing before.
      if (before) replace(ownership(folder), ownershipText(after));
    } else {
      rmSync(ownership(folder), { force: true });
      removeEmpty(join(outdir, folder), outdir);
    }
  }
}

/** Writes a file beside its place and moves it there, unless it says the same already. */
export function replace(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  put(file, text);
}

/** Writes a file beside its place, in a folder that is there, and moves it there. */
function put(file: string, text: string): void {
  const beside = join(dirname(file), `.marty-${basename(file)}.${process.pid}.tmp`);
  writeFileSync(beside, text);
  renameSync(beside, file);
}

/** Removes what a run that was killed left behind. */
function sweep(outdir: string): void {
  for (const entry of existsSync(outdir) ? readdirSync(outdir, { recursive: true, withFileTypes: true }) : []) {
    if (!/^\.marty-.+\.tmp$/.test(entry.name)) continue;
    rmSync(join(entry.parentPath, entry.name));
    removeEmpty(entry.parentPath, outdir);
  }
}

function removeEmpty(folder: string, outdir: string): void {
  for (let at = folder; at !== outdir && at.startsWith(outdir); at = dirname(at)) {
    if (readdirSync(at).length) return;
    rmdirSync(at);
  }
}

export type { Ownership };
