/** Protocol buffers by hand: Terraform's plugin protocol needs two wire types, numbers and what has a length. @see https://protobuf.dev/programming-guides/encoding/ */

export function number(field: number, value: number | boolean | undefined): Buffer {
  return value ? Buffer.concat([varint(field * 8), varint(Number(value))]) : Buffer.alloc(0);
}

export function bytes(field: number, content: Buffer | readonly Buffer[]): Buffer {
  const body = Buffer.isBuffer(content) ? content : Buffer.concat(content);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

export function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

/** A message that came. */
export interface Message {
  /** The bytes of a field; none when it is not there. */
  bytes(field: number): Buffer;
  text(field: number): string;
}

/** Reads a message; of a field that stands several times the last one counts. @throws Error for a wire type that the protocol does not use. */
export function read(message: Buffer): Message {
  const fields = new Map<number, Buffer>();
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at];
      at += 1;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = next();
    if (tag % 8 === 2) {
      const length = next();
      fields.set(Math.floor(tag / 8), message.subarray(at, at + length));
      at += length;
    } else if (tag % 8 === 0) {
      next();
    } else {
      throw new Error(`protocol buffers: wire type is ${tag % 8}, expected 0 or 2`);
    }
  }
  const bytesOf = (field: number) => fields.get(field) ?? Buffer.alloc(0);
  return { bytes: bytesOf, text: field => bytesOf(field).toString() };
}

function varint(value: number): Buffer {
  const out: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) out.push((left % 128) + 128);
  return Buffer.from([...out, left]);
}
