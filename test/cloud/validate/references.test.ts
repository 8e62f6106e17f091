import { bareReference, referencesIn, textsIn } from '../../../src/cloud/validate/references';

const told = (value: unknown) => referencesIn(value).map(({ kind, address, text }) => `${kind} ${address} ${text}`);

describe('references', () => {
  test.each([
    ['${aws_vpc.main.id}', ['resource aws_vpc.main aws_vpc.main.id']],
    ['${data.aws_region.here.name}', ['data data.aws_region.here data.aws_region.here.name']],
    ['${var.zones[0]}', ['var var.zones var.zones[0]']],
    ['${local.names["a"].b}', ['local local.names local.names["a"].b']],
    ['${module.network.vpc_id}', ['module module.network module.network.vpc_id']],
    ['${each.value.port} ${count.index} ${self.id}', ['each each.value each.value.port', 'count count.index count.index', 'self self self.id']],
    ['${path.module}/${terraform.workspace}', ['path path.module path.module', 'terraform terraform.workspace terraform.workspace']],
    ['${aws_subnet.all[count.index].id}', ['resource aws_subnet.all aws_subnet.all[…].id', 'count count.index count.index']],
    ['${[for v in aws_subnet.all[*].id : upper(v)]}', ['resource aws_subnet.all aws_subnet.all[*].id']],
    ['${join(",", ["${aws_vpc.a.id}", aws_vpc.b.id])}', ['resource aws_vpc.a aws_vpc.a.id', 'resource aws_vpc.b aws_vpc.b.id']],
    ['$${aws_vpc.main.id}', []],
  ])('of %s', (text, references) => {
    expect(told(text)).toEqual(references);
  });

  test('stand in keys, lists and objects, too', () => {
    expect(told({ '${var.a}': [{ b: '${var.b}' }] })).toEqual(['var var.a var.a', 'var var.b var.b']);
  });

  test('are none where a dynamic block binds the name', () => {
    const body = { dynamic: { setting: { for_each: '${var.settings}', content: { value: '${setting.value.size}', other: '${var.other}' } } } };
    expect(told(body)).toEqual(['var var.settings var.settings', 'var var.other var.other']);
    expect(textsIn(body).map(({ at }) => at)).toEqual(['dynamic.setting.for_each', 'dynamic.setting.content.value', 'dynamic.setting.content.other']);
  });

  test('stand bare in depends_on', () => {
    expect(bareReference('aws_vpc.main')?.address).toBe('aws_vpc.main');
    expect(bareReference('${data.aws_region.here}')?.address).toBe('data.aws_region.here');
    expect(bareReference('upper("a")')).toBeUndefined();
  });
});
