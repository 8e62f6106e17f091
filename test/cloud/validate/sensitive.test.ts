import { stackOf, told } from './stacks';

const database = (password: unknown) => ({ 'aws_rds_cluster.d': { engine: 'aurora-postgresql', master_password: password } });
const variables = { variable: { p: { type: 'string', sensitive: true }, open: { type: 'string' } } };
const inClear = 'is a secret written out, which ends up in the synthesized file and in the state; let the provider make it, read it from a secret store, or take it from a variable that is sensitive';

describe('a sensitive argument', () => {
  test.each<[unknown, boolean]>([
    ['hunter2', true],
    ['', false],
    [12345, true],
    ['${var.p}', false],
    ['${"hunter2"}', true],
    ['a${"b"}c', true],
    ['${jsonencode({ password = "hunter2" })}', true],
    ['${jsonencode({ password = "hunter2", host = var.open })}', true],
    ['${jsonencode({ password = var.p, user = "root" })}', false],
    ['{"password":"hunter2","host":"${var.open}"}', true],
    ['{"password":"${var.p}","user":"root"}', false],
    ['$${var.p}', true],
    ['${uuid()}', false],
  ])('%j is written out: %s', (password, clear) => {
    expect(told(stackOf(database(password), variables))).toEqual(clear ? [`plant/d master_password: ${inClear}`] : []);
  });

  test('in a list or a nested block is found, too, and its value is not told', () => {
    const findings = told(stackOf({ 'aws_elasticache_user.u': {
      access_string: 'on', engine: 'valkey', user_id: 'u', user_name: 'u', passwords: ['${var.p}', 'hunter2'], authentication_mode: { type: 'password', passwords: ['hunter3'] },
    } }, variables));
    expect(findings.map(line => line.split(':')[0])).toEqual(['plant/u authentication_mode.passwords[0]', 'plant/u passwords[1]']);
    expect(findings.join()).not.toContain('hunter');
  });

  test('that is write-only would still stand in the file', () => {
    const [finding] = told(stackOf({ 'aws_secretsmanager_secret_version.v': { secret_id: 's', secret_string_wo: 'hunter2', secret_string_wo_version: 1 } }));
    expect(finding).toContain('which ends up in the synthesized file, and with it whoever reads that');
  });
});

test('credentials of a provider, and defaults of sensitive variables, are not written out', () => {
  expect(told(stackOf({}, { provider: { aws: [{ region: 'a', secret_key: 'x' }] } }))).toEqual([`provider.aws secret_key: ${inClear}`]);
  expect(told(stackOf({}, { provider: { aws: [{ region: 'a', secret_key: '${var.p}' }] }, ...variables }))).toEqual([]);
  expect(told(stackOf({}, { variable: { p: { sensitive: true, default: 'x' } } }))[0]).toMatch(/^var\.p default: is a secret written out as the default of a sensitive variable/);
  expect(told(stackOf({}, { variable: { p: { default: 'x' } } }))).toEqual([]);
});

describe('an output', () => {
  const shows = (value: unknown, more: object = {}) => told(stackOf(database('${var.p}'), { ...variables, locals: { secret: { inner: '${var.p}' } }, output: { o: { value, ...more } } }));
  const refused = ['output.o value: shows a sensitive value, which Terraform refuses; set sensitive to true, or put out what others need to find it, such as its ARN'];

  test.each<[unknown, boolean]>([
    ['${aws_rds_cluster.d.arn}', false],
    ['${aws_rds_cluster.d.master_password}', true],
    ['${aws_rds_cluster.d}', true],
    ['x-${aws_rds_cluster.d.master_password}', true],
    [{ deep: ['${var.p}'] }, true],
    ['${upper(var.p)}', true],
    ['${local.secret}', true],
    ['${local.secret.inner}', true],
    ['${var.open}', false],
    ['${nonsensitive(var.p)}', false],
    ['${issensitive(var.p)}', false],
    ['${sensitive(var.open)}', true],
    ['${var.p == "" ? "a" : "b"}', true],
    ['${[for c in [aws_rds_cluster.d] : c.arn]}', false],
    ['${[for c in [aws_rds_cluster.d] : c.master_password]}', true],
    ['${tolist([var.p])[0]}', true],
  ])('of %j shows a secret: %s', (value, secret) => {
    expect(shows(value)).toEqual(secret ? refused : []);
    expect(shows(value, { sensitive: true })).toEqual([]);
  });
});
