import { environmentOf, expanded, type Sources } from '../../conformance/kafka/kubelet/environment';
import { pod } from './support';

const sources: Sources = {
  address: '127.2.1.1',
  secret: name => name === 'orders' ? { password: Buffer.from('p') } : undefined,
  configMap: name => name === 'facts' ? { zone: Buffer.from('a') } : undefined,
};
const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });

test('values come from where the variable says', () => {
  expect(environmentOf({
    env: [
      { name: 'PLAIN', value: 'x' }, { name: 'EMPTY' }, field('NAME', 'metadata.name'), field('NAMESPACE', 'metadata.namespace'), field('ADDRESS', 'status.podIP'),
      field('ROLE', "metadata.labels['role']"), field('NOTE', "metadata.annotations['note']"),
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'orders', key: 'password' } } },
      { name: 'ZONE', valueFrom: { configMapKeyRef: { name: 'facts', key: 'zone' } } },
      { name: 'NONE', valueFrom: { configMapKeyRef: { name: 'facts', key: 'other', optional: true } } },
    ],
  }, pod(), sources)).toEqual({ PLAIN: 'x', EMPTY: '', NAME: 'kafka-broker-a-0', NAMESPACE: 'shop', ADDRESS: '127.2.1.1', ROLE: 'broker', NOTE: 'here', PASSWORD: 'p', ZONE: 'a' });
});

test('a value may name variables before it', () => {
  expect(environmentOf({ env: [{ name: 'A', value: '1' }, { name: 'B', value: '$(A)2 $(C) $$(A)' }, { name: 'C', value: '3' }] }, pod(), sources)).toEqual({ A: '1', B: '12 $(C) $(A)', C: '3' });
  expect(expanded('--id=$(A) $(B) $$5', { A: '1' })).toBe('--id=1 $(B) $5');
});

test.each([
  [{ name: 'P', valueFrom: { secretKeyRef: { name: 'orders', key: 'pasword' } } }, 'variable P: orders has no key pasword'],
  [{ name: 'P', valueFrom: { secretKeyRef: { name: 'order', key: 'password' } } }, 'variable P: order has no key password'],
  [field('P', 'status.hostIP'), 'fieldPath is status.hostIP, expected metadata.name'],
  [{ name: 'P', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } as object }, 'valueFrom is resourceFieldRef, expected fieldRef'],
])('what is not there is refused: %j', (variable, message) => {
  expect(() => environmentOf({ env: [variable] }, pod(), sources)).toThrow(message);
});
