import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { replace } from '../../synth/apply';
import { jsonText, type Context } from '../command';
import { changesTo, readVersions, withVersions } from './releases-text';
import type { Releases } from '../../spec/releases';
import type { Project } from '../project/config';

/** What `marty env set --json` and `marty env promote --json` print. */
export const envResultSchema = z.strictObject({
  /** The release file. */
  file: z.string(),
  environment: z.string(),
  /** The versions that change. */
  changes: z.array(z.strictObject({
    service: z.string(),
    /** What ran there; absent where the service had no version. */
    before: z.string().optional(),
    after: z.string(),
  })),
  /** Whether the file was written. */
  written: z.boolean(),
  /** Whether nothing was done, only told. */
  dryRun: z.boolean(),
});

export type EnvResult = z.output<typeof envResultSchema>;

/** Where the versions of an environment are kept. */
export interface ReleaseFile {
  readonly path: string;
  readonly environment: string;
  /** Its text; undefined where there is none yet. */
  readonly text?: string;
  readonly versions: Readonly<Record<string, unknown>>;
}

/**
 * Reads the release file of an environment; one that is not there has no versions.
 *
 * @throws RELEASE_INVALID when it cannot be used.
 */
export function readReleaseFile({ io, cwd }: Context, project: Project, environment: string): ReleaseFile {
  const path = resolve(project.folder, project.releases, `${environment}.json`);
  const text = io.files.text(path);
  return { path, environment, text, versions: text === undefined ? {} : readVersions(text, relative(cwd, path) || path) };
}

/**
 * Writes versions into a release file, where they differ, and tells what changes.
 *
 * @throws RELEASE_INVALID when a version cannot be used; nothing is written then.
 */
export function writeVersions(context: Context, file: ReleaseFile, wanted: Releases, dryRun: boolean): void {
  const { io, cwd, json } = context;
  const changes = changesTo(wanted, file.versions);
  const shown = relative(cwd, file.path) || file.path;
  const text = withVersions(file.text ?? '{}\n', changes, shown);
  const written = changes.length > 0 && !dryRun;
  if (written) replace(file.path, text);
  const result: EnvResult = { file: shown, environment: file.environment, changes, written, dryRun };
  if (json) return io.data(jsonText(result));
  const lines = changes.map(({ service, before = '(none)', after }) => `${service} ${before} -> ${after}\n`).join('');
  if (dryRun) io.data(lines);
  else io.talk(lines);
  io.talk(changes.length ? `${shown}: ${dryRun ? 'a dry run, nothing was written' : 'written'}\n` : `${shown}: says the same already\n`);
}
