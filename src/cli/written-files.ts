import { join, resolve } from 'node:path';
import { z } from 'zod';
import { jsonText, type Context } from './command';
import { MartyError } from '../errors';
import { replace } from '../synth/apply';

/** What commands print that write a folder of files with `--out`. */
export const writtenFilesSchema = z.strictObject({
  folder: z.string(),
  /** Every file, and whether it differs from what was there; with --dry-run, whether it would. */
  files: z.array(z.strictObject({ path: z.string(), written: z.boolean() })),
  dryRun: z.boolean(),
});

export interface WriteOptions {
  readonly out?: string;
  readonly dryRun?: boolean;
}

/** @throws USAGE when a dry run is asked for where nothing is written. */
export function checkWriteOptions({ out, dryRun }: WriteOptions): void {
  if (dryRun && out === undefined) throw new MartyError('USAGE', '--dry-run needs --out, since nothing is written without it');
}

type Written = WriteOptions & { readonly out: string };

/** Writes what differs into a folder, and tells of it; in a dry run it only tells. */
export function writeFiles(context: Context, texts: ReadonlyMap<string, string>, { out, dryRun = false }: Written): void {
  const { io, cwd, json } = context;
  const folder = resolve(cwd, out);
  const files = [...texts].map(([path, text]) => {
    const written = io.files.text(join(folder, path)) !== text;
    if (written && !dryRun) replace(join(folder, path), text);
    return { path, written };
  });
  const result: z.output<typeof writtenFilesSchema> = { folder: out, files, dryRun };
  if (json) return io.data(jsonText(result));
  const changed = files.filter(({ written }) => written);
  if (dryRun) io.data(changed.map(({ path }) => `write  ${path}\n`).join(''));
  io.talk(`${out}: ${changed.length} of ${files.length} files ${dryRun ? 'would be written' : 'written'}\n`);
}
