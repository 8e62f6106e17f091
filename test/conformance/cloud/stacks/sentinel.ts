import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';

/** A secret that is planted wherever an app or Terraform is given one. It has to be found nowhere. */
export const sentinel = 'Sentinel-7d0f3b5c-never-written';

/** What a secret could be given by: the credentials of the provider, and every variable of a stack that is secret or has no value of its own. */
export function planted(stacks: readonly TerraformJson[]): NodeJS.ProcessEnv {
  const variables = stacks.flatMap(({ variable }) => Object.entries(variable ?? {}))
    .filter(([, { sensitive, default: value }]) => sensitive === true || value === undefined);
  return {
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: sentinel,
    AWS_SESSION_TOKEN: sentinel,
    ...Object.fromEntries(variables.map(([name]) => [`TF_VAR_${name}`, sentinel])),
  };
}

/** Whether the secret is in some bytes, as it is, in Base64, or packed in an archive such as a plan is. */
export function reveals(content: Buffer): boolean {
  const isArchive = content.length > 22 && content.readUInt32LE() === localHeader;
  return forms.some(form => content.includes(form)) || (isArchive && entriesOf(content).some(reveals));
}

/** The files below a folder in which the secret is. */
export function revealingFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name)).filter(file => reveals(readFileSync(file)));
}

// What comes before it in a text shifts its Base64 by none, one or two bytes; the ends depend on the neighbours.
const forms = [sentinel, ...[0, 1, 2].map(shift => Buffer.from(`${' '.repeat(shift)}${sentinel}`).toString('base64').slice(shift + 1, -4))];

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;

/** The files of a zip archive, by its directory. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function entriesOf(archive: Buffer): Buffer[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const entries: Buffer[] = [];
  let at = archive.readUInt32LE(end + 16);
  while (archive.readUInt32LE(at) === centralHeader) {
    const [packed, size, offset] = [archive.readUInt16LE(at + 10) !== 0, archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)];
    const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const content = archive.subarray(start, start + size);
    entries.push(packed ? inflateRawSync(content) : content);
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}
