import { kafkaCluster, zoned } from '../support/kafka';
import { refusalOf } from '../support/problems';
import { nodeSetManifestsOf } from '../../src/kafka/node-sets';
import { diskChangesOf } from '../../src/kafka/plan/disks';
import { planOf } from '../../src/kafka/plan/plan';
import { stateOf } from '../../src/kafka/plan/state';

const cluster = (kafka: object = {}) => kafkaCluster({ ...zoned, zones: [...zoned.zones], ...kafka } as never);

test('of a release back whose features are on, only what cannot be is said', () => {
  expect(refusalOf('KAFKA_PLAN_REFUSED', () => planOf(cluster({ version: '3.9.2' }), { before: stateOf(cluster({})), folder: 'x' }))).toEqual([
    'metadataVersion: is 3.9, was 4.3: features that are switched on are never switched off; keep it; the servers themselves may be of an older release only before it rises',
    'version: is 3.9.2, was 4.3.1: it does not know the features of 4.3, which are switched on; keep the release',
  ]);
});

describe('disks', () => {
  const changes = (before: object, after: object) => {
    const written = nodeSetManifestsOf(cluster(before));
    return diskChangesOf(cluster(after), set => written.find(({ metadata }) => metadata?.name === set));
  };
  const bigger = { storage: { brokerGiB: 600 } };

  test('that stay need nothing', () => {
    expect(changes(bigger, bigger)).toEqual({ grown: [], problems: [] });
  });

  test('grow claim by claim, before the StatefulSet is made anew', () => {
    const { grown, problems } = changes({ zones: [] }, { zones: [], ...bigger });
    expect([grown, problems]).toEqual([[{ set: 'kafka-broker', from: '100Gi', to: '600Gi' }], []]);
    const steps = planOf(cluster({ zones: [], ...bigger }), { before: stateOf(cluster({ zones: [] })), grown, folder: 'deploy/production/_platform' });
    expect(steps.map(({ title }) => title)).toEqual(['grow the disks of kafka-broker from 100Gi to 600Gi', 'write the manifests and apply them']);
    expect(steps[0].commands).toEqual([
      ...[0, 1, 2].map(ordinal => `kubectl --namespace bank patch persistentvolumeclaim data-kafka-broker-${ordinal} --type merge --patch '{"spec":{"resources":{"requests":{"storage":"600Gi"}}}}'`),
      'kubectl --namespace bank delete statefulset kafka-broker --cascade=orphan',
      'rm deploy/production/_platform/statefulset-kafka-broker.yaml',
    ]);
  });

  test('do not shrink, and stay in their class; each is said once', () => {
    const said = (before: object, after: object) => changes(before, after).problems.map(({ path, message }) => `${path}: ${message}`);
    expect(said(bigger, {})).toEqual(['storage.brokerGiB: is 100Gi, was 600Gi: a disk never shrinks; keep the size']);
    expect(said({ storage: { controllerGiB: 20 } }, {})).toEqual(['storage.controllerGiB: is 10Gi, was 20Gi: a disk never shrinks; keep the size']);
    expect(said({}, { storage: { class: 'gp3' } })).toEqual(['storage.class: is gp3, was not said: a disk stays in its class; keep it, or make another Kafka and mirror the topics']);
    const { problems } = changes(bigger, {});
    expect(refusalOf('KAFKA_PLAN_REFUSED', () => planOf(cluster({}), { before: stateOf(cluster({})), problems, folder: 'x' })).join()).toContain('a disk never shrinks');
  });
});
