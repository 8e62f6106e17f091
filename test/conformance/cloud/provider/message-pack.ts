/** What Terraform says in MessagePack: JSON's values, with maps kept as maps and unknown values kept as they came. @see https://github.com/msgpack/msgpack/blob/master/spec.md */
export type Value = null | boolean | number | string | Value[] | ValueMap | Extension;
export type ValueMap = Map<string, Value>;

/** An extension of the format, carried through unread: Terraform has one, for a value that is not known yet. */
export class Extension {
  constructor(readonly raw: Buffer) {}
}

export const unknown = new Extension(Buffer.from([0xd4, 0, 0]));

/** @throws Error when the bytes are no MessagePack, or of a kind that Terraform does not send. */
export function decode(bytes: Buffer): Value {
  return new Reader(bytes).value();
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  value(): Value {
    const start = this.at;
    const head = this.bytes[this.at];
    this.at += 1;
    if (head < 0x80) return head;
    if (head < 0x90) return this.map(head - 0x80);
    if (head < 0xa0) return this.list(head - 0x90);
    if (head < 0xc0) return this.take(head - 0xa0).toString();
    if (head >= 0xe0) return head - 256;
    if (head === 0xc0) return null;
    if (head === 0xc2 || head === 0xc3) return head === 0xc3;
    if (head >= 0xc7 && head <= 0xc9) return this.extension(start, this.natural(2 ** (head - 0xc7)));
    if (head === 0xca) return this.take(4).readFloatBE();
    if (head === 0xcb) return this.take(8).readDoubleBE();
    if (head >= 0xcc && head <= 0xcf) return this.natural(2 ** (head - 0xcc));
    if (head >= 0xd0 && head <= 0xd3) return this.integer(2 ** (head - 0xd0));
    if (head >= 0xd4 && head <= 0xd8) return this.extension(start, 2 ** (head - 0xd4));
    if (head >= 0xd9 && head <= 0xdb) return this.take(this.natural(2 ** (head - 0xd9))).toString();
    if (head >= 0xdc && head <= 0xdd) return this.list(this.natural(2 ** (head - 0xdc + 1)));
    if (head >= 0xde && head <= 0xdf) return this.map(this.natural(2 ** (head - 0xde + 1)));
    throw new Error(`MessagePack: byte is 0x${head.toString(16)}, expected a value that Terraform sends`);
  }

  private take(length: number): Buffer {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private natural(length: number): number {
    const taken = this.take(length);
    return length === 8 ? Number(taken.readBigUInt64BE()) : taken.readUIntBE(0, length);
  }

  private integer(length: number): number {
    const taken = this.take(length);
    return length === 8 ? Number(taken.readBigInt64BE()) : taken.readIntBE(0, length);
  }

  private list(length: number): Value[] {
    return Array.from({ length }, () => this.value());
  }

  private map(length: number): ValueMap {
    return new Map(Array.from({ length }, (): [string, Value] => [String(this.value()), this.value()]));
  }

  /** One byte of type comes before the data. */
  private extension(start: number, length: number): Extension {
    this.take(length + 1);
    return new Extension(this.bytes.subarray(start, this.at));
  }
}

/** Always in the longest form: nobody counts these bytes. */
export function encode(value: Value): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (value instanceof Extension) return value.raw;
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return Buffer.concat([headOf(0xdb, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([headOf(0xdd, value.length), ...value.map(encode)]);
  return Buffer.concat([headOf(0xdf, value.size), ...[...value].flatMap(([key, member]) => [encode(key), encode(member)])]);
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  if (Number.isSafeInteger(value)) {
    bytes[0] = 0xd3;
    bytes.writeBigInt64BE(BigInt(value), 1);
  } else {
    bytes[0] = 0xcb;
    bytes.writeDoubleBE(value, 1);
  }
  return bytes;
}

function headOf(byte: number, length: number): Buffer {
  const bytes = Buffer.alloc(5, byte);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}
