import { decode, encode, Extension, unknown, type Value } from '../../conformance/cloud/provider/message-pack';

const values: readonly Value[] = [
  null, true, false, 0, 1, 127, 128, -1, -33, 65_536, 2 ** 40, -(2 ** 40), 1.5, '', 'short', 'x'.repeat(40), 'x'.repeat(70_000), 'größer',
  [], [1, 'two', [null]], new Map(), new Map<string, Value>([['name', 'a'], ['tags', new Map([['b', 'c']])]]), Array.from({ length: 70 }, (_, index) => index),
];

test.each(values.map(value => [JSON.stringify(value)?.slice(0, 30), value]))('%s comes back as it was', (_, value) => {
  expect(decode(encode(value))).toEqual(value);
});

test.each<[string, readonly number[], Value]>([
  ['a small map', [0x81, 0xa1, 0x61, 0x01], new Map([['a', 1]])],
  ['a small list', [0x92, 0x01, 0xff], [1, -1]],
  ['numbers of every width', [0x96, 0xcc, 200, 0xcd, 1, 0, 0xce, 0, 1, 0, 0, 0xd0, 0x80, 0xd1, 0xff, 0, 0xd2, 0xff, 0, 0, 0], [200, 256, 65_536, -128, -256, -16_777_216]],
  ['numbers of 64 bits', [0x92, 0xcf, 0, 0, 1, 0, 0, 0, 0, 0, 0xd3, 255, 255, 255, 0, 0, 0, 0, 0], [2 ** 40, -(2 ** 40)]],
  ['fractions', [0x92, 0xca, 0x3f, 0xc0, 0, 0, 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], [1.5, 1.5]],
  ['texts with a length of one byte', [0xd9, 2, 0x68, 0x69], 'hi'],
  ['lists and maps with a length of two bytes', [0x92, 0xdc, 0, 1, 1, 0xde, 0, 1, 0xa1, 0x61, 0xc0], [[1], new Map([['a', null]])]],
])('%s is read', (_, bytes, value) => {
  expect(decode(Buffer.from(bytes))).toEqual(value);
});

test('what is not known is carried through as it came, in each of its forms', () => {
  const refined = Buffer.from([0xc7, 3, 12, 0x81, 1, 0xc2]);
  expect(decode(encode(['a', unknown]))).toEqual(['a', unknown]);
  expect(encode(decode(Buffer.concat([Buffer.from([0x91]), refined])))).toEqual(Buffer.concat([Buffer.from([0xdd, 0, 0, 0, 1]), refined]));
  expect(decode(refined)).toBeInstanceOf(Extension);
});

test('a byte that Terraform does not send is refused', () => {
  expect(() => decode(Buffer.from([0xc1]))).toThrow('MessagePack: byte is 0xc1, expected a value that Terraform sends');
});
