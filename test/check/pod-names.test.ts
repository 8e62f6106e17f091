import { viewOf } from '../../src/check/cluster-view';

const set = (name: string, replicas?: number) => ({
  apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name, namespace: 'shop' },
  spec: {
    ...(replicas === undefined ? {} : { replicas }), selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [] } },
  },
});
const view = viewOf([set('db', 2), set('cache')], '1.37');
const selected = (labels: Record<string, string>) => view.podsCarrying(new Map(Object.entries(labels)), 'shop').map(({ workload }) => workload.name);
const pod = 'statefulset.kubernetes.io/pod-name';

test('a replica of a StatefulSet is found by its own name, which it carries as a label', () => {
  expect([selected({ [pod]: 'db-1' }), selected({ [pod]: 'cache-0' }), selected({ [pod]: 'db-0', app: 'db' })]).toEqual([['db'], ['cache'], ['db']]);
});

test('one that is not there is not', () => {
  const wanted: Record<string, string>[] = [{ [pod]: 'db-2' }, { [pod]: 'cache-1' }, { [pod]: 'db' }, { [pod]: 'db-01' }, { [pod]: 'db-0', app: 'cache' }];
  expect(wanted.map(selected)).toEqual([[], [], [], [], []]);
});
