import { bytes, number, read, text } from '../../conformance/cloud/provider/wire';

test('fields come back as they were written', () => {
  const message = Buffer.concat([text(1, 'aws_vpc'), number(2, 300), bytes(3, [text(1, 'inner')]), bytes(20, Buffer.alloc(300, 7))]);
  const { text: textOf, bytes: bytesOf } = read(message);
  expect(textOf(1)).toBe('aws_vpc');
  expect(read(bytesOf(3)).text(1)).toBe('inner');
  expect(bytesOf(20)).toEqual(Buffer.alloc(300, 7));
});

test('what is nothing is not written, and what is not there is empty', () => {
  expect(Buffer.concat([number(1, 0), number(2, false), number(3, undefined)])).toHaveLength(0);
  expect(read(Buffer.alloc(0)).text(1)).toBe('');
});

test('the last of several counts', () => {
  expect(read(Buffer.concat([text(1, 'a'), text(1, 'b')])).text(1)).toBe('b');
});

test('a fixed-width field is refused, since the protocol has none', () => {
  expect(() => read(Buffer.from([0x0d, 0, 0, 0, 0]))).toThrow('protocol buffers: wire type is 5, expected 0 or 2');
});
