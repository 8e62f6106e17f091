import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * The file that says which files of a folder are ours, so that several repositories can write into one. It has no extension:
 * tools that read every manifest of a folder pass it over.
 */
export const ownershipFile = '.marty-ownership';

const fileSchema = z.strictObject({
  construct: z.string(),
  sha256: z.string(),
  /** While a run is under way, or was interrupted: the digests of what may still stand there instead. */
  replaces: z.array(z.string()).optional(),
});

const ownershipSchema = z.strictObject({
  format: z.literal('marty-msf/ownership/v1'),
  /** Who writes the folder. */
  owner: z.string().min(1),
  /** Each file, the construct that defined it, and the SHA-256 of its text. */
  files: z.record(z.string(), fileSchema),
});

export type Ownership = z.output<typeof ownershipSchema>;

/** What is said while files are being written: all that we wrote before or are about to write. */
export function transitionOf(before: Ownership | undefined, after: Ownership): Ownership {
  const files = Object.entries(after.files).map(([name, file]) => {
    const old = before?.files[name];
    const replaces = old ? [old.sha256, ...old.replaces ?? []].filter(digest => digest !== file.sha256) : [];
    return [name, { ...file, ...(replaces.length ? { replaces } : {}) }] as const;
  });
  return { ...after, files: { ...before?.files, ...Object.fromEntries(files) } };
}

/** Whether a text is what we wrote. */
export function isOurs(text: string, file: Ownership['files'][string]): boolean {
  return [file.sha256, ...file.replaces ?? []].includes(sha256(text));
}

/** Reads an ownership file; undefined when it is none. */
export function parseOwnership(text: string): Ownership | undefined {
  try {
    return ownershipSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** An ownership file as text, with files in the order of their names. */
export function ownershipText(ownership: Ownership): string {
  const files = Object.fromEntries(Object.entries(ownership.files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...ownership, files }, null, 2)}\n`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
