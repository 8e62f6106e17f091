import { isExternal } from '../../src/spec/external';
import { http } from '../../src/spec/ports';

test('what has a place outside is external, a contract is not', () => {
  const ports = { web: http(8080) };
  expect([isExternal({ name: 'a', ports, at: { namespace: 'b' } } as never), isExternal({ name: 'a', ports })]).toEqual([true, false]);
});
