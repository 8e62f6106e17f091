import { network, stackOf, told } from './stacks';
import { judge, readStack } from '../../../src/cloud/validate';
import type { ProviderKnowledge } from '../../../src/cloud/validate';

const subnet = { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24' };
const subnetWith = (body: object, sections?: object) => told(stackOf({ 'aws_subnet.a': { ...subnet, ...body } }, { ...sections }));
const secret = { secret_id: 'a' };

test('a stack that is right has no findings', () => {
  expect(told(stackOf(network))).toEqual([]);
});

describe('an argument', () => {
  test.each<[string, object, string[]]>([
    ['that exists', { tags: { a: 'b' } }, []],
    ['that does not', { cidr_blok: 'x' }, ['plant/a cidr_blok: is no argument of aws_subnet; did you mean cidr_block?']],
    ['that nothing is like', { price: 1 }, ['plant/a price: is no argument of aws_subnet; remove it']],
    ['that is missing', { vpc_id: null }, ['plant/a vpc_id: is missing, expected text; aws_subnet needs it']],
    ['that only the provider sets', { arn: 'x' }, ['plant/a arn: is set, but only the provider can set it; remove it']],
    ['that would be read-only and is not set', { arn: null }, []],
    ['true as text', { map_public_ip_on_launch: 'true' }, []],
    ['text for true', { map_public_ip_on_launch: 'yes' }, ['plant/a map_public_ip_on_launch: is "yes", expected true or false']],
    ['a number as text', { enable_lni_at_device_index: '1' }, []],
    ['text for a number', { enable_lni_at_device_index: 'one' }, ['plant/a enable_lni_at_device_index: is "one", expected a number']],
    ['a boolean for a number', { enable_lni_at_device_index: true }, ['plant/a enable_lni_at_device_index: is true, expected a number']],
    ['a number for text', { availability_zone: 5 }, []],
    ['a list for text', { availability_zone: ['a'] }, ['plant/a availability_zone: is ["a"], expected text; take it out of the list']],
    ['text for a map', { tags: 'a' }, ['plant/a tags: is "a", expected a map of text']],
    ['a list in a map of text', { tags: { a: ['b'] } }, ['plant/a tags["a"]: is ["b"], expected text; take it out of the list']],
    ['a list for a map', { tags: [{ a: 'b' }] }, ['plant/a tags: is [{"a":"b"}], expected a map of text; take it out of the list']],
  ])('%s', (_, body, findings) => {
    expect(subnetWith(body)).toEqual(findings);
  });

  test('takes what an expression gives, where it fits', () => {
    const group = (ids: unknown) => told(stackOf({ ...network, 'aws_db_subnet_group.d': { subnet_ids: ids } }));
    expect(group(['${aws_subnet.a.id}'])).toEqual([]);
    expect(group('${[aws_subnet.a.id]}')).toEqual([]);
    expect(group('${toset([aws_subnet.a.id])}')).toEqual([]);
    expect(group('${aws_subnet.a.id}')).toEqual(['plant/d subnet_ids: is "${aws_subnet.a.id}", thus text, expected a set of text']);
    expect(group('x${aws_subnet.a.id}')).toEqual(['plant/d subnet_ids: is "x${aws_subnet.a.id}", expected a set of text']);
    expect(group('subnet-1')).toEqual(['plant/d subnet_ids: is "subnet-1", expected a set of text; write ["subnet-1"]']);
    expect(group(['a', null])).toEqual(['plant/d subnet_ids[1]: is null, which has no place in a list; leave it out']);
  });

  test('that is a list of objects needs every member, and drops none without a word', () => {
    const rule = { cidr_blocks: null, description: null, from_port: 1, ipv6_cidr_blocks: null, prefix_list_ids: null, protocol: 'tcp', security_groups: null, self: null, to_port: 2 };
    const group = (ingress: unknown) => told(stackOf({ 'aws_security_group.s': { ingress } }));
    expect(group([rule])).toEqual([]);
    expect(group([{ ...rule, port: 1 }])[0]).toMatch(/^plant\/s ingress\[0\]\.port: is no member, .*dropped without a word/);
    expect(group([{ from_port: 1, to_port: 2, protocol: 'tcp', cidr_blocks: [], description: '', ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [] }]))
      .toEqual(['plant/s ingress[0]: has no self, expected every member; write null where it is not set']);
    expect(group(rule)[0]).toMatch(/expected a set of objects; put it into a list$/);
    expect(group('${[for p in [1] : { from_port = p }]}')[0]).toMatch(/thus a list of objects, expected a set of objects with every member; write cidr_blocks, /);
  });
});

describe('a block', () => {
  const role = { name: 'c', role_arn: 'arn' };
  const cluster = (body: object) => told(stackOf({ 'aws_eks_cluster.c': { ...role, vpc_config: { subnet_ids: ['a'] }, ...body } }));

  test.each<[string, object, string[]]>([
    ['once, as an object or in a list', { access_config: [{ authentication_mode: 'API' }] }, []],
    ['that is missing', { vpc_config: undefined }, ['plant/c vpc_config: is missing, expected at least 1 block']],
    ['that is empty', { vpc_config: [] }, ['plant/c vpc_config: is missing, expected at least 1 block']],
    ['too many times', { vpc_config: [{ subnet_ids: ['a'] }, { subnet_ids: ['b'] }] }, ['plant/c vpc_config: is there 2 times, expected at most 1 block']],
    ['given as a value', { access_config: 'API' }, ['plant/c access_config: is "API", but it is a block, expected an object']],
    ['given as an expression', { access_config: '${var.a}' }, ['plant/c access_config: is "${var.a}", but it is a block, expected an object; make it with a dynamic block',
      'plant/c access_config: refers to var.a, but the stack has no variable a']],
    ['with an unknown argument', { access_config: { mode: 'API' } }, ['plant/c access_config.mode: is no argument of access_config; remove it']],
    ['without an argument it needs', { vpc_config: {} }, ['plant/c vpc_config.subnet_ids: is missing, expected a set of text; vpc_config needs it']],
    ['made by a dynamic block', { dynamic: { encryption_config: { for_each: ['k'], content: { resources: ['secrets'], provider: { key_arn: '${encryption_config.value}' } } } } }, []],
    ['made by a dynamic block of an unknown kind', { dynamic: { encryption: { for_each: ['k'], content: {} } } },
      ['plant/c dynamic.encryption: is no block of aws_eks_cluster']],
    ['made by a dynamic block without what it needs', { dynamic: { access_config: { for_each: ['k'], contents: {} } } },
      ['plant/c dynamic.access_config.content: is missing; a dynamic block needs it',
        'plant/c dynamic.access_config.contents: is no argument of a dynamic block, expected for_each, iterator, content; did you mean content?']],
    ['made wrongly by a dynamic block', { dynamic: { access_config: { for_each: { a: 1 }, iterator: 'it', content: { mode: '${it.values}' } } } },
      ['plant/c dynamic.access_config.content.mode: is no argument of access_config; remove it',
        'plant/c dynamic.access_config.content.mode: refers to it.values, but it has no values; did you mean value?']],
  ])('%s', (_, body, findings) => {
    expect(cluster(body)).toEqual(findings);
  });
});

describe('write-only arguments', () => {
  const version = (body: object) => told(stackOf({ 'aws_secretsmanager_secret_version.v': { ...secret, ...body } }, { variable: { s: { sensitive: true } } }));
  test('stand with their version, and alone', () => {
    expect(version({ secret_string_wo: '${var.s}', secret_string_wo_version: 1 })).toEqual([]);
    expect(version({ secret_string_wo: '${var.s}' })).toEqual([
      'plant/v secret_string_wo_version: is missing, expected beside secret_string_wo: the provider learns of a change of the value by its version',
    ]);
    expect(version({ secret_string_wo: '${var.s}', secret_string_wo_version: 1, secret_string: '${var.s}' })).toEqual([
      'plant/v secret_string: is set beside secret_string_wo, expected one of them; keep secret_string_wo, which enters no state',
    ]);
  });
});

describe('meta-arguments', () => {
  test.each<[string, object, string[]]>([
    ['count', { count: 2 }, []],
    ['count below 0', { count: -1 }, ['plant/a count: is -1, expected a whole number from 0']],
    ['count as a list', { count: ['a'] }, ['plant/a count: is ["a"], expected a whole number from 0']],
    ['for_each over a map', { for_each: { a: 1 } }, []],
    ['for_each over a list', { for_each: ['a'] }, ['plant/a for_each: is a list of 1, expected a map or a set of text; write toset(…) around a list']],
    ['both', { count: 1, for_each: { a: 1 } }, ['plant/a for_each: stands beside count, expected one of them; remove one']],
    ['the default provider', { provider: 'aws' }, []],
    ['a provider that is not there', { provider: 'aws.est' }, ['plant/a provider: is "aws.est", expected a provider of the stack: aws, aws.east; did you mean aws.east?']],
    ['ignore_changes', { lifecycle: { ignore_changes: ['tags["a"]', 'cidr_block'] } }, []],
    ['ignore_changes of all', { lifecycle: { ignore_changes: 'all' } }, []],
    ['ignore_changes of what is not there', { lifecycle: { ignore_changes: ['tag'] } }, ['plant/a lifecycle.ignore_changes[0]: is "tag", but aws_subnet has no tag; did you mean tags?']],
    ['ignore_changes as text', { lifecycle: { ignore_changes: 'tags' } }, ['plant/a lifecycle.ignore_changes: is "tags", expected a list of arguments or "all"']],
    ['an unknown lifecycle', { lifecycle: { prevent_delete: true } }, ['plant/a lifecycle.prevent_delete: is no argument of lifecycle; remove it']],
    ['a lifecycle by an expression', { lifecycle: { prevent_destroy: '${1 > 0}' } },
      ['plant/a lifecycle.prevent_destroy: is "${1 > 0}", expected true or false: Terraform reads it before any expression']],
    ['a condition', { lifecycle: { precondition: [{ condition: '${1 > 0}', error_message: 'no' }] } }, []],
    ['a condition without a message', { lifecycle: { precondition: [{ condition: '${1 > 0}' }] } },
      ['plant/a lifecycle.precondition[0].error_message: is missing, expected text; lifecycle.precondition needs it']],
    ['a provisioner', { provisioner: [{ 'local-exec': { command: 'echo ${self.id}' } }] }, []],
    ['an unknown provisioner', { provisioner: [{ 'local-exe': {} }] },
      ['plant/a provisioner[0].local-exe: is no provisioner, expected local-exec, remote-exec, file; did you mean local-exec?']],
    ['a provisioner without its command', { provisioner: [{ 'local-exec': {} }] },
      ['plant/a provisioner[0].local-exec.command: is missing, expected text; provisioner.local-exec needs it']],
    ['a connection without a host', { connection: { type: 'ssh' } }, ['plant/a connection.host: is missing, expected text; connection needs it']],
  ])('%s', (_, body, findings) => {
    expect(subnetWith(body, { provider: { aws: [{ region: 'a' }, { alias: 'east' }] } })).toEqual(findings);
  });

  test('follow blocks that are lists to their members', () => {
    const pool = (path: string) => told(stackOf({ 'aws_eks_node_group.p': {
      cluster_name: 'c', node_role_arn: 'r', subnet_ids: ['s'], scaling_config: { min_size: 1, max_size: 1, desired_size: 1 }, lifecycle: { ignore_changes: [path] },
    } }));
    expect(pool('scaling_config[0].desired_size')).toEqual([]);
    expect(pool('scaling_config.desired_size')).toEqual(['plant/p lifecycle.ignore_changes[0]: is "scaling_config.desired_size", but aws_eks_node_group has scaling_config as a list; write scaling_config[0].desired_size']);
    expect(pool('scaling_config[0].size')).toEqual(['plant/p lifecycle.ignore_changes[0]: is "scaling_config[0].size", but aws_eks_node_group has no size']);
  });
});

describe('types', () => {
  test('that the provider does not have are told with the one that was meant', () => {
    expect(told(stackOf({ 'aws_subnett.a': subnet }))).toEqual(['plant/a: is a resource of type aws_subnett, which provider aws 6.25.0 does not have; did you mean aws_subnet?']);
    expect(told(stackOf({ 'data.aws_regin.a': {} }))).toEqual(['plant/a: is a data source of type aws_regin, which provider aws 6.25.0 does not have; did you mean aws_region?']);
    expect(told(stackOf({ 'awss_subnet.a': subnet }))).toEqual(['plant/a: is of type awss_subnet, but the stack requires no provider awss; did you mean aws_subnet?']);
  });

  test('that were left out, and those of other providers, are left alone and counted', () => {
    const json = stackOf({ 'aws_lambda_function.f': { whatever: true }, 'google_project.p': { what: '${aws_lambda_function.f.anything.at[0].all}' }, 'google_project.q': {} });
    expect(judge(readStack('plant', json), [])).toMatchObject({ findings: [], unjudged: { aws_lambda_function: 1, google_project: 2 } });
    expect(told(json)).toEqual([]);
  });

  test('of a provider at another version than is known are left alone', () => {
    const json = (version: string) => stackOf({ 'aws_subnet.a': { wrong: 1 } }, { terraform: { required_providers: { aws: { source: 'aws', version } } } });
    expect(told(json('6.25.0'))).toHaveLength(2);
    expect(told(json('~> 6.20, != 6.24.0'))).toHaveLength(2);
    for (const other of ['7.0.0', '~> 6.26', '< 6.25', '> 6.25.0', '!= 6.25.0', '<= 6.24']) expect(told(json(other))).toEqual([]);
  });

  test('that Terraform brings itself are known', () => {
    expect(told(stackOf({ 'terraform_data.d': { input: '${terraform_data.e.output.anything}' }, 'terraform_data.e': { inputs: 1 } })))
      .toEqual(['plant/e inputs: is no argument of terraform_data; did you mean input?']);
    expect(told(stackOf({ 'data.terraform_remote_state.s': { config: { path: 'x' } } }))).toEqual(['plant/s backend: is missing, expected text; terraform_remote_state needs it']);
  });
});

describe('other sections', () => {
  test.each<[string, object, string[]]>([
    ['an output', { output: { o: { value: 1, description: 'x' } } }, []],
    ['an output without a value', { output: { o: { descripton: 'x' } } }, ['output.o descripton: is no argument of output.o; did you mean description?', 'output.o value: is missing, expected any value; output.o needs it']],
    ['an output with null', { output: { o: { value: null, description: null } } }, ['output.o description: is null; leave it out', 'output.o value: is missing, expected any value; output.o needs it']],
    ['a variable', { variable: { v: { type: 'map(string)', default: {} } } }, []],
    ['a variable with an unknown argument', { variable: { v: { kind: 'string' } } }, ['var.v kind: is no argument of var.v; remove it']],
    ['a provider', { provider: { aws: [{ region: 'a', default_tags: [{ tags: { a: 'b' } }] }] } }, []],
    ['a provider with an unknown argument', { provider: { aws: [{ regoin: 'a' }] } }, ['provider.aws regoin: is no argument of provider aws; did you mean region?']],
    ['a provider twice', { provider: { aws: [{ region: 'a' }, { region: 'b' }] } }, ['provider.aws alias: is missing in a second provider, expected each once; give it an alias of its own']],
    ['a backend by an expression', { terraform: { backend: { s3: { bucket: '${var.b}' } } } },
      ['plant backend.s3.bucket: is "${var.b}", expected a value that is known at synth: Terraform reads its settings before any expression']],
  ])('%s', (_, sections, findings) => {
    expect(told(stackOf({}, { ...sections }))).toEqual(findings);
  });

  test('outputs are told by the paths of their constructs', () => {
    expect(told(stackOf({}, { '//': { outputs: { plant: { net: { id: 'net_id_1' } } } }, 'output': { net_id_1: { value: '${var.x}' } } })))
      .toEqual(['plant/net/id value: refers to var.x, but the stack has no variable x']);
  });
});

describe('nested attributes', () => {
  const attributes = { size: { type: 'number', required: true }, name: { type: 'string', optional: true } };
  const provider: ProviderKnowledge = {
    name: 'toy', version: '1.0.0', rules: {}, policies: [],
    schema: { data_source_schemas: {}, resource_schemas: { toy_box: { block: { attributes: {
      one: { optional: true, nested_type: { nesting_mode: 'single', attributes } },
      many: { optional: true, nested_type: { nesting_mode: 'list', attributes } },
      named: { optional: true, nested_type: { nesting_mode: 'map', attributes } },
    } } } } },
  };
  test.each<[object, string[]]>([
    [{ one: { size: 1 }, many: [{ size: 1, name: 'a' }], named: { a: { size: 2 } } }, []],
    [{ one: { sise: 1 } }, ['plant/b one.sise: is no argument of one; did you mean size?', 'plant/b one.size: is missing, expected a number; one needs it']],
    [{ many: [{ size: 'x' }] }, ['plant/b many[0].size: is "x", expected a number']],
    [{ many: { size: 1 } }, ['plant/b many: is {"size":1}, expected a list of any values; put it into a list']],
    [{ named: { a: { size: 1, no: 2 } } }, ['plant/b named["a"].no: is no argument of named["a"]; remove it']],
    [{ one: [1] }, ['plant/b one: is [1], expected an object']],
  ])('%j', (body, findings) => {
    expect(told(stackOf({ 'toy_box.b': { ...body } }), provider)).toEqual(findings);
  });

  test('are followed by references', () => {
    expect(told(stackOf({ 'toy_box.a': {}, 'toy_box.b': { one: { size: '${toy_box.a.many[0].sise}' } } }), provider))
      .toEqual(['plant/b one.size: refers to toy_box.a.many[0].sise, but toy_box.a.many[0] has no sise; did you mean size?']);
  });
});
