import { stackOf, told } from './stacks';

const password = 'ephemeral.aws_secretsmanager_random_password.p';
const around = {
  ephemeral: { aws_secretsmanager_random_password: { p: { password_length: 20 } } },
  variable: { once: { type: 'string', ephemeral: true }, kept: { type: 'string', sensitive: true } },
  locals: { first: '${local.second}', second: 'a-${var.once}', third: '${ephemeralasnull(var.once)}' },
};
const secret = (text: string) => ({ 'aws_secretsmanager_secret.s': { name: 's', description: text } });
const version = (argument: object) => ({ 'aws_secretsmanager_secret_version.v': { secret_id: 's', ...argument } });
const kept = (what: string) => [`plant/s description: uses ${what}, which is ephemeral and would be kept here; only write-only arguments take it`];

describe('what Terraform forgets', () => {
  test.each<[string, string | undefined]>([
    [`\${${password}.random_password}`, `${password}.random_password`],
    [`x-\${upper(${password}.random_password)}`, `${password}.random_password`],
    ['${var.once}', 'var.once'],
    ['${local.first}', 'local.first'],
    ['${[for part in [var.once] : part][0]}', 'var.once'],
    ['${true ? "a" : var.once}', 'var.once'],
    ['${local.third}', undefined],
    ['${ephemeralasnull(var.once)}', undefined],
    ['${var.kept}', undefined],
  ])('as %s in an argument that is kept: %s', (text, what) => {
    expect(told(stackOf(secret(text), around))).toEqual(what === undefined ? [] : kept(what));
  });

  test('is taken by write-only arguments, by providers, provisioners and each other', () => {
    expect(told(stackOf({
      ...version({ secret_string_wo: `\${jsonencode({ a = ${password}.random_password, b = var.once, c = local.first })}`, secret_string_wo_version: 1 }),
      'terraform_data.run': { provisioner: [{ 'local-exec': { command: 'echo', environment: { TOKEN: '${var.once}' } } }] },
    }, {
      ...around, provider: { aws: [{ region: 'eu-central-1', token: '${var.once}' }] },
      ephemeral: { aws_secretsmanager_random_password: { p: { password_length: 20, exclude_characters: '${var.once}' } } },
    }))).toEqual([]);
  });

  test('beside which a write-only argument stands is told by its name', () => {
    expect(told(stackOf(version({ secret_string: '${var.once}' }), around))).toEqual([
      'plant/v secret_string: uses var.once, which is ephemeral and would be kept here; only write-only arguments take it; write secret_string_wo',
    ]);
  });

  test('decides on no number of blocks', () => {
    expect(told(stackOf({ 'aws_secretsmanager_secret.s': { name: 's', count: '${length(var.once)}' } }, around))).toEqual([
      'plant/s count: uses var.once, which is ephemeral and would be kept here; only write-only arguments take it',
    ]);
  });

  test('is put out by no stack', () => {
    expect(told(stackOf({}, { ...around, output: { o: { value: '${var.once}' }, p: { value: '${local.third}', ephemeral: true } } }))).toEqual([
      'output.o value: uses var.once, which is ephemeral and would be kept here; put out what others need to find it, such as its ARN',
      'output.p ephemeral: is true, but a stack puts out what lasts; put out what others need to find it, such as its ARN',
    ]);
  });
});

describe('an ephemeral resource', () => {
  const made = (body: object, type = 'aws_secretsmanager_random_password') => told(stackOf({}, { ephemeral: { [type]: { p: body } } }));

  test.each<[object, string]>([
    [{ password_lenght: 20 }, `${password} password_lenght: is no argument of aws_secretsmanager_random_password; did you mean password_length?`],
    [{ password_length: 'many' }, `${password} password_length: is "many", expected a number`],
    [{ random_password: 'x' }, `${password} random_password: is set, but only the provider can set it; remove it`],
    [{ exclude_characters: '${aws_vpc.none.id}' }, `${password} exclude_characters: refers to aws_vpc.none.id, but nothing in the stack is aws_vpc.none; add it to this stack, or remove the reference`],
    [{ exclude_characters: `\${${password}.random_password}` }, `${password} exclude_characters: refers to ${password}.random_password, which is the block itself; it would wait for itself: remove the reference`],
  ])('%j is refused', (body, message) => {
    expect(made(body)).toContain(message);
  });

  test('of a type that its provider does not have is refused, and one that is not shipped is left alone', () => {
    expect(made({}, 'aws_secretsmanager_random_passwords')[0]).toMatch(/is an ephemeral resource of type aws_secretsmanager_random_passwords, which provider aws .* does not have; did you mean aws_secretsmanager_random_password\?/);
    expect(made({}, 'aws_kms_secrets')).toEqual([]);
  });

  test('has the attributes of its schema alone', () => {
    expect(told(stackOf(version({ secret_string_wo: `\${${password}.password}`, secret_string_wo_version: 1 }), around))[0]).toMatch(/secret_string_wo: .*password.*random_password/);
  });
});
