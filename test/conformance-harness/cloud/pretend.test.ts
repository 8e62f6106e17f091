import { decode, encode, unknown, type Value } from '../../conformance/cloud/provider/message-pack';
import { pretend, refusing } from '../../conformance/cloud/provider/pretend';
import type { Schema } from '../../conformance/cloud/provider/schema';
import { bytes, read, text } from '../../conformance/cloud/provider/wire';

const schema: Schema = {
  provider: {},
  resource_schemas: {
    toy: {
      block: {
        attributes: {
          name: { type: 'string', required: true },
          arn: { type: 'string', computed: true },
          size: { type: 'number', optional: true, computed: true },
          password: { type: 'string', optional: true, write_only: true },
          parts: { nested_type: { nesting_mode: 'list', attributes: { id: { type: 'string', computed: true }, label: { type: 'string', optional: true } } }, optional: true },
        },
        block_types: { rule: { nesting_mode: 'list', block: { attributes: { id: { type: 'string', computed: true } } } } },
      },
    },
  },
  data_source_schemas: { aws_caller_identity: { block: { attributes: { account_id: { type: 'string', computed: true } } } } },
};
const cloud = pretend(schema);

const given = (more: readonly (readonly [string, Value])[] = []): Value => new Map<string, Value>([
  ['name', 'a'], ['arn', null], ['size', null], ['password', 'secret'], ['parts', null], ['rule', []], ...more,
]);

/** Asks, with the value in the field of the protocol where it belongs. */
function answer(call: string, type: string, field: number, value: Value): Value {
  return decode(read(read(cloud[call](Buffer.concat([text(1, type), bytes(field, bytes(1, encode(value)))]))).bytes(1)).bytes(1));
}

test('in a plan, what the cloud decides is not known, and what is write-only is gone', () => {
  expect(answer('PlanResourceChange', 'toy', 3, given([['rule', [new Map([['id', null]])]]]))).toEqual(new Map<string, Value>([
    ['name', 'a'], ['arn', unknown], ['size', unknown], ['password', null], ['parts', null], ['rule', [new Map([['id', unknown]])]],
  ]));
});

test('what is applied is made up, in the form that its name promises, and alike each time', () => {
  const planned = answer('PlanResourceChange', 'toy', 3, given([['parts', [new Map<string, Value>([['id', null], ['label', 'x']])]]]));
  const made = answer('ApplyResourceChange', 'toy', 3, planned);
  expect(made).toEqual(new Map<string, Value>([
    ['name', 'a'], ['arn', expect.stringMatching(/^arn:aws:/)], ['size', 1], ['password', null],
    ['parts', [new Map([['id', expect.stringMatching(/^id-\w{12}$/)], ['label', 'x']])]], ['rule', []],
  ]));
  expect(answer('ApplyResourceChange', 'toy', 3, planned)).toEqual(made);
  expect(answer('PlanResourceChange', 'toy', 3, made)).toEqual(made);
});

test('what is taken away is nothing afterwards', () => {
  expect(answer('PlanResourceChange', 'toy', 3, null)).toBeNull();
  expect(answer('ApplyResourceChange', 'toy', 3, null)).toBeNull();
});

test('a data source of the account is answered', () => {
  expect(answer('ReadDataSource', 'aws_caller_identity', 2, new Map([['account_id', null]]))).toEqual(new Map([['account_id', '123456789012']]));
});

test('what the cloud decides cannot be set, at the top and inside', () => {
  const said = cloud.ValidateResourceConfig(Buffer.concat([
    text(1, 'toy'), bytes(2, bytes(1, encode(given([['arn', 'mine'], ['rule', [new Map([['id', 'mine']])]]])))),
  ])).toString();
  expect(said).toContain('arn is decided by the provider');
  expect(said).toContain('rule.id is decided by the provider');
  expect(cloud.ValidateResourceConfig(Buffer.concat([text(1, 'toy'), bytes(2, bytes(1, encode(given([['size', 2]]))))]))).toHaveLength(0);
});

test('a cloud that refuses does so when it is planned for', () => {
  expect(() => refusing(schema).PlanResourceChange(Buffer.alloc(0))).toThrow('the cloud refuses');
});
