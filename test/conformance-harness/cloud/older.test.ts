import { withoutTheNew } from '../../conformance/cloud/stacks/older';

const schema = {
  resource_schemas: {
    aws_toy: { block: { attributes: { name: { type: 'string' } }, block_types: { part: { nesting_mode: 'list' as const, block: { attributes: { size: { type: 'number' } } } } } } },
  },
  data_source_schemas: {},
};

test('what the older version does not know is left out and named', () => {
  const stack = {
    resource: {
      aws_toy: { a: { name: 'a', region: 'x', part: [{ size: 1, color: 'red' }], lifecycle: {}, depends_on: [] } },
      aws_newer: { b: {} },
      random_id: { c: { length: 1 } },
    },
    data: { aws_newest: { d: {} } },
    output: { x: { value: 1 } },
  };
  expect(withoutTheNew(stack, schema)).toEqual({
    json: {
      resource: { aws_toy: { a: { name: 'a', part: [{ size: 1 }], lifecycle: {}, depends_on: [] } }, random_id: { c: { length: 1 } } },
      output: { x: { value: 1 } },
    },
    left: ['aws_newer', 'aws_newest', 'aws_toy.part.color', 'aws_toy.region'],
  });
});

test('what it knows stays as it is', () => {
  const stack = { resource: { aws_toy: { a: { name: 'a', part: { size: 1 } } } } };
  expect(withoutTheNew(stack, schema)).toEqual({ json: stack, left: [] });
});
