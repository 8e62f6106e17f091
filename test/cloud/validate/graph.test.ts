import { network, stackOf, told } from './stacks';

const sections = {
  variable: { zones: { type: 'list(string)' }, shape: { type: 'object({ size = number, tags = optional(map(string)) })' }, any: {} },
  locals: { names: { cluster: 'c' }, loop: 'x', ids: '${[for s in aws_subnet.many : s.id]}' },
  module: { net: { source: './net', zones: '${var.zones}' } },
};
const many = { 'aws_subnet.many': { count: 2, vpc_id: 'v' }, 'aws_subnet.named': { for_each: { a: { size: 1 } }, vpc_id: 'v', tags: { a: '${each.key}', b: '${each.value.size}' } } };

/** What is wrong with an expression in the tag of a subnet. */
const tagged = (expression: string, more: object = {}) => told(stackOf({ ...network, ...many, 'aws_eks_cluster.c': { name: 'c', role_arn: 'r', vpc_config: { subnet_ids: ['s'] } },
  'aws_subnet.t': { vpc_id: 'v', tags: { t: `\${${expression}}` }, ...more } }, { ...sections })).map(line => line.replace('plant/t tags.t: ', ''));

describe('an expression', () => {
  test.each([
    'aws_vpc.main.id', 'aws_vpc.main.tags["a"]', 'aws_vpc.main.tags.a', 'aws_eks_cluster.c.identity[0].oidc[0].issuer', 'aws_eks_cluster.c.identity.0.oidc.0.issuer',
    'aws_eks_cluster.c.vpc_config[0].vpc_id', 'aws_subnet.many[0].id', 'aws_subnet.many[length(var.zones) - 1].id', 'join(",", aws_subnet.many[*].id)', 'aws_subnet.named["a"].id',
    'join("", [for k, s in aws_subnet.named : "${k}${s.id}"])', 'tolist(aws_eks_cluster.c.enabled_cluster_log_types)[0]', 'var.zones[0]', 'var.shape.size', 'var.shape.tags["x"]', 'var.any.thing',
    'local.names.cluster', 'local.ids[0]', 'module.net.anything[0]', 'path.module', 'terraform.workspace', 'one(aws_subnet.many[*].id)', 'element(aws_subnet.many, 0).id',
    '{for k, v in aws_subnet.named : k => v.arn}["a"]', 'provider::aws::arn_parse(aws_vpc.main.arn).service', 'core::upper("a")', 'max([1, 2]...)', 'jsondecode("{}").a',
    '(true ? aws_vpc.main : aws_vpc.main).id', '{ a = 1 }.a', 'lookup(aws_vpc.main.tags, "a", "b")', 'coalesce(null, "a")',
  ])('%s may stand', expression => {
    expect(tagged(expression)).toEqual([]);
  });

  test.each([
    ['aws_vpc.mian.id', 'refers to aws_vpc.mian.id, but nothing in the stack is aws_vpc.mian; did you mean aws_vpc.main?'],
    ['aws_vpc.other.id', 'refers to aws_vpc.other.id, but nothing in the stack is aws_vpc.other, expected aws_vpc.main'],
    ['aws_kms_key.k.arn', 'refers to aws_kms_key.k.arn, but nothing in the stack is aws_kms_key.k; add it to this stack, or remove the reference'],
    ['data.aws_vpc.main.id', 'refers to data.aws_vpc.main.id, but nothing in the stack is data.aws_vpc.main; add it to this stack, or remove the reference'],
    ['word', 'refers to word, expected type.name.attribute; write $${ where the text itself is meant'],
    ['data.aws_vpc', 'refers to data.aws_vpc, expected data.type.name.attribute; write $${ where the text itself is meant'],
    ['aws_vpc.main.idd', 'refers to aws_vpc.main.idd, but aws_vpc.main has no idd; did you mean id?'],
    ['aws_vpc.main.id.x', 'refers to aws_vpc.main.id.x, but aws_vpc.main.id is text, which has no x'],
    ['aws_vpc.main.id[0]', 'refers to aws_vpc.main.id[0], but aws_vpc.main.id is text, which has no index'],
    ['aws_eks_cluster.c.identity.oidc', 'refers to aws_eks_cluster.c.identity.oidc, but aws_eks_cluster.c.identity is a list of objects; name one of them before .oidc, such as [0]'],
    ['aws_eks_cluster.c.identity[0].oidc[0].isuer', 'refers to aws_eks_cluster.c.identity[0].oidc[0].isuer, but aws_eks_cluster.c.identity[0].oidc[0] has no isuer; did you mean issuer?'],
    ['aws_eks_cluster.c.identity["x"]', 'refers to aws_eks_cluster.c.identity["x"], but aws_eks_cluster.c.identity is a list of objects, expected a number as index, not "x"'],
    ['aws_eks_cluster.c.enabled_cluster_log_types[0]',
      'refers to aws_eks_cluster.c.enabled_cluster_log_types[0], but aws_eks_cluster.c.enabled_cluster_log_types is a set, whose members have no index; write tolist(…)[0]'],
    ['aws_vpc.main[0].id', 'refers to aws_vpc.main[0].id, but aws_vpc.main has neither count nor for_each; leave the index out'],
    ['aws_subnet.many.id', 'refers to aws_subnet.many.id, but aws_subnet.many has count; name one of them, such as aws_subnet.many[0].id'],
    ['aws_subnet.named.id', 'refers to aws_subnet.named.id, but aws_subnet.named has for_each; name one of them, such as aws_subnet.named["key"].id'],
    ['aws_subnet.many[0].idd', 'refers to aws_subnet.many[0].idd, but aws_subnet.many[0] has no idd; did you mean id?'],
    ['join("", aws_subnet.many[*].idd)', 'refers to aws_subnet.many[*].idd, but aws_subnet.many[*] has no idd; did you mean id?'],
    ['join("", [for s in aws_subnet.many : s.idd])', 'refers to s.idd, but s has no idd; did you mean id?'],
    ['var.zone', 'refers to var.zone, but the stack has no variable zone; did you mean var.zones?'],
    ['var.shape.colour', 'refers to var.shape.colour, but var.shape has no colour, expected one of size, tags'],
    ['local.names.clster', 'refers to local.names.clster, but local.names has no clster; did you mean cluster?'],
    ['local.nope', 'refers to local.nope, but the stack has no local value nope'],
    ['module.nett.x', 'refers to module.nett.x, but the stack has no module nett; did you mean module.net?'],
    ['path.here', 'refers to path.here, expected path.module, path.root, path.cwd'],
    ['terraform.workspaces', 'refers to terraform.workspaces, expected terraform.workspace, terraform.applying; did you mean workspace?'],
    ['each.key', 'refers to each.key, but aws_subnet.t has no for_each'],
    ['count.index', 'refers to count.index, but aws_subnet.t has no count'],
    ['self.id', 'refers to self, which exists in provisioners, connections and postconditions only'],
    ['aws_subnet.t.id', 'refers to aws_subnet.t.id, which is the block itself; it would wait for itself: remove the reference'],
    ['uper("a")', 'calls uper, which is no function of Terraform; did you mean upper?'],
    ['cidrsubnet("10.0.0.0/8", 4)', 'calls cidrsubnet with 2 values, expected 3'],
    ['join()', 'calls join with 0 values, expected at least 1'],
    ['"a-${aws_subnet.many}"', 'puts aws_subnet.many, which is no text, into a text; use jsonencode(…) or join(…)'],
    ['aws_vpc.main.', 'cannot be read as an expression: expected a name before }; write $${ where the text itself is meant'],
    ['{ a = 1 }.b', 'refers to an expression.b, but an expression has no b; did you mean a?'],
    ['[1, 2][5]', 'refers to an expression[5], but an expression has 2 members, expected an index below that, not 5'],
  ])('%s may not', (expression, message) => {
    expect(tagged(expression)).toEqual([message]);
  });

  test('may name what repeats its block there', () => {
    expect(tagged('count.index', { count: 2 })).toEqual([]);
    expect(tagged('count.indx', { count: 2 })).toEqual(['refers to count.indx, expected count.index']);
    expect(tagged('each.value', { for_each: { a: 'b' } })).toEqual([]);
    expect(tagged('each.val', { for_each: { a: 'b' } })).toEqual(['refers to each.val, expected each.key or each.value']);
    expect(tagged('each.value.sise', { for_each: { a: { size: 1 } } })).toEqual(['refers to each.value.sise, but each.value has no sise; did you mean size?']);
  });

  test('may name self in a provisioner and a postcondition', () => {
    const postcondition = [{ condition: '${self.id != ""}', error_message: 'no' }];
    expect(tagged('var.any', { lifecycle: { postcondition }, provisioner: [{ 'local-exec': { command: '${self.arn}' } }] })).toEqual([]);
    expect(tagged('var.any', { provisioner: [{ 'local-exec': { command: '${self.arm}' } }] })).toEqual(['plant/t provisioner[0].local-exec.command: refers to self.arm, but self has no arm; did you mean arn?']);
  });

  test('cannot read what is write-only', () => {
    const json = stackOf({
      'aws_secretsmanager_secret_version.v': { secret_id: 's', secret_string_wo: '${var.s}', secret_string_wo_version: 1 },
      'aws_subnet.t': { vpc_id: '${aws_secretsmanager_secret_version.v.secret_string_wo}' },
    }, { variable: { s: {} } });
    expect(told(json)).toEqual(['plant/t vpc_id: refers to aws_secretsmanager_secret_version.v.secret_string_wo, which is write-only: nobody reads it back; take the value from where it comes from']);
  });
});

describe('depends_on', () => {
  const depending = (...on: unknown[]) => told(stackOf({ ...network, ...many, 'aws_subnet.t': { vpc_id: 'v', depends_on: on } }, { ...sections }));
  test.each<[unknown, string[]]>([
    ['aws_vpc.main', []],
    ['aws_subnet.many[0]', []],
    ['module.net', []],
    ['aws_vpc.mian', ['is "aws_vpc.mian", but nothing in the stack is aws_vpc.mian; did you mean aws_vpc.main?']],
    ['aws_vpc.main.id', ['is "aws_vpc.main.id", expected a whole block; write aws_vpc.main']],
    ['aws_subnet.t', ['is the block itself; it would wait for itself: remove it']],
    ['each.key', ['is "each.key", expected the address of a resource, a data source or a module']],
    [5, ['is 5, expected the address of a resource, a data source or a module']],
  ])('%s', (on, findings) => {
    expect(depending(on)).toEqual(findings.map(message => `plant/t depends_on[0]: ${message}`));
  });

  test('is a list', () => {
    expect(told(stackOf({ 'aws_subnet.t': { vpc_id: 'v', depends_on: null } }))).toEqual(['plant/t depends_on: is null, expected a list of addresses']);
    expect(told(stackOf({ 'aws_subnet.t': { vpc_id: 'v', depends_on: 'aws_vpc.main' } }))).toEqual(['plant/t depends_on: is "aws_vpc.main", expected a list of addresses']);
  });
});

test('replace_triggered_by names what is there', () => {
  const triggered = (by: string) => told(stackOf({ ...network, 'aws_subnet.t': { vpc_id: 'v', lifecycle: { replace_triggered_by: [by] } } }));
  expect(triggered('aws_vpc.main.id')).toEqual([]);
  expect(triggered('aws_vpc.main.idd')).toEqual(['plant/t lifecycle.replace_triggered_by[0]: refers to aws_vpc.main.idd, but aws_vpc.main has no idd; did you mean id?']);
});

describe('cycles', () => {
  const tag = (other: string) => ({ cidr_block: '10.0.0.0/16', tags: { a: `\${aws_vpc.${other}.id}` } });

  test('of two are told with their path', () => {
    expect(told(stackOf({ 'aws_vpc.a': tag('b'), 'aws_vpc.b': tag('a') })))
      .toEqual(['plant/a tags.a: waits for itself: aws_vpc.a (tags.a) → aws_vpc.b (tags.a) → aws_vpc.a; take one of these references out']);
  });

  test('of many, and more than one, are told once each', () => {
    const ring = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`aws_vpc.v${index}`, tag(`v${(index + 1) % 50}`)]));
    const findings = told(stackOf({ ...ring, 'aws_vpc.a': { ...tag('b') }, 'aws_vpc.b': { cidr_block: '10.0.0.0/16', depends_on: ['aws_vpc.a'] }, 'aws_vpc.alone': tag('a') }));
    expect(findings).toHaveLength(2);
    expect(findings[0]).toContain('aws_vpc.a (tags.a) → aws_vpc.b (depends_on[0]) → aws_vpc.a');
    expect(findings[1].split('→')).toHaveLength(51);
  });

  test('go through locals, data sources and providers', () => {
    const json = stackOf({ 'aws_vpc.a': { cidr_block: '${local.block}' }, 'data.aws_vpc.d': { id: '${aws_vpc.a.id}' } }, { locals: { block: '${data.aws_vpc.d.cidr_block}' } });
    expect(told(json)[0]).toContain('aws_vpc.a (cidr_block) → local.block → data.aws_vpc.d (id) → aws_vpc.a');
    expect(told(stackOf({ 'aws_vpc.a': { cidr_block: '10.0.0.0/16' } }, { provider: { aws: [{ region: '${aws_vpc.a.id}' }] } }))[0])
      .toContain('aws_vpc.a (provider) → provider.aws (region) → aws_vpc.a');
  });

  test('of locals end', () => {
    expect(told(stackOf({}, { locals: { a: '${local.b}', b: '${local.a}' } }))).toEqual(['local.a: waits for itself: local.a → local.b → local.a; take one of these references out']);
    expect(told(stackOf({}, { locals: { a: '${local.a}' } }))).toEqual(['local.a: refers to local.a, which is itself']);
  });
});
