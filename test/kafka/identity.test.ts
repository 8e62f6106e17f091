import { kafkaCluster, zoned } from '../support/kafka';
import { nodes } from '../../src/kafka/cluster';
import { clusterIdOf, directoryIdOf, identityOf } from '../../src/kafka/identity';
import { nodeSetManifestsOf } from '../../src/kafka/node-sets';
import { upgradeProblems } from '../../src/manifests/upgrade';
import type { Identified } from '../../src/manifests/identity';

const cluster = (kafka: object) => kafkaCluster({ ...zoned, zones: [...zoned.zones], ...kafka } as never);
const numbersOf = (kafka: object) => Object.fromEntries(nodes(cluster(kafka)).map(({ pod, id }) => [pod, id]));
const problems = (before: object, after: object) => {
  const [old, fresh] = [before, after].map(kafka => JSON.parse(JSON.stringify(identityOf(cluster(kafka)))) as Identified);
  return upgradeProblems(old, fresh).map(({ path, message }) => `${path} ${message}`);
};

test('controllers are counted from 100, brokers by their place in the zone and the place of the zone', () => {
  expect(numbersOf({ brokersPerZone: 2 })).toEqual({
    'kafka-controller-0': 100, 'kafka-controller-1': 101, 'kafka-controller-2': 102,
    'kafka-broker-a-0': 0, 'kafka-broker-a-1': 10, 'kafka-broker-b-0': 1, 'kafka-broker-b-1': 11, 'kafka-broker-c-0': 2, 'kafka-broker-c-1': 12,
  });
  expect(numbersOf({ zones: [], controllers: 'combined' })).toEqual({ 'kafka-broker-0': 0 });
});

test.each([
  ['a zone more', { zones: ['a', 'b', 'c', 'd'] }], ['brokers more', { brokersPerZone: 5 }], ['controllers more', { controllers: 5 }], ['another release', { version: '3.9.2' }],
  ['other sizes', { storage: { brokerGiB: 7 }, broker: { memoryMiB: 2048 } }], ['other settings', { config: { 'num.io.threads': 4 } }], ['another name outside', { external: { kind: 'load-balancer', domain: 'k.bank.example' } }],
])('with %s, every node that there was is who it was', (_, change) => {
  const [before, after] = [cluster({}), cluster(change)];
  expect(clusterIdOf(after)).toBe(clusterIdOf(before));
  const after_ = new Map(nodes(after).map(({ pod, id }) => [pod, id]));
  for (const { pod, id } of nodes(before)) {
    expect([pod, after_.get(pod)]).toEqual([pod, id]);
    expect(directoryIdOf(after, id)).toBe(directoryIdOf(before, id));
  }
  const claims = (of: typeof before) => Object.fromEntries(nodeSetManifestsOf(of)
    .map(({ metadata, spec }) => [metadata?.name, spec?.volumeClaimTemplates?.map(each => each.metadata)]));
  expect(claims(after)).toMatchObject(claims(before));
});

test('ids are such as Kafka takes, and none begins like an option', () => {
  const ids = Array.from({ length: 500 }, (_, id) => directoryIdOf(cluster({}), id));
  expect(ids.filter(id => !/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(500);
  expect(clusterIdOf(cluster({ clusterId: 'MkU3OEVBNTcwNTJENDM2Qg' }))).toBe('MkU3OEVBNTcwNTJENDM2Qg');
});

describe('what an output that stands there does not let become otherwise', () => {
  test.each<[string, object, object, string[]]>([
    ['the id of the cluster', {}, { clusterId: 'MkU3OEVBNTcwNTJENDM2Qg' }, ['data["cluster.id"] is MkU3OEVBNTcwNTJENDM2Qg', 'data["directory.100"]', 'data["directory.101"]', 'data["directory.102"]']],
    ['features back', {}, { metadataVersion: '3.9' }, ['data["metadata.version"] is 3.9, was 4.3: features that are switched on are never switched off']],
    ['a release back whose features are on', {}, { version: '3.9.2', metadataVersion: '3.9' }, ['data["metadata.version"] is 3.9', 'data.version is 3.9.2, was 4.3.1: it does not know the features of 4.3']],
    ['formed back', {}, { formed: false }, ['data.formed is false, was true']],
    ['zones in another order', {}, { zones: ['b', 'a', 'c'] }, ['data.zones is b,a,c, was a,b,c: the numbers of brokers follow from the places of their zones, so that those of a would be others']],
    ['one node made many', { controllers: 'combined', zones: [] }, {}, ['data.controllers is 3, was combined']],
    ['controllers before they were together', { formed: false }, { formed: false, controllers: 5 }, ['data.formed is false, but controllers come or go']],
    ['a release and its features at once', { version: '3.9.2' }, {}, ['data["metadata.version"] rises together with version']],
    ['a release and more nodes', { version: '3.9.2' }, { metadataVersion: '3.9', brokersPerZone: 2 }, ['data.version changes together with the number of nodes']],
    ['a zone in the middle that goes', { zones: ['a', 'b', 'c', 'd'] }, { zones: ['a', 'c', 'd'] }, ['data.zones is a,c,d, was a,b,c,d']],
  ])('%s', (_, before, after, expected) => {
    const found = problems(before, after);
    expect(found).toHaveLength(expected.length);
    expected.forEach((text, index) => expect(found[index]).toContain(text));
  });

  test.each<[string, object, object]>([
    ['formed', { formed: false }, {}], ['a zone at the end, and its going', {}, { zones: ['a', 'b', 'c', 'd'] }], ['controllers more', {}, { controllers: 5 }], ['controllers fewer', { controllers: 5 }, {}],
    ['a release forward with its features off', { version: '3.9.2' }, { metadataVersion: '3.9' }], ['that release back', { metadataVersion: '3.9' }, { version: '3.9.2' }], ['features on', { metadataVersion: '3.9' }, {}],
  ])('but %s', (_, before, after) => {
    expect(problems(before, after)).toEqual([]);
  });
});
