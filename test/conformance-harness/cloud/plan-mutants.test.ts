import { mutantsOf, planOf, resourcesOf, type PlannedResource } from '../../conformance/cloud/stacks/plan-mutants';

const key: PlannedResource = {
  address: 'aws_kms_key.key', mode: 'managed', type: 'aws_kms_key', name: 'key', provider_name: 'registry.terraform.io/hashicorp/aws',
  values: {
    enable_key_rotation: true, deletion_window_in_days: 30, tags: { team: 'shop' }, list: ['10.0.0.0/8'],
    policy: JSON.stringify({ Statement: [{ Action: 'kms:Decrypt', Resource: 'x', Condition: {} }] }),
  },
};
const mutants = mutantsOf(key, [{ local: 'aws', namespace: 'hashicorp', name: 'aws', version: '6.25.0' }]);
const values = (name: string) => new Set(mutants.map(({ values: all }) => JSON.stringify(all[name])));

test('each argument is left out, turned round, made small and large, or opened', () => {
  expect(values('enable_key_rotation')).toEqual(new Set(['true', 'null', 'false']));
  expect(values('deletion_window_in_days')).toEqual(new Set(['30', 'null', '0', '1', '31', '1000']));
  expect(values('tags')).toEqual(new Set(['{"team":"shop"}', 'null', '{"team":null}', '{"team":""}', '{"team":"other"}']));
  expect(values('list')).toEqual(new Set(['["10.0.0.0/8"]', 'null', '[]', '["0.0.0.0/0"]']));
  expect([...values('policy')].filter(policy => /"Action\W+\*/.test(policy))).toHaveLength(2);
});

test('a switch that is not set is set both ways', () => {
  expect(values('is_enabled')).toEqual(new Set([undefined, 'true', 'false']));
});

test('each has an address of its own, and differs in one thing', () => {
  expect(new Set(mutants.map(({ address }) => address)).size).toBe(mutants.length);
  const changed = mutants.map(({ values: all }) => Object.keys(all).filter(name => JSON.stringify(all[name]) !== JSON.stringify(key.values[name])));
  expect(changed.filter(({ length }) => length > 1)).toEqual([]);
});

test('a plan of them has them as what is made', () => {
  expect(resourcesOf(planOf(mutants))).toEqual(JSON.parse(JSON.stringify(mutants)));
});
