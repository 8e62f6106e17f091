import { EncryptionKey, Secret, variableOf, type SecretProps, type ServiceSecretsInput } from '../../../src/cloud/aws';
import { definePlatform, secret } from '../../../src/spec';
import { addressesOf, eksStack, written } from '../../support/cloud';

const rotation = { functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:rotate' };
const secretIn = (props: Partial<SecretProps> = {}) => {
  const stack = eksStack();
  const keyArn = new EncryptionKey(stack, 'key', { name: 'shop/tokens', description: 'Tokens of the shop' }).arn;
  new Secret(stack, 'token', { name: 'shop/orders/token', keyArn, rotation, ...props });
  return stack;
};

describe('a secret', () => {
  test('is given by a variable that Terraform forgets, and written by an argument that nothing keeps', () => {
    const stack = written(secretIn());
    expect(stack.json.variable?.secret_shop_orders_token).toMatchObject({ type: 'string', sensitive: true, ephemeral: true, nullable: false });
    expect(stack.ofType('aws_secretsmanager_secret_version')[0].body).toEqual({
      secret_id: expect.stringContaining('aws_secretsmanager_secret') as string, secret_string_wo: '${var.secret_shop_orders_token}', secret_string_wo_version: 1,
    });
  });

  test('is of this account, by TLS, encrypted by a key of its own and given a new value every month', () => {
    const stack = written(secretIn());
    const [{ body: policy }] = stack.ofType('aws_secretsmanager_secret_policy');
    expect(policy.block_public_policy).toBe(true);
    expect((JSON.parse(String(policy.policy)) as { Statement: object[] }).Statement).toMatchObject([{ Effect: 'Deny' }, { Effect: 'Deny' }]);
    expect(stack.ofType('aws_secretsmanager_secret')[0].body).toMatchObject({ kms_key_id: expect.stringContaining('aws_kms_key') as string, recovery_window_in_days: 30 });
    expect(stack.ofType('aws_secretsmanager_secret_rotation')[0].body).toMatchObject({ rotation_rules: { automatically_after_days: 30 }, rotate_immediately: false });
  });

  test('has properties as one object of JSON, each from a variable of its own', () => {
    const stack = written(secretIn({ properties: ['user', 'pass-word'] }));
    expect(Object.keys(stack.json.variable ?? {})).toEqual(['secret_shop_orders_token_user', 'secret_shop_orders_token_pass_word']);
    expect(stack.ofType('aws_secretsmanager_secret_version')[0].body.secret_string_wo)
      .toBe('${jsonencode({"user" = var.secret_shop_orders_token_user, "pass-word" = var.secret_shop_orders_token_pass_word})}');
  });

  test('is made up by AWS where that is asked for, and again for another version', () => {
    const stack = written(secretIn({ value: { length: 64 }, version: 3 }));
    const [[name, body]] = Object.entries((stack.json.ephemeral as Record<string, Record<string, object>>).aws_secretsmanager_random_password);
    expect(body).toMatchObject({ password_length: 64, exclude_punctuation: true });
    expect(stack.ofType('aws_secretsmanager_secret_version')[0].body).toMatchObject({ secret_string_wo: `\${ephemeral.aws_secretsmanager_random_password.${name}.random_password}`, secret_string_wo_version: 3 });
    expect(stack.json).not.toHaveProperty('variable');
  });

  test('is left without rotation for a reason, which is told', () => {
    const stack = secretIn({ rotation: { never: 'the payment provider gives it to people' } });
    expect(written(stack).ofType('aws_secretsmanager_secret_rotation')).toEqual([]);
    expect(stack.node.metadata.map(({ data }) => String(data))).toContainEqual(expect.stringContaining('CKV2_AWS_57 is waived: the payment provider gives it to people'));
  });

  test('refuses everything that is wrong with it, at once', () => {
    const make = () => secretIn({ name: 'shop token', version: 0, rotation: { never: 'no' }, value: { length: 4 } });
    for (const message of ['name: is "shop token", expected at most 256 letters', 'version: is 0', 'rotation.never: is "no"', 'value.length: is 4']) expect(make).toThrow(message);
    expect(() => secretIn({ rotation: { ...rotation, days: 120 } })).toThrow('rotation.days: is 120, expected a number of at most 90');
    const stack = secretIn();
    expect(() => new Secret(stack, 'same', { name: 'shop/orders-token', keyArn: 'x', rotation })).toThrow('name makes the variable secret_shop_orders_token, which the stack has already');
  });

  test('that is written where it is said where it comes from is not repeated', () => {
    const make = () => secretIn({ value: 'hunter2-hunter2' as 'given' });
    expect(make).toThrow(/value: does not say where the value comes from; expected "given", .*TF_VAR_secret_/);
    expect(make).not.toThrow(/hunter2/);
  });

  test('is refused in the clear, however it got there', () => {
    const stack = eksStack();
    const keyArn = new EncryptionKey(stack, 'key', { name: 'shop/tokens', description: 'Tokens of the shop' }).arn;
    const token = new Secret(stack, 'token', { name: 'shop/orders/token', keyArn, rotation });
    (token.node.findChild('value') as unknown as { addOverride(path: string, value: string): void }).addOverride('secret_string_wo', 'hunter2-hunter2');
    expect(() => written(stack)).toThrow(/test\/token\/value secret_string_wo: is a secret written out(?!.*hunter2)/);
  });
});

describe('secrets of services', () => {
  const shop = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.35', domain: 'shop.example', secretStore: { name: 'aws' } } } });
  const service = (name: string, secrets: Record<string, ReturnType<typeof secret>>) => shop.microservice({ name, team: 'a', tier: 1, image: `ghcr.io/acme/${name}`, secrets });
  const orders = service('orders', { session: secret('shop/orders/session'), mailUser: secret('mail', { property: 'user' }) });
  const payments = service('payments', { mailPassword: secret('mail', { property: 'password' }) });
  const made = (secrets: ServiceSecretsInput, services = [orders, payments]) => eksStack({ services, secrets, cluster: { addons: { 'external-secrets': true } } });

  test('are made once for each key, under the very key by which services read them', () => {
    const stack = written(made({ rotation, each: { 'shop/orders/session': { value: { length: 40 } } } }));
    expect(stack.ofType('aws_secretsmanager_secret').map(({ body }) => [body.name, body.description])).toEqual([['mail', 'Read by orders, payments'], ['shop/orders/session', 'Read by orders']]);
    expect(Object.keys(stack.json.variable ?? {})).toEqual(['secret_mail_password', 'secret_mail_user']);
    expect(stack.ofType('aws_kms_alias').map(({ body }) => body.name)).toContain('alias/shop/service-secrets');
  });

  test('can be read by external-secrets, whatever their names begin with', () => {
    const [policy] = written(made({ rotation })).ofType('aws_iam_role_policy').filter(({ path }) => path.includes('external-secrets'));
    const { Statement: [{ Resource: resources }] } = JSON.parse(String(policy.body.policy)) as { Statement: { Resource: string[] }[] };
    expect(resources).toEqual(['shop/', 'mail'].map(prefix => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${prefix}*`));
  });

  test('change no address of those that were there', () => {
    const [before, after] = [[orders, payments], [service('accounts', { key: secret('shop/accounts/key') }), orders, payments]].map(services => addressesOf(written(made({ rotation }, services))));
    expect(before.filter(address => !after.includes(address))).toEqual([]);
  });

  test('are named in the clear nowhere: the variables alone say what is to be given', () => {
    expect([variableOf('shop/orders/session'), variableOf('mail', 'user')]).toEqual(['secret_shop_orders_session', 'secret_mail_user']);
  });

  test.each<[string, Record<string, ReturnType<typeof secret>>, string]>([
    ['a key that Secrets Manager does not take', { token: secret('orders:token') }, 'other.secrets.token: has the key orders:token'],
    ['a key that is read in two ways', { mail: secret('mail') }, 'other.secrets.mail: read mail as a whole and by the property password, user'],
    ['keys that Terraform cannot tell apart', { a: secret('shop/a.b'), b: secret('shop/a/b') }, 'makes the variable secret_shop_a_b for shop/a/b, which shop/a.b makes too'],
  ])('refuse %s', (_, secrets, message) => {
    expect(() => made({ rotation }, [orders, payments, service('other', secrets)])).toThrow(message);
  });

  test('refuse to speak of secrets that nobody declares', () => {
    expect(() => made({ rotation, each: { 'shop/order/session': { version: 2 } } })).toThrow('each.shop/order/session: is no secret that the services declare, expected one of mail, shop/orders/session; did you mean shop/orders/session?');
  });
});
