import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bufferBytes = 1024 * 1024;

/** Writes a file of many pieces of which no two are in memory at once. The file is touched when all of them are there, as if they were one. */
export function writeInPieces(file: string, pieces: Iterable<string>): void {
  const folder = mkdtempSync(join(tmpdir(), 'marty-'));
  try {
    const collected = join(folder, 'pieces');
    withFile(collected, 'w', target => {
      for (const piece of pieces) if (piece) writeAll(target, Buffer.from(piece));
    });
    withFile(collected, 'r', source => withFile(file, 'w', target => {
      const buffer = Buffer.alloc(bufferBytes);
      for (let read = readSync(source, buffer); read > 0; read = readSync(source, buffer)) writeAll(target, buffer.subarray(0, read));
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withFile(file: string, flags: string, work: (descriptor: number) => void): void {
  const descriptor = openSync(file, flags);
  try {
    work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}
