import { judgeOfImage } from '../../conformance/kafka/kubelet/images';
import { deployedPodsOf, jobPodOf, podsOf } from '../../conformance/kafka/kubelet/pods';
import { container } from './support';

const set = (spec: object) => ({
  apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'kafka-broker-a', namespace: 'shop' },
  spec: { serviceName: 'kafka-broker', template: { metadata: { labels: { role: 'broker' } }, spec: { containers: [container()] } }, volumeClaimTemplates: [{ metadata: { name: 'data' } }], ...spec },
});

test('a StatefulSet is as many pods as it has replicas, each with its claims', () => {
  expect(podsOf([set({ replicas: 2, ordinals: { start: 3 } })])).toMatchObject([
    { name: 'kafka-broker-a-3', ordinal: 3, namespace: 'shop', owner: 'kafka-broker-a', claims: { data: 'data-kafka-broker-a-3' }, labels: { role: 'broker', 'statefulset.kubernetes.io/pod-name': 'kafka-broker-a-3' } },
    { name: 'kafka-broker-a-4', serviceName: 'kafka-broker' },
  ]);
  expect(podsOf([set({})])).toHaveLength(1);
  expect(podsOf([set({ replicas: 0 })])).toHaveLength(0);
});

test('a Deployment is as many pods as it has replicas, without claims', () => {
  const deployment = (spec: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'lag', namespace: 'shop' }, spec: { template: { metadata: { labels: { role: 'lag' } }, spec: { containers: [container()] } }, ...spec } });
  expect(deployedPodsOf([deployment({ replicas: 2 }), set({})]).map(({ name, owner, labels, claims }) => [name, owner, labels, claims])).toEqual([0, 1].map(index => [`lag-${index}`, 'lag', { role: 'lag' }, {}]));
  expect(deployedPodsOf([deployment({})])).toHaveLength(1);
});

test('each run of a Job is a pod of its own', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'provision' }, spec: { template: { spec: { containers: [container()] } } } };
  expect([1, 2].map(run => jobPodOf(job, run).name)).toEqual(['provision-1', 'provision-2']);
});

test('the tag of an image says whose jars stand for it', () => {
  const judges = ['4.3.1', '3.9.2'].map(version => ({ name: 'kafka', version, path: `/jars/${version}` }));
  const digest = `sha256:${'0'.repeat(64)}`;
  expect(['apache/kafka:3.9.2', `registry.example:5000/apache/kafka:4.3.1@${digest}`].map(image => judgeOfImage(image, judges).version)).toEqual(['3.9.2', '4.3.1']);
  for (const image of ['apache/kafka', 'apache/kafka:latest', `apache/kafka@${digest}`]) expect(() => judgeOfImage(image, judges)).toThrow('expected one with a tag of 4.3.1 or 3.9.2');
});
