import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { planted, revealingFiles, reveals, sentinel } from '../../conformance/cloud/stacks/sentinel';
import { inFolder, put } from '../../support/folder';

test.each([
  ['as it is', `password=${sentinel}!`],
  ...['', 'a', 'ab'].map(before => [`in Base64 after ${before.length} bytes`, `x ${Buffer.from(`${before}${sentinel} and more`).toString('base64')}`]),
])('it is found %s', (_, text) => {
  expect(reveals(Buffer.from(text))).toBe(true);
});

test.each([['another text', 'nothing of the kind'], ['nothing', ''], ['a short text', 'PK']])('it is not found in %s', (_, text) => {
  expect(reveals(Buffer.from(text))).toBe(false);
});

/** A zip archive of one file, packed. */
function archiveOf(content: string): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30 + 5);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(5, 26);
  const central = Buffer.alloc(46 + 5);
  central.writeUInt32LE(0x02014b50);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt16LE(5, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, central, end]);
}

test.each([[`the secret ${sentinel.repeat(9)}`, true], ['nothing of the kind'.repeat(9), false]])('an archive is looked into: %#', (text, found) => {
  expect(archiveOf(text).includes(sentinel)).toBe(false);
  expect(reveals(archiveOf(text))).toBe(found);
});

test('files are named in which it is', () => {
  inFolder(folder => {
    put(folder, { 'a/log.txt': `it is ${sentinel}`, 'b.txt': 'it is not' });
    expect(revealingFiles(folder)).toEqual([join(folder, 'a/log.txt')]);
  });
});

test('it is planted in credentials and in every variable that is secret or has no value', () => {
  const stack = { variable: { token: { sensitive: true, default: 'x' }, name: {}, size: { default: 1 } } };
  expect(planted([stack])).toMatchObject({ AWS_SECRET_ACCESS_KEY: sentinel, TF_VAR_token: sentinel, TF_VAR_name: sentinel });
  expect(planted([stack])).not.toHaveProperty('TF_VAR_size');
});
