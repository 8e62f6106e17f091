import { encryptedSecretProblems, isEncryptedSecret } from '../../src/spec/encrypted-secrets';
import { sealedSecret, sealedValue, sopsSecret, sopsValue } from '../support/encrypted';
import { linesOf } from '../support/problems';

const expected = { name: 'api-secrets', namespace: 'shop', keys: ['stores.db.username', 'secrets.token'] };
const keys = 'secrets.token, stores.db.username';
const [sealed, sops] = [sealedSecret(expected), sopsSecret(expected)];
const clear = 'hunter2';
const byRegex = 'use `sops encrypt --encrypted-regex \'^(data|stringData)$\'`';
const refusals = (object: unknown) => linesOf(encryptedSecretProblems(object, expected));

const withSpec = (fields: object) => ({ ...sealed, spec: { ...sealed.spec, ...fields } });
const withData = (fields: object) => withSpec({ encryptedData: { ...sealed.spec.encryptedData, ...fields } });
const withText = (fields: object) => ({ ...sops, stringData: { ...sops.stringData, ...fields } });
const { 'secrets.token': token, ...lessText } = sops.stringData;
const { 'secrets.token': _sealed, ...lessSealed } = sealed.spec.encryptedData;

test.each<[string, object]>([
  ['sealed', sealed],
  ['sealed for the whole cluster', { ...sealed, metadata: { ...sealed.metadata, annotations: { 'sealedsecrets.bitnami.com/cluster-wide': 'true' } } }],
  ['sealed without a template', { ...sealed, spec: { encryptedData: sealed.spec.encryptedData } }],
  ['encrypted by SOPS', sops],
  ['encrypted by SOPS as base64', { ...sops, stringData: undefined, data: sops.stringData }],
  ['encrypted by SOPS in both', { ...sops, stringData: lessText, data: { 'secrets.token': token } }],
  ['encrypted by SOPS, with an empty value', withText({ 'secrets.token': '' })],
])('what is %s is the Secret', (_, object) => {
  expect(refusals(object)).toEqual([]);
  expect(isEncryptedSecret(object, expected)).toBe(true);
});

describe('what is refused', () => {
  test.each<[string, unknown, string[]]>([
    ['a Secret in clear', { ...sops, sops: undefined, stringData: { 'secrets.token': clear } }, [
      `: is a Secret that is not encrypted; ${byRegex}, or seal it with \`kubeseal\`, and let no history keep what stood there`,
    ]],
    ['a value in clear among encrypted ones', withText({ 'secrets.token': clear }), [`stringData.secrets.token: is not encrypted; ${byRegex}`]],
    ['a value that only looks encrypted', withText({ 'secrets.token': `ENC[${clear}]` }), [`stringData.secrets.token: is not encrypted; ${byRegex}`]],
    ['a value that is no text', withText({ 'secrets.token': 7 }), [`stringData.secrets.token: is not encrypted; ${byRegex}`]],
    ['a value that is not sealed', withData({ 'secrets.token': Buffer.from(clear).toString('base64') }), ['spec.encryptedData.secrets.token: is not sealed; seal it with `kubeseal`']],
    ['a sealed value that was cut', withData({ 'secrets.token': sealedValue.slice(0, 400) }), ['spec.encryptedData.secrets.token: is not sealed; seal it with `kubeseal`']],
    ['a value in clear in the template of a sealed one', withSpec({ template: { data: { 'secrets.token': clear } } }), ['spec.template.data.secrets.token: stands there in clear; seal it as one of encryptedData']],
    ['a sealed one of the old form', withSpec({ data: clear }), ['spec.data: is the form of old versions, which seals all values as one; seal it again']],
    ['a missing key', { ...sops, stringData: lessText }, [`data.secrets.token: is missing; the service reads ${keys}`]],
    ['a missing sealed key', withSpec({ encryptedData: lessSealed }), [`spec.encryptedData.secrets.token: is missing; the service reads ${keys}`]],
    ['one key too many', withText({ other: sopsValue }), [`data.other: is nothing that the service reads; it reads ${keys}`]],
    ['one sealed key too many', withData({ other: sealedValue }), [`spec.encryptedData.other: is nothing that the service reads; it reads ${keys}`]],
    ['another name', { ...sops, metadata: { ...sops.metadata, name: 'api' } }, ['metadata.name: is "api", expected "api-secrets", which the pods of the service mount']],
    ['no namespace', { ...sealed, metadata: { name: 'api-secrets' } }, ['metadata.namespace: is missing, expected "shop", which the pods of the service mount']],
    ['another namespace in the template', withSpec({ template: { metadata: { name: 'api-secrets', namespace: 'other' } } }), ['spec.template.metadata.namespace: is "other", expected "shop", or nothing']],
    ['an encrypted name', { ...sops, metadata: { ...sops.metadata, name: sopsValue } }, [`metadata.name: is encrypted as well, expected "api-secrets"; ${byRegex}`]],
    ['an encrypted kind', { ...sops, kind: sopsValue }, [`kind: is encrypted as well, expected only the values; ${byRegex}`]],
    ['no MAC', { ...sops, sops: { version: '3' } }, ['sops.mac: is missing or not encrypted; encrypt the file again']],
    ['what is encrypted by comments', { ...sops, sops: { ...sops.sops, encrypted_comment_regex: 'secret' } }, [`sops: chooses what is encrypted by comments, which manifests do not keep; ${byRegex}`]],
    ['a field whose place cannot be kept', { ...sops, metadata: { ...sops.metadata, labels: { b: '', 7: '' } } }, ['metadata.labels.7: has a number for its name, so its place in the order that SOPS signs cannot be kept; rename it']],
    ['another kind', { ...sops, kind: 'ConfigMap' }, ['kind: expected a SealedSecret, or a Secret that SOPS encrypted']],
    ['nothing', undefined, ['kind: expected a SealedSecret, or a Secret that SOPS encrypted']],
  ])('%s', (_, object, problems) => {
    expect(refusals(object)).toEqual(problems);
    expect(refusals(object).join()).not.toContain(clear);
  });

  test('is told all at once', () => {
    expect(refusals({ ...withText({ 'secrets.token': clear, other: clear }), metadata: {} })).toHaveLength(5);
  });
});
