import { createAddresses, hostsFileOf, hostsOf } from '../../conformance/kafka/kubelet/network';
import { pod, service } from './support';

const headless = service('kafka-broker', { clusterIP: 'None', selector: { role: 'broker' } });
const bootstrap = service('kafka', { selector: { role: 'broker' } });
const first = { ...pod(), address: '127.2.1.1' };
const second = { ...pod({ name: 'kafka-broker-b-0' }), address: '127.2.2.1' };
const namesOf = (services: Parameters<typeof hostsOf>[1], namespace?: string) => hostsOf([first, second], services, 'cluster.local', namespace).flatMap(({ names }) => names);

test('a pod keeps its address, and none has that of another', () => {
  const addressOf = createAddresses(2);
  expect([['a', 0], ['a', 1], ['b', 0], ['a', 0]].map(([owner, ordinal]) => addressOf({ owner: String(owner), ordinal: Number(ordinal) }))).toEqual(['127.2.1.1', '127.2.1.2', '127.2.2.1', '127.2.1.1']);
});

test('pods are found below their governing Service, and a Service is all that it selects', () => {
  expect(hostsOf([first, second], [headless, bootstrap], 'example.org').map(({ address, names }) => `${address} ${names.join(' ')}`)).toEqual([
    '127.2.1.1 kafka-broker-a-0.kafka-broker.shop.svc.example.org', '127.2.2.1 kafka-broker-b-0.kafka-broker.shop.svc.example.org',
    '127.2.1.1 kafka-broker.shop.svc.example.org', '127.2.2.1 kafka-broker.shop.svc.example.org',
    '127.2.1.1 kafka.shop.svc.example.org', '127.2.2.1 kafka.shop.svc.example.org',
  ]);
});

test('short names are known in their own namespace', () => {
  expect(namesOf([bootstrap], 'shop').slice(0, 4)).toEqual(['kafka.shop.svc.cluster.local', 'kafka.shop.svc', 'kafka.shop', 'kafka']);
  expect(namesOf([bootstrap], 'other').slice(0, 3)).toEqual(['kafka.shop.svc.cluster.local', 'kafka.shop.svc', 'kafka.shop']);
});

test.each([
  ['is missing', [bootstrap]],
  ['has an address', [service('kafka-broker', { selector: { role: 'broker' } })]],
  ['selects something else', [service('kafka-broker', { clusterIP: 'None', selector: { role: 'brokers' } })]],
  ['is in another namespace', [{ ...headless, metadata: { name: 'kafka-broker', namespace: 'other' } }]],
])('a pod has no name when its governing Service %s', (_, services) => {
  expect(namesOf(services).filter(name => name.startsWith('kafka-broker-a-0'))).toEqual([]);
});

test('a hosts file has a line for each address', () => {
  expect(hostsFileOf([{ address: '127.0.0.1', names: ['localhost', 'me'] }])).toBe('127.0.0.1 localhost me\n');
});
