import { allMountsOf, mountsOf, volumeFolder } from '../../conformance/kafka/kubelet/mounts';
import { container, pod } from './support';

const places = { pod: '/s/pods/p', claims: '/s/claims' };
const volumes = [{ name: 'config', configMap: { name: 'c' } }, { name: 'old', persistentVolumeClaim: { claimName: 'kept' } }];
const mounting = (...volumeMounts: { name: string; mountPath: string; subPath?: string }[]) => container({ volumeMounts });
const having = (...containers: ReturnType<typeof container>[]) => pod({ spec: { containers, volumes } });

test('what lives with the pod and what outlives it are in different places', () => {
  const one = having(container());
  expect(volumeFolder(one, 'config', places)).toBe('/s/pods/p/volumes/config');
  expect(volumeFolder(one, 'data', places)).toBe('/s/claims/data-kafka-broker-a-0');
  expect(volumeFolder(one, 'old', places)).toBe('/s/claims/kept');
});

test('a path below a volume is a path below its folder', () => {
  const mounts = mounting({ name: 'config', mountPath: '/etc/kafka/config' }, { name: 'data', mountPath: '/var/lib/kafka', subPath: 'data' });
  expect([...mountsOf(having(mounts), mounts, places)]).toEqual([['/etc/kafka/config', '/s/pods/p/volumes/config'], ['/var/lib/kafka', '/s/claims/data-kafka-broker-a-0/data']]);
});

test('a volume that the pod does not have is refused, and a path that is mounted twice', () => {
  const unknown = mounting({ name: 'confg', mountPath: '/etc' });
  expect(() => mountsOf(having(unknown), unknown, places)).toThrow('mount /etc of kafka: volume is confg, expected one that the pod has');
  const twice = mounting({ name: 'config', mountPath: '/etc' }, { name: 'data', mountPath: '/etc' });
  expect(() => mountsOf(having(twice), twice, places)).toThrow('it is there twice');
});

test('paths in files mean the same for all containers, or the pod is refused', () => {
  const first = mounting({ name: 'config', mountPath: '/a' });
  const second = { ...mounting({ name: 'config', mountPath: '/a' }, { name: 'data', mountPath: '/b' }), name: 'second' };
  expect([...allMountsOf(having(first, second), places).keys()]).toEqual(['/a', '/b']);
  const other = { ...mounting({ name: 'data', mountPath: '/a' }), name: 'other' };
  expect(() => allMountsOf(having(first, other), places)).toThrow('mount /a is of different volumes');
});
