import type { ValueRule } from '../../../src/cloud/validate';
import { and, arn, cidr, either, json, length, oneOf, pattern, within } from '../../../src/cloud/validate/rule-kinds';

describe.each<[string, ValueRule, readonly unknown[], readonly (readonly [unknown, string])[]]>([
  ['pattern', pattern(/^[a-z]+$/, 'orders'), ['orders'], [['Orders', 'is "Orders", expected text such as "orders" (^[a-z]+$)'], [['a'], 'is ["a"], expected text']]],
  ['oneOf', oneOf('SPOT', 'ON_DEMAND', 7), ['SPOT', 7, '7'], [['SPT', 'is "SPT", expected one of SPOT, ON_DEMAND, 7; did you mean SPOT?'], [8, 'is "8", expected one of SPOT, ON_DEMAND, 7; did you mean 7?']]],
  ['within', within(7, 30), [7, 30, '8'], [[6, 'is 6, expected a whole number from 7 to 30'], [7.5, 'is 7.5, expected a whole number from 7 to 30'], ['', 'is "", expected a whole number from 7 to 30'], [true, 'is true, expected a whole number from 7 to 30']]],
  ['length', length(2, 3), ['ab', 'abc', 12], [['a', 'is "a" of 1 characters, expected 2 to 3 characters'], ['abcd', 'is "abcd" of 4 characters, expected 2 to 3 characters']]],
  ['cidr', cidr({ min: 16, max: 28 }), ['10.0.0.0/16', '10.0.0.16/28'], [
    ['10.0.0.0', 'is "10.0.0.0", expected an IPv4 block such as 10.0.0.0/16'], ['10.0.0.0/33', 'is "10.0.0.0/33", expected an IPv4 block such as 10.0.0.0/16'],
    ['10.0.0/16', 'is "10.0.0/16", expected an IPv4 block such as 10.0.0.0/16'], ['10.0.0.0/8', 'is "10.0.0.0/8", expected a block of /16 to /28'],
    ['10.0.1.0/16', 'is "10.0.1.0/16", expected the first address of the block; write 10.0.0.0/16'], ['::/64', 'is "::/64", expected an IPv4 block such as 10.0.0.0/16'],
  ]],
  ['cidr of IPv6', cidr({ family: 6 }), ['2001:db8::/56'], [['10.0.0.0/8', 'is "10.0.0.0/8", expected an IPv6 block such as 2001:db8::/56']]],
  ['cidr of any family', cidr({ family: 'any' }), ['::/0', '0.0.0.0/0'], [['x', 'is "x", expected a block such as 10.0.0.0/16']]],
  ['arn', arn(), ['arn:aws:iam::111122223333:role/a', 'arn:aws-cn:s3:::b', 'arn:aws:iam::aws:policy/AdministratorAccess', 'arn:aws:kms:eu-central-1:111122223333:key/1'], [
    ['role/a', 'is "role/a", expected an ARN such as arn:aws:kms:eu-central-1:111122223333:name'], ['arn:aws:iam::1:role/a', 'is "arn:aws:iam::1:role/a", expected an ARN such as arn:aws:kms:eu-central-1:111122223333:name'],
  ]],
  ['arn of a service', arn('iam'), ['arn:aws:iam::111122223333:role/a'], [['arn:aws:s3:::b', 'is "arn:aws:s3:::b", expected an ARN of iam, not of s3']]],
  ['json', json, ['{}', '[1]', '{"a":"${b.c.d}"}', '${b.c.d}'], [[5, 'is 5, expected JSON: is no text']]],
  ['and', and(length(1, 3), pattern(/^a/, 'abc')), ['abc', 'a'], [['', 'is "" of 0 characters, expected 1 to 3 characters'], ['b', 'is "b", expected text such as "abc" (^a)']]],
  ['either', either('a number from 1 or "none"', within(1, 9), oneOf('none')), [1, 'none'], [[0, 'is 0, expected a number from 1 or "none"']]],
])('%s', (_, rule, right, wrong) => {
  test('takes what is right', () => {
    expect(right.map(rule)).toEqual(right.map(() => undefined));
  });

  test('says what is wrong', () => {
    expect(wrong.map(([value]) => rule(value))).toEqual(wrong.map(([, message]) => message));
  });
});

test('and leaves what is not known to the rules that read expressions', () => {
  const rule = and(length(1, 5), json);
  expect([rule('${b.c.d}'), rule('{"a":"${b.c.d}"}'), rule('{"a":${b.c.d}')?.slice(0, 40)]).toEqual([undefined, undefined, 'is "{\\"a\\":${b.c.d}", expected JSON: Exp']);
});

test('a long value is told in part', () => {
  expect(length(1, 3)('x'.repeat(200))?.length).toBeLessThan(140);
});
