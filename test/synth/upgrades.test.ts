import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { PlatformChart } from '../../src/charts';
import { synthesize } from '../../src/synth';
import { identityOf } from '../../src/kafka/identity';
import { kafkaCluster } from '../support/kafka';
import { filesBelow, inFolder, put } from '../support/folder';
import { refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';
import type { MicroserviceSpec } from '../../src/spec';

const fields = { kind: 'claim', at: '/data', sizeGiB: 10 } as const;

/** The description with one volume, rendered and written. */
function write(outdir: string, volume: object, workload: object = { kind: 'stateful' }, dryRun = false) {
  const service = shop.microservice({ ...minimal, workload, scale: { replicas: 1 }, rollout: 'kind' in workload && workload.kind === 'deployment' ? { recreate: true } : undefined, volumes: { data: { ...fields, ...volume } } } as never);
  const app = new App();
  new PlatformChart(app, 'dev', { environment: 'dev', services: [service as unknown as MicroserviceSpec], releases: { api: '1.0.0' } });
  return synthesize(app, { outdir, owner: 'shop', dryRun });
}

const meant = 'when that is done, remove this file and run it again';
const move = `give the volume another name and move the data, or, where it may be lost, delete the object in the cluster first; ${meant}`;
const orphan = `delete the StatefulSet in the cluster with --cascade=orphan, so that its pods and claims stay, and resize or move the claims by hand first; ${meant}`;

test('a claim that replicas share can grow, and nothing is written when it shrinks', () => inFolder(outdir => {
  write(outdir, {}, { kind: 'deployment' });
  write(outdir, { sizeGiB: 20 }, { kind: 'deployment' });
  const before = filesBelow(outdir);
  for (const dryRun of [false, true]) {
    expect(refusalOf('UPGRADE_REFUSED', () => write(outdir, { sizeGiB: 19, storageClass: 'slow' }, { kind: 'deployment' }, dryRun))).toEqual([
      `${join(outdir, 'dev/api/persistentvolumeclaim-api-data.yaml')}: spec.resources.requests.storage is 19Gi, was 20Gi: a claim never shrinks; ${move}`,
      `${join(outdir, 'dev/api/persistentvolumeclaim-api-data.yaml')}: spec.storageClassName is slow, was unset: a claim stays in its storage class; ${move}`,
    ]);
  }
  expect(filesBelow(outdir)).toEqual(before);
}));

test.each([['grow', 20, '20Gi'], ['shrink', 5, '5Gi']])('a claim per replica cannot %s, since its StatefulSet never changes', (_, sizeGiB, size) => inFolder(outdir => {
  write(outdir, {});
  expect(refusalOf('UPGRADE_REFUSED', () => write(outdir, { sizeGiB }))).toEqual([
    `${join(outdir, 'dev/api/statefulset-api.yaml')}: spec.volumeClaimTemplates[volume-data].spec.resources.requests.storage is ${size}, was 10Gi: the claims of a StatefulSet never change; ${orphan}`,
  ]);
}));

test.each([['stateful', 'statefulset-api.yaml'], ['deployment', 'persistentvolumeclaim-api-data.yaml']])('a claim of a %s service can be anything once its file is removed', (kind, file) => inFolder(outdir => {
  write(outdir, {}, { kind });
  rmSync(join(outdir, 'dev/api', file));
  write(outdir, { sizeGiB: 1, access: 'one-node' }, { kind });
  expect(filesBelow(outdir)[`dev/api/${file}`]).toContain('1Gi');
}));

describe('objects of plain charts', () => {
  const chart = (outdir: string, objects: readonly object[]) => {
    const app = new App();
    const plain = new Chart(app, 'plain');
    objects.forEach((object, index) => new ApiObject(plain, `${index}`, object as never));
    return synthesize(app, { outdir, owner: 'plain' });
  };
  const claim = (name: string, storage = '1Gi') => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } });
  const workload = (name: string, replicas: number) => ({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name },
    spec: { replicas, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'a:1' }] } } },
  });
  const budget = (name: string, minAvailable: number) => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec: { minAvailable, selector: { matchLabels: { app: name } } } });

  test('a claim under another name is a claim that is lost; another one beside it is not', () => inFolder(outdir => {
    chart(outdir, [claim('data')]);
    chart(outdir, [claim('data'), claim('logs')]);
    expect(refusalOf('UPGRADE_REFUSED', () => chart(outdir, [claim('data'), claim('records')]))).toEqual([expect.stringContaining('metadata.name is records, was logs: the new one begins empty')]);
    chart(outdir, [claim('data'), claim('records', '5Gi')]);
    chart(outdir, []);
  }));

  test('replicas with claims of their own do not become a workload of another kind', () => inFolder(outdir => {
    const { spec, ...rest } = workload('stock', 2);
    const stateful = { ...rest, kind: 'StatefulSet', spec: { ...spec, serviceName: 'stock', volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('data').spec }] } };
    chart(outdir, [stateful]);
    expect(refusalOf('UPGRADE_REFUSED', () => chart(outdir, [workload('stock', 2), claim('stock-data')]))).toEqual([expect.stringContaining('kind is Deployment, was StatefulSet: the claims that each of its replicas has')]);
    chart(outdir, []);
    chart(outdir, [workload('stock', 2)]);
  }));

  test('a budget may not begin to block a drain; one that always did is not refused', () => inFolder(outdir => {
    chart(outdir, [workload('a', 3), budget('a', 2), workload('b', 1), budget('b', 1)]);
    chart(outdir, [workload('a', 4), budget('a', 3), workload('b', 1), budget('b', 1)]);
    expect(refusalOf('UPGRADE_REFUSED', () => chart(outdir, [workload('a', 3), budget('a', 3), workload('b', 1), budget('b', 1)]))).toEqual([
      expect.stringContaining('PodDisruptionBudget a: spec.minAvailable is 3 for Deployment a with 3 replicas: no pod may ever go'),
    ]);
    expect(refusalOf('UPGRADE_REFUSED', () => chart(outdir, [workload('a', 2), budget('a', 3), workload('b', 1), budget('b', 1)]))).toHaveLength(1);
  }));

  test('a selector never changes', () => inFolder(outdir => {
    const selecting = (app: string) => ({ ...workload('a', 1), spec: { ...workload(app, 1).spec } });
    chart(outdir, [selecting('a')]);
    expect(refusalOf('UPGRADE_REFUSED', () => chart(outdir, [selecting('b')]))).toEqual([expect.stringContaining('spec.selector.matchLabels.app is b, was a: which pods are its own never changes')]);
  }));
});

describe('a Kafka', () => {
  const render = (outdir: string, objects: readonly object[]) => {
    const app = new App();
    const plain = new Chart(app, 'plain');
    objects.forEach((object, index) => new ApiObject(plain, `${index}`, object as never));
    return synthesize(app, { outdir, owner: 'plain' });
  };
  const identity = (kafka: Parameters<typeof kafkaCluster>[0]) => JSON.parse(JSON.stringify(identityOf(kafkaCluster(kafka)))) as object;
  const topic = (annotations?: object) => ({
    apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaTopic', metadata: { name: 'transfers', namespace: 'bank', ...(annotations ? { annotations } : {}) }, spec: { topicName: 'Transfers', partitions: 3 },
  });
  const strimzi = { apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka', metadata: { name: 'kafka' }, spec: { kafka: { listeners: [{ name: 'tls', port: 9093, type: 'internal', tls: true }] } } };

  test('becomes nothing that no plan leads to, and what can never be is not said to be right once a file is gone', () => inFolder(outdir => {
    render(outdir, [identity({ version: '4.3.1', metadataVersion: '4.3', formed: true })]);
    const [back] = refusalOf('UPGRADE_REFUSED', () => render(outdir, [identity({ version: '4.3.1', metadataVersion: '3.9', formed: true })]));
    expect(back).toContain('data["metadata.version"] is 3.9, was 4.3');
    expect(back).not.toContain(meant);
    const [combined] = refusalOf('UPGRADE_REFUSED', () => render(outdir, [identity({ version: '4.3.1', controllers: 'combined', formed: true })]));
    expect(combined).toContain('data.controllers is combined, was 3');
    expect(combined).toContain(meant);
  }));

  test.each<[string, object]>([['nodes of its own', identity({ version: '4.3.1' })], ['an operator', strimzi]])('with %s does not go by itself', (_, object) => inFolder(outdir => {
    render(outdir, [object]);
    expect(refusalOf('UPGRADE_REFUSED', () => render(outdir, []))).toEqual([expect.stringMatching(/no other Kafka takes over their disks; take the change back; .*remove this file and run it again$/)]);
    for (const file of Object.keys(filesBelow(outdir)).filter(name => /kafka/.test(name))) rmSync(join(outdir, file));
    render(outdir, []);
  }));

  test('keeps a topic until the operator has let go of it', () => inFolder(outdir => {
    render(outdir, [topic()]);
    expect(refusalOf('UPGRADE_REFUSED', () => render(outdir, []))).toEqual([expect.stringContaining(
      'metadata.name is of the topic Transfers, which the operator deletes with all its messages when the object is pruned; keep the topic; '
      + 'or make the operator let go of it, `kubectl --namespace bank annotate kafkatopic transfers strimzi.io/managed=false`')]);
    render(outdir, [topic({ 'strimzi.io/managed': 'false' })]);
    render(outdir, []);
  }));
});

test('what is broken by hand is replaced, and a claim that is not there any more is no matter', () => inFolder(outdir => {
  write(outdir, {});
  put(outdir, { 'dev/api/statefulset-api.yaml': 'kind: [' });
  write(outdir, { sizeGiB: 1 });
  put(outdir, { 'dev/api/statefulset-api.yaml': 'just text' });
  write(outdir, { sizeGiB: 1 });
  write(outdir, { sizeGiB: 1, at: '/elsewhere' });
}));

test('objects of plain charts are guarded by the same rule, each against itself', () => inFolder(outdir => {
  const claims = (sizes: Readonly<Record<string, string>>) => {
    const app = new App();
    const chart = new Chart(app, 'plain');
    for (const [name, storage] of Object.entries(sizes)) new ApiObject(chart, name, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } });
    return synthesize(app, { outdir, owner: 'plain' });
  };
  claims({ a: '2Gi', b: '1Gi' });
  claims({ a: '3Gi', b: '1Gi', c: '1Gi' });
  expect(refusalOf('UPGRADE_REFUSED', () => claims({ a: '2Gi', b: '1Gi', c: '500Mi' }))).toHaveLength(2);
}));
