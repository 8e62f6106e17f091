import { looksSecret, secret } from '../../src/spec/secrets';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

describe('a secret', () => {
  testPairs(key => problemsWith({ secrets: { key } }), [
    ['is named by its key in the secret store', { key: 'payments/stripe' }, { key: '' }, 'secrets.key.key: is "", expected at least 1 characters'],
    ['has a key that stores know', { key: 'arn:aws:secret' }, { key: 'a b' }, 'secrets.key.key: is "a b", expected the key of a secret: letters, digits and "_.-/@:"'],
    ['is a reference, never a value', { key: 'a' }, 'hunter2', 'secrets.key: is a text, expected a reference such as secret(\'orders/token\'); no value of a secret stands in a description'],
    ['has no value in a description', { key: 'a' }, { key: 'a', value: 'hunter2' }, 'secrets.key.value: is not a field that exists here'],
  ]);

  test('is referred to by key and property', () => {
    expect([secret('a'), secret('a', { property: 'b' })]).toEqual([{ key: 'a' }, { key: 'a', property: 'b' }]);
  });
});

test.each(['password', 'dbPassword', 'PASSWORDS', 'apiKey', 'api_key', 'privateKey', 'token', 'clientSecret', 'credentials', 'passphrase'])('%s looks like the name of a secret', name => {
  expect(looksSecret(name)).toBe(true);
});

test.each(['key', 'tokens2', 'passwordPolicy', 'secretsFolder', 'tokenizer', 'monkey'])('%s does not', name => {
  expect(looksSecret(name)).toBe(false);
});
